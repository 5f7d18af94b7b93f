"""Score a shipped model folder, and record the figures in its manifest.

    python -m limpid.score liif-edsr --eval EVAL --sharp HELD_OUT --write

EVAL holds set5/ (PNG) and deblur/blur/, deblur/sharp/; HELD_OUT holds sharp photographs. The weights are read back from
weights.bin, so the figures are those of the float16 numbers that the page runs. A model whose record says that it is an
exact copy (`sameAs`) has its original's scores, once a picture has shown that both answer alike; score the original first.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import torch
from torch import nn

from .export.catalogue import MODELS
from .export.checkpoint import fill, load_checkpoint, unpack
from .export.manifest import write_manifest
from .networks import build
from .networks.liif import Liif, enlarge
from .scoring import FAST, SetScore, score_all

# The largest difference between a copy and its original, in [0,1]: 1/40 of an 8-bit level.
SAME = 1e-4


def entry(s: SetScore) -> dict:
    """A score as contract/manifest.ts has it, without its command."""
    made = {"set": s.set, "metric": s.metric, "against": s.against, "value": s.value, "baseline": s.baseline,
            "baselineName": s.baseline_name}
    each = {"pictures": [asdict(p) for p in s.pictures]} if s.pictures else {}
    return made | each | ({} if s.worst is None else {"worst": s.worst})


def record(folder: Path, scores: list[SetScore], command: str) -> None:
    """Writes scores, and what fast decoding costs at x2, into the manifest."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["scores"] = [entry(s) | {"command": command} for s in scores]
    values = {s.set: s.value for s in scores}
    if f"Set5 x2{FAST}" in values:
        cost = round(values["Set5 x2"] - values[f"Set5 x2{FAST}"], 3)
        manifest["fast"] = {"costDb": cost, "measuredOn": "Set5 x2, luma PSNR"}
    write_manifest(folder, manifest)


def record_copy(folder: Path, original: Path, command: str) -> None:
    """Writes into a copy's manifest what was measured of its original."""
    manifest, source = (json.loads((place / "manifest.json").read_text()) for place in (folder, original))
    manifest["scores"] = [score | {"command": command} for score in source["scores"]]
    write_manifest(folder, manifest | ({"fast": source["fast"]} if "fast" in source else {}))


@torch.no_grad()
def difference(one: nn.Module, other: nn.Module) -> float:
    """Largest difference between two networks' answers to a picture of noise, in [0,1]."""
    picture = torch.rand(1, 3, 48, 64, generator=torch.Generator().manual_seed(0))
    answers = [enlarge(n, picture, 117, 150) if isinstance(n, Liif) else n(picture)[-1] for n in (one, other)]
    return float((answers[0] - answers[1]).abs().max())


def copied_from(network: nn.Module, folder: Path) -> Path | None:
    """The folder of the model that a shipped network is an exact copy of; None when its record names none.

    Raises ValueError when it answers otherwise or the original has no scores.
    """
    same = json.loads((folder / "manifest.json").read_text()).get("training", {}).get("sameAs")
    if same is None:
        return None
    original = folder.parent / same
    first = build(MODELS[same].network)
    gap = difference(network, fill(first, unpack(original, first)))
    if not gap <= SAME:
        raise ValueError(f"{folder.name} is said to be a copy of {same}, but differs from it by {gap:.1e}")
    if not json.loads((original / "manifest.json").read_text())["scores"]:
        raise ValueError(f"{folder.name} is a copy of {same}, which has no scores yet; score that first")
    return original


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
    network = fill(network, state)
    command = f"python -m limpid.score {model.id} --eval EVAL{'' if model.liif else ' --sharp HELD_OUT'} --write"
    try:
        original = None if options.weights else copied_from(network, folder)
        if original is None:
            scores = score_all(network.to(device), options.eval, options.sharp, device, show)
    except (ValueError, FileNotFoundError) as problem:
        raise SystemExit(f"error: {problem}") from problem
    if original is not None:
        print(f"{model.id} gives the picture of {original.name}, whose scores are its own")
        if options.write:
            record_copy(folder, original, command)
    elif options.write:
        record(folder, scores, command)


def show(score: SetScore) -> None:
    print(f"{score.set:<36} {score.value:7.3f}  {score.baseline_name} {score.baseline:7.3f}  {score.metric}", flush=True)


if __name__ == "__main__":
    main()
