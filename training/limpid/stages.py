"""Makes the later U-Nets of an MSSNet begin where an earlier one ends, so that a run can add to what is learned.

    python -m limpid.train mssnet-realblur-r --stages 3 ... --out run/three.pt
    python -m limpid.stages run/three.pt run/start-four.pt --after 3 --data DATA
    python -m limpid.train mssnet-realblur-r --stages 4 --init run/start-four.pt ... --out run/four.pt

The first three of the six U-Nets (the coarser scales) cost a sixth of all, so they are trained first. Every residual
branch of the U-Nets after them is set to end in zero weights, so features pass through unchanged. The finest scale's last
convolutions then copy the last trained one's; after the third U-Net, whose picture comes from pixel shuffle, they are
fitted to it by least squares. (Residual branches that begin at zero: Goyal et al., arXiv 1706.02677, section 5.1; the fit
is ours.)
"""

import argparse
import random
from pathlib import Path

import torch
from torch import Tensor

from .data.pictures import Pool, load_pictures
from .export.checkpoint import State, fill, load_checkpoint
from .least_squares import ConvolutionFit, blurred_crops
from .networks import build
from .networks.mssnet import MssNet
from .records import modern
from .trainer import write_whole

BATCHES = 16
COARSER = 3  # U-Nets before the finest scale


def let_through(state: State, after: int) -> State:
    """A copy in which features go unchanged through every U-Net after the first `after` (3 to 5). With 3 they also enter
    the finest scale unchanged, and its last convolutions are zero; otherwise these copy the last trained one's."""
    passing = {k: v.clone() for k, v in state.items()}
    later = range(after - COARSER + 1, 4)
    unets = tuple(f"{half}3_{k}." for k in later for half in "ED")
    for name, value in passing.items():
        if name.startswith(unets) and (name.endswith("body.2.weight") or ".csff_" in name or ".up21." in name):
            value.zero_()
    for k in later:
        tail = passing[f"tail3_{k}.weight"]
        tail.copy_(passing[f"tail3_{after - COARSER}.weight"] if after > COARSER else torch.zeros_like(tail))
    if after == COARSER:
        width = passing["up_scale2_feat.scaleUp.1.weight"].shape[0]
        passing["up_scale2_feat.scaleUp.1.weight"].copy_(torch.eye(width)[:, :, None, None])
        # The fusion reads the picture's own features first, then those of the coarser scale.
        passing["fusion23.weight"].zero_()
        passing["fusion23.weight"][:, width:, 1, 1] = torch.eye(width)
    return passing


@torch.no_grad()
def features_and_residual(network: MssNet, blurred: Tensor) -> tuple[Tensor, Tensor]:
    """The third U-Net's features as they enter the finest scale and, let through, leave it, (B,width,H,W); and what the
    third U-Net adds to the picture, (B,3,H,W). `network` runs three stages."""
    seen: list[Tensor] = []
    hook = network.tail2_2.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    residual = network(blurred)[-1] - blurred
    hook.remove()
    return network.up_scale2_feat(seen[0]), residual


def fit_tail(network: MssNet, pool: Pool, source: random.Random, batches: int) -> Tensor:
    """Weights (3,width,3,3) that turn the features into the residual with least squared error over random crops."""
    fit = ConvolutionFit()
    for blurred in blurred_crops(pool, source, batches):
        fit.add(*features_and_residual(network, blurred))
    return fit.weights()


def begin_after(state: State, after: int, pool: Pool, source: random.Random, batches: int = BATCHES) -> State:
    """The state dict of an MSSNet whose later U-Nets give the picture of U-Net `after`; nearly so when that is the third."""
    passing = let_through(state, after)
    if after > COARSER:
        return passing
    network = fill(build("mssnet"), passing)
    network.stages = COARSER
    tail = fit_tail(network, pool, source, batches)
    return passing | {f"tail3_{k}.weight": tail.clone() for k in (1, 2, 3)}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("source", type=Path)
    ask.add_argument("target", type=Path)
    ask.add_argument("--after", type=int, choices=(3, 4, 5), required=True, help="how many U-Nets are trained")
    ask.add_argument("--data", nargs="+", type=Path, required=True, help="folders of sharp pictures")
    options = ask.parse_args()
    try:
        saved = load_checkpoint(options.source)
        fill(build("mssnet"), saved["model"])
        pool = Pool(load_pictures(options.data, "cpu"))
    except (ValueError, FileNotFoundError) as problem:
        raise SystemExit(f"error: {problem}") from problem
    torch.manual_seed(0)
    state = begin_after(saved["model"], options.after, pool, random.Random(0))
    kept = {k: v for k, v in (saved | {"record": modern(saved)}).items() if k in ("iterations", "record") and v}
    write_whole({"model": {k: v.half() for k, v in state.items()}, **kept}, options.target)
    print(f"{options.target}: {options.source} with its last {6 - options.after} U-Nets letting through")


if __name__ == "__main__":
    main()
