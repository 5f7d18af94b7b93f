"""A checkpoint to train on from, made of the files that the page ships.

    python -m limpid.shipped mssnet-realblur-r run/start.pt --data DATA
    python -m limpid.train mssnet-realblur-r --init run/start.pt ...

The page's files hold what its graphs use. MIMO-UNet's and MSSNet's other pictures, which only training looks at, have last
convolutions that are in no graph; they are fitted by least squares to the picture that the network ends with.
"""

import argparse
import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .data.pictures import Pool, load_pictures
from .export.catalogue import MODELS
from .export.checkpoint import State, fill, unpack
from .least_squares import ConvolutionFit, blurred_crops
from .losses import reduced_to
from .networks import build
from .networks.mimo_unet import MimoUNet
from .networks.mssnet import MssNet
from .trainer import write_whole

BATCHES = 8


def heads(network: nn.Module) -> list[nn.Conv2d]:
    """The last convolution of each picture but the final one, in the order in which the network gives them."""
    if isinstance(network, MssNet):
        return [network.tail1_1.tail, network.tail2_1.tail, network.tail2_2.tail, network.tail3_1, network.tail3_2]
    if isinstance(network, MimoUNet):
        return [conv.main[0] for conv in network.ConvsOut]
    return []


@torch.no_grad()
def fit_heads(network: nn.Module, pool: Pool, source: random.Random, batches: int = BATCHES) -> None:
    """Sets the heads' weights so that every picture comes as near to the final one (reduced to its size) as its features
    allow. Their old weights do not matter."""
    unfitted, seen = heads(network), {}
    for head in unfitted:
        for parameter in head.parameters():
            parameter.zero_()
    hooks = [h.register_forward_pre_hook(lambda head, inputs: seen.__setitem__(head, inputs[0])) for h in unfitted]
    fits = [ConvolutionFit() for _ in unfitted]
    for blurred in blurred_crops(pool, source, batches):
        outputs = network(blurred)
        for head, fit, output in zip(unfitted, fits, outputs):
            fit.add(seen[head], missing(output, outputs[-1], head, isinstance(network, MssNet)))
    for hook in hooks:
        hook.remove()
    for head, fit in zip(unfitted, fits):
        head.weight.copy_(fit.weights())


def missing(output: Tensor, final: Tensor, head: nn.Conv2d, aligned: bool) -> Tensor:
    """What a head must add to a picture that has come without it, in the channels of the head. `aligned`: how the network's
    smaller pictures are sampled."""
    added = reduced_to(output.shape[-2:], final, aligned) - output
    return F.pixel_unshuffle(added, 2) if head.out_channels == 12 else added


def checkpoint_of(folder: Path, data: list[Path]) -> dict:
    """State dict, iterations, training record and (MSSNet) trained stages of a model's folder. Raises ValueError or FileNotFoundError when a
    deblurring model comes without pictures to fit its heads on."""
    manifest = json.loads((folder / "manifest.json").read_text())
    network = build(manifest["network"])
    fill(network, unpack(folder, network))
    if heads(network):
        if not data:
            raise ValueError(f"{manifest['name']} has convolutions that the page does not ship; give --data to fit them on")
        torch.manual_seed(0)
        fit_heads(network, Pool(load_pictures(data, "cpu")), random.Random(0))
    state: State = network.state_dict()
    record = manifest["training"]
    # So that an MSSNet whose later U-Nets only let through is as quick a teacher as the checkpoint that it was made of.
    stages = [run["stages"] for run in record.get("runs", []) if "stages" in run][-1:]
    return {
        "model": {k: v.half() for k, v in state.items()},
        "iterations": record["iterations"],
        "record": record,
        **({"stages": stages[0]} if stages else {}),
    }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", choices=list(MODELS))
    ask.add_argument("out", type=Path)
    ask.add_argument("--data", nargs="+", type=Path, default=[], help="folders of sharp pictures, for deblurring models")
    ask.add_argument("--models", type=Path, default=Path("../public/models"), help="folder that holds the model folders")
    options = ask.parse_args()
    try:
        saved = checkpoint_of(options.models / options.model, options.data)
    except (ValueError, FileNotFoundError) as problem:
        raise SystemExit(f"error: {problem}") from problem
    write_whole(saved, options.out)
    print(f"{options.out}: the weights of {options.models / options.model}")


if __name__ == "__main__":
    main()
