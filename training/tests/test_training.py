"""The trainer on pictures drawn here: loss falls for every network, resuming is exact, the result exports."""

import json
import random
import sys

import numpy as np
import pytest
import torch
from conftest import picture
from PIL import Image

import limpid.export.__main__ as export_command
import limpid.train as train
from limpid.data.pictures import Picture, Pool
from limpid.degradations.blurring import BlurringBatch
from limpid.export.catalogue import MODELS
from limpid.export.checkpoint import fill, load_checkpoint
from limpid.export.folder import export, write_graphs
from limpid.export.graphs import build_graphs
from limpid.export.run_graphs import FolderRunner
from limpid.networks import build
from limpid.networks.liif import enlarge
from limpid.networks.mssnet import half_size
from limpid.progress import CsvLog, read_log
from limpid.stages import begin_after
from limpid.tasks import Settings, task_for
from limpid.trainer import Trainer, rate_at

# What letting features through after so many U-Nets of MSSNet changes.
LATER = {
    3: ("E3_", "D3_", "tail3_", "up_scale2_feat.", "fusion23."),
    4: ("E3_2", "E3_3", "D3_2", "D3_3", "tail3_2", "tail3_3"),
}

# Rates at which a few steps from nothing are enough to see the loss fall.
RATES = {
    "liif-edsr": 1e-3, "liif-rdn": 3e-4, "mimo-unet-realblur": 5e-4, "mimo-unet-plus": 5e-4, "mssnet-realblur-r": 5e-4,
}


def drawn_picture(seed: int, side: int = 160) -> np.ndarray:
    """Coloured discs and stripes, (side,side,3) bytes."""
    source = np.random.default_rng(seed)
    y, x = np.mgrid[0:side, 0:side]
    image = np.full((side, side, 3), 200.0)
    for _ in range(25):
        cy, cx, r = source.integers(0, side), source.integers(0, side), source.integers(4, 30)
        image[(y - cy) ** 2 + (x - cx) ** 2 < r * r] = source.integers(0, 255, 3)
    image[(x + 2 * y) % 23 < 3] = source.integers(0, 255, 3)
    return image.astype(np.uint8)


def pool() -> Pool:
    return Pool([Picture(drawn_picture(i)) for i in range(3)])


def settings(model_id: str, **changes) -> Settings:
    model = MODELS[model_id]
    base = dict(
        model=model_id, network=model.network, iterations=8, batch=2, patch=10 if model.liif else 32, queries=200,
        rate=RATES[model_id], single=0.4 if model.liif else 0.0, flawed=0.2 if model.liif else 0.0, realblur="real" in model_id, longest=20.0,
        stages=6, taught=0.0, teacher="", frequency=0.1, pages=0, page_share=0.0, precision="float32", average=0.9, clip=1.0, seed=5,
    )
    return Settings(**(base | changes))


def fixed_loss(trainer: Trainer) -> float:
    """Loss on always the same eight batches, with the average weights."""
    network = fill(build(trainer.settings.network), trainer.averaged())
    kept = torch.get_rng_state()
    torch.manual_seed(0)
    with torch.no_grad():
        source = random.Random(0)
        images, task = pool(), trainer.task
        total = sum(float(task.loss(network, task.batch(images, source), source)) for _ in range(8))
    torch.set_rng_state(kept)
    return total / 8


@pytest.mark.parametrize("model_id", list(MODELS))
def test_loss_falls_and_the_result_exports(model_id, tmp_path):
    made = settings(model_id, iterations=14 if MODELS[model_id].liif else 8)
    torch.manual_seed(3)
    trainer = Trainer(build(made.network), made, "cpu")
    before = fixed_loss(trainer)
    images = pool()
    for _ in range(made.iterations):
        trainer.step(images)
    assert fixed_loss(trainer) < before * 0.99
    record = {"summary": "test", "data": "drawn", "minutes": 0, "iterations": 8, "machine": "test", "date": "2026-01-01"}
    assert export(model_id, trainer.averaged(), tmp_path, record) < 1e-4


def test_trained_graph_passes_parity(tmp_path):
    """Float32 weights, a size other than the golden one."""
    for model_id in ("liif-edsr", "mssnet-realblur-r"):
        made = settings(model_id, iterations=3)
        trainer = Trainer(build(made.network), made, "cpu")
        images = pool()
        for _ in range(3):
            trainer.step(images)
        network = fill(build(made.network), trainer.averaged())
        folder = tmp_path / model_id
        write_graphs(build_graphs(made.network, network.state_dict(), "float32"), network.state_dict(), folder, "float32")
        runner, image = FolderRunner(folder), picture(16, 32)
        with torch.no_grad():
            if model_id == "liif-edsr":
                answer, got = enlarge(network, image, 37, 70), runner.enlarge(image.numpy(), 37, 70)
            else:
                answer, got = network(image)[-1], runner.restore(image.numpy(), half_size(image).numpy())
        assert np.abs(answer.numpy() - got).max() < 1e-4


@pytest.mark.parametrize("model_id", ["liif-edsr", "mimo-unet-realblur"])
def test_resume_continues_exactly(model_id, tmp_path):
    """Six steps in one go, or three, stop, a new process's state, and three more: the same numbers, bit for bit."""
    made = settings(model_id, iterations=6)

    def fresh() -> Trainer:
        torch.manual_seed(11)
        return Trainer(build(made.network), made, "cpu")

    straight, images = fresh(), pool()
    losses = [straight.step(images) for _ in range(6)]

    first = fresh()
    again = [first.step(images) for _ in range(3)]
    # Scoring in between builds a network of its own; the run must not notice.
    first.averaged_network()
    first.save(tmp_path / "run.state")
    torch.manual_seed(999)
    resumed = Trainer(build(made.network), made, "cpu")
    resumed.load(tmp_path / "run.state")
    again += [resumed.step(images) for _ in range(3)]
    assert again == losses and resumed.iteration == 6
    for name, value in straight.averaged().items():
        assert torch.equal(value, resumed.averaged()[name]), name
    for name, value in straight.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name

    other = Trainer(build(made.network), settings(model_id, iterations=6, rate=2e-3), "cpu")
    with pytest.raises(ValueError, match="rate"):
        other.load(tmp_path / "run.state")


def test_mssnet_trains_its_first_stages_alone():
    """With three of six U-Nets: the first three pictures of the whole network, and weights of the finest scale that stay."""
    made = settings("mssnet-realblur-r", stages=3)
    trainer = Trainer(build(made.network), made, "cpu")
    network, image = trainer.network, picture(32, 48)
    with torch.no_grad():
        coarse = network(image)
        network.stages = 6
        whole = network(image)
    network.stages = 3
    assert [o.shape[-2:] for o in coarse] == [(16, 24), (32, 48), (32, 48)] and len(whole) == 6
    assert all(torch.equal(a, b) for a, b in zip(coarse, whole))
    before = {k: v.clone() for k, v in network.state_dict().items()}
    trainer.step(pool())
    moved = {k for k, v in network.state_dict().items() if not torch.equal(v, before[k])}
    assert {"tail1_1.tail.weight", "tail2_2.tail.weight", "E2_2.encoder_level1.0.body.0.weight"} <= moved
    assert not any(k.startswith(("shallow_feat3.0", "tail3_", "D3_3.up21", "up_scale2")) for k in moved)


@pytest.mark.parametrize("model_id,reduce", [
    ("mssnet-realblur-r", half_size),
    ("mimo-unet-plus", lambda image: torch.nn.functional.interpolate(image, scale_factor=0.5, mode="bilinear")),
])
def test_a_perfect_answer_costs_nothing(model_id, reduce):
    """Smaller goals are sampled as the network's own smaller inputs are, or it would learn to shift the picture."""
    sharp, made = picture(64, 96), settings(model_id)
    perfect = lambda _: [reduce(sharp), sharp]  # noqa: E731
    assert task_for(made).loss(perfect, BlurringBatch(sharp, sharp), random.Random(0)) < 1e-4


def test_rate_warms_up_and_falls():
    made = settings("liif-edsr", iterations=5000, rate=1.0)
    rates = [rate_at(i, made) for i in range(5000)]
    peak = int(np.argmax(rates))
    assert rates[0] < 0.01 and 250 < peak < 310 and rates[peak] > 0.98
    assert all(a >= b for a, b in zip(rates[peak:], rates[peak + 1 :])) and rates[-1] == pytest.approx(0.01, abs=1e-3)


def test_log_drops_rows_that_will_be_told_again(tmp_path):
    log = CsvLog(tmp_path / "log.csv", ["iteration", "loss"])
    for i in (10, 20, 30):
        log.add(i, i / 10)
    CsvLog(tmp_path / "log.csv", ["iteration", "loss"], resume_at=21).add(30, 9)
    assert [row["loss"] for row in read_log(tmp_path / "log.csv")] == ["1.0", "2.0", "9"]


def test_command_line_trains_resumes_and_exports(tmp_path, monkeypatch):
    def run(module, *words) -> None:
        monkeypatch.setattr(sys, "argv", ["command", *map(str, words)])
        module.main()

    pictures, out = tmp_path / "pictures", tmp_path / "run" / "m.pt"
    pictures.mkdir()
    for i in range(2):
        Image.fromarray(drawn_picture(i)).save(pictures / f"{i}.png")
    common = ["liif-edsr", "--data", pictures, "--pages", "0", "--iterations", "6", "--batch", "2", "--patch", "10",
              "--queries", "50", "--out", out, "--threads", "1", "--log-every", "1", "--cpu"]
    run(train, *common, "--minutes", "0.00001")
    assert load_checkpoint(out)["iterations"] == 1
    run(train, *common, "--resume")
    assert [int(r["iteration"]) for r in read_log(out.with_suffix(".csv"))] == [1, 2, 3, 4, 5, 6]
    assert Image.open(out.with_suffix(".png")).size == (960, 540)
    saved = load_checkpoint(out)
    (told,) = saved["record"]["runs"]
    assert saved["iterations"] == told["iterations"] == 6 and told["licences"] == {"not listed in CREDITS.tsv": 2}
    assert told["data"].startswith("The network learned from crops of 2 photographs and illustrations.")
    assert (told["rate"], told["batch"], told["crop"], told["pages"]) == (5e-4, 2, 10, {"count": 0, "share": 0})
    run(export_command, "liif-edsr", "--weights", out, "--models", tmp_path / "models")
    manifest = json.loads((tmp_path / "models" / "liif-edsr" / "manifest.json").read_text())
    assert manifest["training"]["iterations"] == 6 and manifest["scores"] == []
    assert manifest["training"]["runs"] == [told] and manifest["training"]["minutes"] == told["minutes"]
    again = tmp_path / "run" / "again.pt"
    run(train, *(again if word == out else word for word in common), "--init", out)
    first, second = load_checkpoint(again)["record"]["runs"]
    assert first == told and second["iterations"] == 6 and load_checkpoint(again)["iterations"] == 12
    with pytest.raises(SystemExit, match="no pictures in"):
        run(train, "liif-edsr", "--data", tmp_path, "--iterations", "1", "--out", out)
    with pytest.raises(SystemExit, match="--stages is for MSSNet"):
        run(train, *common, "--stages", "3")
    with pytest.raises(SystemExit, match="other settings"):
        run(train, *common, "--resume", "--rate", "0.5")


@pytest.mark.parametrize("after,unexplained", [(3, 0.5), (4, 1e-6)])
def test_mssnet_later_stages_begin_where_an_earlier_ends(after, unexplained):
    """Earlier weights stay, later pictures explain what the earlier one adds (after the third a fit, of random weights
    here, and then exactly), and every branch can still learn."""
    torch.manual_seed(2)
    network = build("mssnet").eval()
    state = {k: v.clone() for k, v in network.state_dict().items()}
    started = begin_after(state, after, pool(), random.Random(1), batches=2)
    later = LATER[after]
    assert all(torch.equal(value, state[k]) for k, value in started.items() if not k.startswith(later))
    grown, image = fill(build("mssnet"), started), picture(64, 96)
    with torch.no_grad():
        last, *rest = grown(image)[after - 1 :]
        assert torch.equal(last, network(image)[after - 1])
    added = (last - image).square().mean()
    for output in rest:
        assert (output - last).square().mean() < unexplained * added
    trainer = Trainer(grown, settings("mssnet-realblur-r", rate=1e-3), "cpu")
    for _ in range(3):
        trainer.step(pool())
    now = trainer.network.state_dict()
    assert [k for k, value in started.items() if k.startswith(later) and torch.equal(now[k], value)] == []
