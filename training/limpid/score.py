"""Score a shipped model folder, and record the figures in its manifest.

    python -m limpid.score liif-edsr --eval EVAL --sharp HELD_OUT --write

EVAL holds set5/ (PNG) and deblur/blur/, deblur/sharp/; HELD_OUT holds sharp photographs. The weights are read back from
weights.bin, so the figures are those of the float16 numbers that the page runs.
"""

import argparse
import json
from pathlib import Path

import torch

from .export.catalogue import MODELS
from .export.checkpoint import fill, load_checkpoint, unpack
from .export.manifest import write_manifest
from .networks import build
from .scoring import FAST, SetScore, score_all


def record(folder: Path, scores: list[SetScore], command: str) -> None:
    """Writes scores, and what fast decoding costs at x2, into the manifest."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["scores"] = [
        {"set": s.set, "metric": s.metric, "against": s.against, "value": s.value, "baseline": s.baseline,
         "baselineName": s.baseline_name, "command": command}
        for s in scores
    ]
    values = {s.set: s.value for s in scores}
    if f"Set5 x2{FAST}" in values:
        cost = round(values["Set5 x2"] - values[f"Set5 x2{FAST}"], 3)
        manifest["fast"] = {"costDb": cost, "measuredOn": "Set5 x2, luma PSNR"}
    write_manifest(folder, manifest)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", choices=list(MODELS))
    ask.add_argument("--eval", type=Path, required=True)
    ask.add_argument("--sharp", type=Path, help="folder of sharp pictures (deblurring models)")
    ask.add_argument("--models", type=Path, default=Path("../public/models"))
    ask.add_argument("--weights", type=Path, help="score this checkpoint instead of the shipped weights")
    ask.add_argument("--write", action="store_true", help="record the figures in the manifest (shipped weights only)")
    ask.add_argument("--threads", type=int, default=0, help="0: PyTorch's choice")
    options = ask.parse_args()
    if options.write and options.weights:
        ask.error("--write records figures of the shipped weights; leave --weights out")
    if options.threads:
        torch.set_num_threads(options.threads)

    model, device = MODELS[options.model], "cuda" if torch.cuda.is_available() else "cpu"
    if not model.liif and not options.sharp:
        ask.error("deblurring models are also scored on sharp pictures; give --sharp")
    folder, network = options.models / model.id, build(model.network)
    state = load_checkpoint(options.weights)["model"] if options.weights else unpack(folder, network)
    network = fill(network, state).to(device)
    scores = score_all(network, options.eval, options.sharp, device, show)
    if options.write:
        sharp = "" if model.liif else " --sharp HELD_OUT"
        record(folder, scores, f"python -m limpid.score {model.id} --eval EVAL{sharp} --write")


def show(score: SetScore) -> None:
    print(f"{score.set:<36} {score.value:7.3f}  {score.baseline_name} {score.baseline:7.3f}  {score.metric}", flush=True)


if __name__ == "__main__":
    main()
