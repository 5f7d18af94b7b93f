"""Start a large network as an exact copy of what its small sibling computes, so that training begins from there.

    python -m limpid.grow run/liif-edsr.pt run/liif-rdn.pt          every EDSR block fits inside one residual dense block
    python -m limpid.grow run/mimo-unet.pt run/mimo-unet-plus.pt    extra blocks begin as identities

The grown network gives the small one's output (checked before it is written); the spare capacity is initialised at
random behind zero weights, so it joins in as soon as training asks for it (the idea of Net2Net, arXiv 1511.05641).
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from .export.checkpoint import fill, load_checkpoint
from .networks import build
from .records import modern
from .trainer import write_whole

State = dict[str, Tensor]


def delta(cout: int, cin: int) -> Tensor:
    """3x3 kernel (cout,cin,3,3) that copies channel i to channel i."""
    kernel = torch.zeros(cout, cin, 3, 3)
    same = range(min(cout, cin))
    kernel[same, same, 1, 1] = 1
    return kernel


def edsr_to_rdn(small: Mapping[str, Tensor]) -> State:
    """An EDSR block x + c2(relu(c1(x))) as a dense block: convolution 0 gives relu(c1), 1 and 2 give relu(c2) and
    relu(-c2), and the local fusion takes their difference."""
    big = build("liif-rdn").state_dict()
    big.update({k: v.clone() for k, v in small.items() if k.startswith("imnet.")})

    def put(prefix: str, weight: Tensor, bias: Tensor) -> None:
        big[f"{prefix}.weight"].copy_(weight)
        big[f"{prefix}.bias"].copy_(bias)

    put("encoder.SFENet1", small["encoder.head.0.weight"], small["encoder.head.0.bias"])
    put("encoder.SFENet2", delta(64, 64), torch.zeros(64))
    eye = torch.eye(64)[:, :, None, None]
    for i in range(16):
        block, dense = f"encoder.body.{i}.body", f"encoder.RDBs.{i}"
        for j, (source, sign) in enumerate((("0", 1), ("2", 1), ("2", -1))):
            kernel = torch.zeros_like(big[f"{dense}.convs.{j}.conv.0.weight"])
            start = 0 if j == 0 else 64
            kernel[:, start : start + 64] = sign * small[f"{block}.{source}.weight"]
            put(f"{dense}.convs.{j}.conv.0", kernel, sign * small[f"{block}.{source}.bias"])
        fusion = torch.zeros_like(big[f"{dense}.LFF.weight"])
        fusion[:, 128:192], fusion[:, 192:256] = eye, -eye
        put(f"{dense}.LFF", fusion, torch.zeros(64))
    pick = torch.zeros_like(big["encoder.GFF.0.weight"])
    pick[:, -64:] = eye
    put("encoder.GFF.0", pick, torch.zeros(64))
    put("encoder.GFF.1", small["encoder.body.16.weight"], small["encoder.body.16.bias"])
    return big


def mimo_to_plus(small: Mapping[str, Tensor]) -> State:
    """Blocks 0..7 of every station are copied; blocks 8..19 end in zero weights, so x + main(x) = x."""
    big = build("mimo-unet-plus").state_dict()
    for name, value in big.items():
        if name in small:
            value.copy_(small[name])
        elif ".main.1.main.0." in name:
            value.zero_()
    return big


@dataclass(frozen=True)
class Sibling:
    """Networks of one family, and the page's model (its id) that the small one serves."""

    small: str
    big: str
    same_as: str
    enlarge: Callable[[Mapping[str, Tensor]], State]


def sibling(small: Mapping[str, Tensor]) -> Sibling:
    """What a small network grows into. Raises ValueError when it has no larger sibling."""
    if "encoder.head.0.weight" in small:
        return Sibling("liif-edsr", "liif-rdn", "liif-edsr", edsr_to_rdn)
    if "FAM1.merge.main.0.weight" in small:
        return Sibling("mimo-unet", "mimo-unet-plus", "mimo-unet-realblur", mimo_to_plus)
    raise ValueError("only LIIF-EDSR and MIMO-UNet have a larger sibling")


def grow(small: Mapping[str, Tensor]) -> State:
    """The larger sibling's state dict; raises ValueError when the outputs differ or there is no larger sibling."""
    kin = sibling(small)
    big = kin.enlarge(small)
    picture = torch.rand(1, 3, 32, 40, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        nets = [fill(build(name), dict(state)) for name, state in ((kin.small, small), (kin.big, big))]
        before, after = (n.latent(picture * 2 - 1) if hasattr(n, "imnet") else n(picture)[-1] for n in nets)
    gap = float((before - after).abs().max())
    if not gap <= 1e-4 * max(1.0, float(before.abs().max())):
        raise ValueError(f"the grown network differs by {gap:.1e}")
    return big


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("source", type=Path)
    ask.add_argument("target", type=Path)
    try:
        run(ask.parse_args())
    except (ValueError, FileNotFoundError) as problem:
        raise SystemExit(f"error: {problem}") from problem


def run(options: argparse.Namespace) -> None:
    """Raises ValueError or FileNotFoundError, with a sentence, for a checkpoint that is not there or has no sibling."""
    saved = load_checkpoint(options.source)
    record = modern(saved)
    if record:
        record = record | {"sameAs": sibling(saved["model"]).same_as}
    grown = {"model": {k: v.half() for k, v in grow(saved["model"]).items()}, "iterations": saved.get("iterations", 0)}
    write_whole(grown | ({"record": record} if record else {}), options.target)
    print(f"{options.target}: computes what {options.source} computes")


if __name__ == "__main__":
    main()
