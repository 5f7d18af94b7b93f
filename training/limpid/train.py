"""Train one model on CPU or CUDA; stop and resume at will.

    python -m limpid.train liif-edsr --data PICTURES --iterations 20000 --init run/start.pt --out run/liif-edsr.pt
    python -m limpid.train liif-edsr --data PICTURES --iterations 20000 --out run/liif-edsr.pt --resume

The learning rate follows one cosine over `--iterations`; `--minutes` only stops the run, which `--resume` takes up
exactly where it stopped. Beside OUT (the moving average in half precision, with its training record: what limpid.export
takes) stand OUT.state (everything needed to resume), OUT.csv and OUT.scores.csv (logs) and two plots.
"""

import argparse
import random
import time
from pathlib import Path

import torch

from .credits import licences
from .data.pages import draw_page, installed_fonts
from .data.pictures import Picture, Pool, load_pictures
from .degradations.enlarging import FLAWED
from .degradations.motion import LONGEST
from .export.catalogue import MODELS, Model
from .export.checkpoint import fill, load_checkpoint
from .losses import FREQUENCY_WEIGHT
from .networks import build
from .plots import plot_loss, plot_scores
from .progress import CsvLog, Progress
from .records import modern, run_of, trained_on
from .scoring import score_all
from .tasks import Settings
from .teacher import load_teacher
from .trainer import Trainer, rate_at, write_whole

# Models whose weights are for photos of low light, with lamps and noise.
REALBLUR = ("mimo-unet-realblur", "mssnet-realblur-r")
PEAK_RATE = {"liif-edsr": 5e-4, "liif-rdn": 3e-4, "mimo-unet": 4e-4, "mimo-unet-plus": 4e-4, "mssnet": 4e-4}


def settings_for(options: argparse.Namespace, model: Model, gpu: bool) -> Settings:
    """Defaults by task and device; a GPU takes larger batches and crops, close to the papers'.

    Raises ValueError for stages to leave out in a network that has none, and for a teacher of enlarging.
    """
    if options.teacher and model.liif:
        raise ValueError(f"--teacher is for deblurring; {model.id} enlarges")
    if not 0 < options.taught <= 1:
        raise ValueError(f"--taught must be above 0 and at most 1, not {options.taught:g}")
    if not 0 <= options.page_share <= 1:
        raise ValueError(f"--page-share must be from 0 to 1, not {options.page_share:g}")
    if not options.frequency >= 0:
        raise ValueError(f"--frequency must be 0 or more, not {options.frequency:g}")
    if options.stages != 6 and model.network != "mssnet":
        raise ValueError(f"--stages is for MSSNet; {model.id} has no stages to leave out")
    batch, patch = ((64, 48) if gpu else (16, 34)) if model.liif else ((16, 256) if gpu else (4, 128))
    return Settings(
        model=model.id, network=model.network, iterations=options.iterations, batch=options.batch or batch,
        patch=options.patch or patch, queries=options.queries or (2304 if gpu else 640),
        rate=options.rate or PEAK_RATE[model.network], single=options.single if model.liif else 0.0,
        flawed=options.flawed if model.liif else 0.0,
        realblur=model.id in REALBLUR, longest=options.longest, stages=options.stages,
        taught=options.taught if options.teacher else 0.0, teacher=options.teacher[0] if options.teacher else "",
        frequency=options.frequency, pages=options.pages, page_share=options.page_share if options.pages else 0.0,
        precision=options.precision, average=0.9995 if gpu else 0.999,
        clip=0.5 if model.liif else 0.1, seed=options.seed,
    )


def make_pool(folders: list[Path], settings: Settings, device: str) -> tuple[Pool, list[str]]:
    """Photographs of the folders with the run's drawn pages, and the photographs' file names.

    Raises ValueError when pages are asked for on a machine without TrueType fonts.
    """
    photographs = load_pictures(folders, device)
    fonts, source = installed_fonts(), random.Random(settings.seed)
    if settings.pages and not fonts:
        raise ValueError("no TrueType fonts found for drawn pages; install some, or give --pages 0")
    drawn = [Picture(draw_page(source, fonts), device, f"page {i}") for i in range(settings.pages)]
    return Pool(photographs, drawn, settings.page_share), [p.origin for p in photographs]


def main() -> None:
    try:
        run(arguments())
    except (ValueError, FileNotFoundError) as problem:
        raise SystemExit(f"error: {problem}") from problem


def run(options: argparse.Namespace) -> None:
    """Trains as asked. Raises ValueError or FileNotFoundError, with a sentence, for what the options get wrong."""
    gpu = torch.cuda.is_available() and not options.cpu
    device = "cuda" if gpu else "cpu"
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    model, out = MODELS[options.model], options.out
    files = {kind: out.with_suffix(kind) for kind in (".state", ".csv", ".scores.csv", ".png", ".scores.png")}
    settings = settings_for(options, model, gpu)

    torch.manual_seed(settings.seed)
    network, start = build(model.network), {}
    if options.init and not options.resume:
        start = load_checkpoint(options.init)
        network = fill(network, start.pop("model"))
        # Weights that come without a record may be anybody's.
        foreign = {"summary": f"Trained on by Limpid from {options.init.name}, weights without a record."}
        start["record"] = modern(start) or foreign
    teacher = load_teacher(options.teacher[0], Path(options.teacher[1]), device) if options.teacher else None
    trainer = Trainer(network, settings, device, teacher)
    if options.resume:
        trainer.load(files[".state"])
        start = load_checkpoint(out).get("start", {})
    pool, pictures = make_pool(options.data, settings, device)
    under = licences(pictures)
    log = CsvLog(files[".csv"], ["iteration", "minutes", "rate", "loss"], trainer.iteration + 1 if options.resume else 0)
    score_log = CsvLog(files[".scores.csv"], ["iteration", "set", "value", "baseline"], trainer.iteration + 1 if options.resume else 0)
    print(f"{model.id}: {len(pictures)} pictures and {options.pages} pages on {device}, {settings}", flush=True)

    def save() -> None:
        kept = {k: v for k, v in start.items() if k in ("iterations", "record")}
        taught_by = teacher.minutes if teacher else None
        record = trained_on(kept, run_of(settings, trainer.minutes, trainer.iteration, under, device, taught_by))
        weights = {k: v.half() for k, v in trainer.averaged().items()}
        made = {"model": weights, "iterations": record["iterations"], "record": record, "start": kept}
        write_whole(made | ({"stages": settings.stages} if model.network == "mssnet" else {}), out)
        trainer.save(files[".state"])

    def score() -> None:
        for result in score_all(trainer.averaged_network(), options.eval, options.sharp, device):
            score_log.add(trainer.iteration, result.set, result.value, result.baseline)
            print(f"  {result.set}: {result.value} (baseline {result.baseline})", flush=True)
        plot_scores(files[".scores.csv"], files[".scores.png"])

    progress, began, saved, losses = Progress(settings.iterations, trainer.iteration), time.monotonic(), time.monotonic(), []
    before = trainer.minutes
    while trainer.iteration < settings.iterations and time.monotonic() - began < options.minutes * 60:
        losses.append(trainer.step(pool))
        trainer.minutes = before + (time.monotonic() - began) / 60
        rate = rate_at(trainer.iteration - 1, settings)
        progress.show(trainer.iteration, losses[-1], rate)
        if trainer.iteration % options.log_every == 0:
            log.add(trainer.iteration, f"{trainer.minutes:.2f}", f"{rate:.3e}", f"{sum(losses) / len(losses):.5f}")
            losses.clear()
        if time.monotonic() - saved > options.save_minutes * 60:
            save()
            saved = time.monotonic()
        if options.eval and options.score_every and trainer.iteration % options.score_every == 0:
            score()
    save()
    if files[".csv"].read_text().count("\n") > 1:
        plot_loss(files[".csv"], files[".png"])
    if options.eval:
        score()
    print(f"{out}: {trainer.iteration} of {settings.iterations} iterations, {trainer.minutes:.1f} minutes", flush=True)


def arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", choices=list(MODELS))
    ask.add_argument("--data", nargs="+", type=Path, required=True, help="folders of sharp pictures")
    ask.add_argument("--pages", type=int, default=96, help="drawn pages to mix in")
    ask.add_argument("--page-share", type=float, default=0.1, help="share of the crops that come from them")
    ask.add_argument("--iterations", type=int, required=True, help="length of the whole run, resumed parts included")
    ask.add_argument("--minutes", type=float, default=float("inf"), help="stop after this long; resume later")
    ask.add_argument("--out", type=Path, required=True, help="checkpoint to write, for instance run/liif-edsr.pt")
    ask.add_argument("--init", type=Path, help="weights to start from (never start a large model from nothing)")
    ask.add_argument("--resume", action="store_true", help="go on from OUT.state with the same options")
    ask.add_argument("--eval", type=Path, help="folder with set5/ and deblur/{blur,sharp}/: score at the end")
    ask.add_argument("--sharp", type=Path, help="folder of held-out sharp pictures, scored too")
    ask.add_argument("--score-every", type=int, default=0, help="also score every so many iterations")
    ask.add_argument("--batch", type=int)
    ask.add_argument("--patch", type=int, help="side of the network's input while training")
    ask.add_argument("--queries", type=int, help="LIIF: output pixels asked for per crop")
    ask.add_argument("--rate", type=float, help="peak learning rate")
    ask.add_argument("--longest", type=float, default=LONGEST, help="deblurring: longest motion, as the larger side of its path in pixels; begin with a short one")
    ask.add_argument("--stages", type=int, choices=range(1, 7), default=6,
                     help="MSSNet: train only so many of its six U-Nets, the coarsest first; three cost a sixth of all")
    ask.add_argument("--teacher", nargs=2, metavar=("MODEL", "CHECKPOINT"),
                     help="deblurring: a trained model whose pictures are goals beside the sharp ones")
    ask.add_argument("--taught", type=float, default=0.5, help="share of the loss that compares with the teacher")
    ask.add_argument("--frequency", type=float, default=FREQUENCY_WEIGHT, help="deblurring: weight of the Fourier part of the loss")
    ask.add_argument("--single", type=float, default=0.4, help="LIIF: share of steps decoded by the nearest cell alone")
    ask.add_argument("--flawed", type=float, default=FLAWED, help="LIIF: share of inputs softened, noised or JPEG-compressed")
    ask.add_argument("--precision", choices=["bfloat16", "float32"], default="bfloat16")
    ask.add_argument("--threads", type=int, default=0)
    ask.add_argument("--cpu", action="store_true", help="even where there is a GPU")
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--log-every", type=int, default=20)
    ask.add_argument("--save-minutes", type=float, default=5)
    return ask.parse_args()


if __name__ == "__main__":
    main()
