"""MIMO-UNet and MIMO-UNet+ as one graph that gives the full-size picture only."""

import numpy as np

from .builder import GraphBuilder
from .weights import Slice, WeightTable


def network(table: WeightTable, dtype: str, winograd: bool = False) -> GraphBuilder:
    """`image` (1,3,h,w) in [0,1], sides multiples of 4 -> `restored` (1,3,h,w), not clamped.

    Fusion modules join three scales and apply a 1x1 convolution; here each scale's part of the kernel is applied at that
    scale's own size and the results are enlarged and added. Nearest doubling and a 1x1 convolution commute, so the
    numbers are the same, with a fraction of the work and memory at full size.
    """
    g = GraphBuilder("network", table, dtype, winograd)
    blocks = sum(1 for k in table.shapes if k.startswith("Encoder.0.layers.") and k.endswith(".main.0.main.0.weight"))
    c = table.shapes["feat_extract.0.main.0.weight"][0]

    def basic(x: str, prefix: str, relu: bool = True, stride: int = 1) -> str:
        return g.conv(x, f"{prefix}.main.0", relu=relu, stride=stride)

    def transposed(x: str, prefix: str) -> str:
        weights = [g.weight(f"{prefix}.main.0.{part}") for part in ("weight", "bias")]
        return g.relu(g.node("ConvTranspose", x, *weights, kernel_shape=[4, 4], strides=[2, 2], pads=[1] * 4))

    def station(x: str, prefix: str) -> str:
        for i in range(blocks):
            block = f"{prefix}.layers.{i}.main"
            x = g.add(x, basic(basic(x, f"{block}.0"), f"{block}.1", relu=False))
        return x

    def half(x: str) -> str:
        """Every second pixel."""
        starts, ends, axes, steps = ([0, 0], [2**31 - 1] * 2, [2, 3], [2, 2])
        return g.node("Slice", x, *[g.constant(v, np.int64) for v in (starts, ends, axes, steps)])

    def shallow(x: str, prefix: str) -> str:
        features = x
        for i in range(4):
            features = basic(features, f"{prefix}.main.{i}")
        return basic(g.concat(x, features), f"{prefix}.conv", relu=False)

    def attend(a: str, b: str, prefix: str) -> str:
        return g.add(a, basic(g.mul(a, b), f"{prefix}.merge", relu=False))

    ranges = {"full": Slice(1, 0, c), "half": Slice(1, c, 3 * c), "quarter": Slice(1, 3 * c, 7 * c)}

    def fuse(x: str, prefix: str, scale: str, stride: int = 1) -> str:
        """One scale's share of a fusion module's 1x1 convolution; the bias goes with the full-size share."""
        part = ranges[scale]
        shape = (table.shapes[f"{prefix}.conv.0.main.0.weight"][0], part.end - part.start, 1, 1)
        return g.conv(x, f"{prefix}.conv.0.main.0", stride=stride, shape=shape, part=part, name=scale, bias=scale == "full")

    x = g.input("image", (1, 3, "height", "width"))
    x2 = half(x)
    x4 = half(x2)
    r1 = station(basic(x, "feat_extract.0"), "Encoder.0")
    r2 = station(attend(basic(r1, "feat_extract.1", stride=2), shallow(x2, "SCM2"), "FAM2"), "Encoder.1")
    z = station(attend(basic(r2, "feat_extract.2", stride=2), shallow(x4, "SCM1"), "FAM1"), "Encoder.2")

    # AFFs.1 works at half size: a 1x1 convolution of stride 2 reads every second pixel of the full-size features.
    small = g.add(fuse(r2, "AFFs.1", "half"), g.resize(fuse(z, "AFFs.1", "quarter"), "nearest"))
    a2 = basic(g.relu(g.add(fuse(r1, "AFFs.1", "full", stride=2), small)), "AFFs.1.conv.1", relu=False)
    small = g.add(fuse(r2, "AFFs.0", "half"), g.resize(fuse(z, "AFFs.0", "quarter"), "nearest"))
    a1 = basic(g.relu(g.add(fuse(r1, "AFFs.0", "full"), g.resize(small, "nearest"))), "AFFs.0.conv.1", relu=False)

    z = transposed(station(z, "Decoder.0"), "feat_extract.3")
    z = station(basic(g.concat(z, a2), "Convs.0"), "Decoder.1")
    z = transposed(z, "feat_extract.4")
    z = station(basic(g.concat(z, a1), "Convs.1"), "Decoder.2")
    restored = g.add(basic(z, "feat_extract.5", relu=False), x)
    g.output(restored, "restored", (1, 3, "height", "width"))
    return g
