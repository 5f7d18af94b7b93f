"""MSSNet as one graph that gives the last stage's picture only."""

import numpy as np

from .builder import GraphBuilder
from .weights import WeightTable

Features = list[str]


def network(table: WeightTable, dtype: str, winograd: bool = False) -> GraphBuilder:
    """`image` (1,3,h,w) in [0,1], sides multiples of 16, and `half` (1,3,h/2,w/2) -> `restored` (1,3,h,w), not clamped.

    `half` is the bilinear, aligned-corners half of the whole photo, made outside: a tile must not make its own.
    Bilinear doubling and a 1x1 convolution without bias commute, so the convolution is done first, at a quarter of the
    work. Halving is the mean of 2x2 pixels, which is what bilinear sampling at scale 0.5 reads.
    """
    g = GraphBuilder("network", table, dtype, winograd)
    # One number shared by all blocks; checkpoints carry it under each block's name.
    slope = g.weight("shallow_feat1.1.body.1.weight", (1,), name="act")

    def block(x: str, prefix: str) -> str:
        inner = g.conv(x, f"{prefix}.body.0")
        positive = g.relu(inner)
        # PReLU as max(x,0) + a * min(x,0): portable where a PRelu kernel is not.
        inner = g.add(positive, g.mul(g.node("Sub", inner, positive), slope))
        return g.add(x, g.conv(inner, f"{prefix}.body.2"))

    def level(x: str, prefix: str) -> str:
        return block(block(x, f"{prefix}.0"), f"{prefix}.1")

    def down(x: str, prefix: str) -> str:
        return g.conv(g.node("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2], pads=[0] * 4), f"{prefix}.down.1")

    def up(x: str, prefix: str) -> str:
        return g.resize(g.conv(x, prefix), "linear")

    def encoder(x: str, prefix: str, before: tuple[Features, Features] | None = None, doubled: bool = False) -> Features:
        outs = []
        for i in (1, 2, 3):
            x = level(x, f"{prefix}.encoder_level{i}")
            if before:
                stages = zip(("enc", "dec"), before)
                handed = g.add(*[g.conv(stage[i - 1], f"{prefix}.csff_{kind}{i}") for kind, stage in stages])
                x = g.add(x, g.resize(handed, "linear") if doubled else handed)
            outs.append(x)
            if i < 3:
                x = down(x, f"{prefix}.down{i}{i + 1}")
        return outs

    def decoder(enc: Features, prefix: str) -> Features:
        d3 = level(enc[2], f"{prefix}.decoder_level3")
        d2 = g.add(up(d3, f"{prefix}.up32.up.1"), block(enc[1], f"{prefix}.skip_attn2"))
        d2 = level(d2, f"{prefix}.decoder_level2")
        d1 = g.add(up(d2, f"{prefix}.up21.up.1"), block(enc[0], f"{prefix}.skip_attn1"))
        return [level(d1, f"{prefix}.decoder_level1"), d2, d3]

    # Pixel unshuffle as the authors do it: a stride-2 convolution that picks one pixel per output channel.
    picks = np.zeros((12, 3, 2, 2), np.float32)
    for k in range(12):
        picks[k, k // 4, k // 2 % 2, k % 2] = 1

    def unshuffle(x: str) -> str:
        return g.node("Conv", x, g.constant(picks), kernel_shape=[2, 2], strides=[2, 2], pads=[0] * 4)

    def shallow(x: str, i: int) -> str:
        return block(g.conv(x, f"shallow_feat{i}.0"), f"shallow_feat{i}.1")

    image = g.input("image", (1, 3, "height", "width"))
    half = g.input("half", (1, 3, "half_height", "half_width"))

    e = encoder(shallow(unshuffle(half), 1), "E1_1")
    d = decoder(e, "D1_1")
    f = g.conv(g.concat(shallow(unshuffle(image), 2), up(d[0], "up_scale1_feat.scaleUp.1")), "fusion12")
    for k in (1, 2):
        e = encoder(f, f"E2_{k}", (e, d), doubled=k == 1)
        d = decoder(e, f"D2_{k}")
        f = d[0]
    f = g.conv(g.concat(shallow(image, 3), up(d[0], "up_scale2_feat.scaleUp.1")), "fusion23")
    for k in (1, 2, 3):
        e = encoder(f, f"E3_{k}", (e, d), doubled=k == 1)
        d = decoder(e, f"D3_{k}")
        f = d[0]
    g.output(g.add(g.conv(f, "tail3_3"), image), "restored", (1, 3, "height", "width"))
    return g
