"""Writes bench/cache: LIIF-EDSR's encoder and decoder exported as the authors wrote them, and a plain convolution.

Fixed shapes (the kindest case for the exported graph): 128x128 features, 256x256 colours asked for in one call. The
decoder is first compared with the folded network of training/limpid on the same weights.
    python bench/export_as_written.py
"""

import json

import torch
from as_written import ROOT, DecoderAsWritten, queries, shipped
from limpid.networks.liif import enlarge
from torch import nn

SIDE, OUT = 128, 256


class Encoder(nn.Module):
    """Picture in [0, 1] to features, nothing folded in."""

    def __init__(self, trunk: nn.Module):
        super().__init__()
        self.trunk = trunk

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.trunk(image * 2 - 1)


def export(module: nn.Module, inputs: tuple, names: list[str], output: str, path) -> None:
    torch.onnx.export(module, inputs, str(path), input_names=names, output_names=[output], opset_version=18, dynamo=False)


@torch.no_grad()
def main() -> None:
    cache = ROOT / "bench/cache"
    cache.mkdir(exist_ok=True)
    network = shipped("liif-edsr")
    image = torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1))
    encoder = Encoder(network.encoder)
    decoder = DecoderAsWritten(network.imnet.layers, SIDE, SIDE)
    coord, cell = queries(OUT, OUT)
    written = (decoder(encoder(image), coord, cell) * 0.5 + 0.5).transpose(1, 2).reshape(1, 3, OUT, OUT)
    difference = (written - enlarge(network, image, OUT, OUT)).abs()
    # a query within float32 rounding of a cell's border may be looked up on its other side; such pixels are few
    share = (difference > 1e-4).float().mean().item()
    print(f"as written against folded: median {difference.median():.1e}, over 1e-4: {share:.2%} of values")
    if difference.median() > 1e-5 or share > 0.02:
        raise SystemExit("The formulation as written and the folded one disagree; nothing was exported.")
    export(encoder, (image,), ["image"], "features", cache / "encoder.onnx")
    export(decoder, (encoder(image), coord, cell), ["features", "coord", "cell"], "colours", cache / "decoder.onnx")
    conv = nn.Conv2d(256, 256, 3, padding=1, bias=False)
    export(conv, (torch.rand(1, 256, 64, 64),), ["x"], "y", cache / "conv.onnx")
    # which weights these are, so that the bench knows when to make them again
    weights = json.loads((ROOT / "public/models/liif-edsr/manifest.json").read_text())["weights"]["sha256"]
    (cache / "about.json").write_text(json.dumps({"side": SIDE, "out": OUT, "torch": torch.__version__, "weights": weights}))


if __name__ == "__main__":
    main()
