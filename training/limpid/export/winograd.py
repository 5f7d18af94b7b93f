"""3x3 convolutions with a quarter of the multiplications: F(4x4, 3x3) of Lavin and Gray (arXiv 1509.09308), section 4.3.

A picture is read in tiles of 6x6 pixels that step by 4; tiles and kernels are transformed along both axes, multiplied channel by
channel and transformed back to 4x4 output pixels: 36 multiplications where the plain form has 144. Written in ONNX's own
operators for WASM, where ONNX Runtime knows the plain form only; a GPU's kernels are better left alone. It pays where many
channels share a transform. The answers differ from the plain form's by rounding, about 1e-5 of the largest value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .builder import GraphBuilder

STEP, SIDE = 4, 6
AREA = SIDE * SIDE
# With fewer channels on either side the transforms cost what the multiplications save (measured in WASM).
LEAST_CHANNELS = 48

# The paper's three matrices: for pixels, for kernels, and back to pixels.
PIXELS = np.array([
    [4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0],
    [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1],
])  # fmt: skip
KERNELS = np.array([
    [1 / 4, 0, 0], [-1 / 6, -1 / 6, -1 / 6], [-1 / 6, 1 / 6, -1 / 6],
    [1 / 24, 1 / 12, 1 / 6], [1 / 24, -1 / 12, 1 / 6], [0, 0, 1],
])  # fmt: skip
BACK = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])


@dataclass(frozen=True)
class Tiles:
    """A picture's transformed tiles `value` (36,C,T); `picture` (1,C,h,w) and `grid` (...,tiles down,tiles across) are tensors
    whose last two sides tell the sizes."""

    value: str
    channels: int
    picture: str
    grid: str


def pays(kernel: tuple[int, ...], stride: int) -> bool:
    """Whether a convolution with a kernel of this shape (out, in, height, width) is worth transforming."""
    return kernel[2:] == (3, 3) and stride == 1 and min(kernel[:2]) >= LEAST_CHANNELS


def tiles(g: GraphBuilder, x: str, channels: int) -> Tiles:
    """A picture (1,C,h,w) in transformed tiles; what lies outside it counts as zero, as a padded convolution has it."""
    # One axis at a time: a third of the multiplications of both at once. The far padding completes the last tile.
    down = g.constant(PIXELS.reshape(SIDE, 1, SIDE, 1))
    lines = g.reshape(x, channels, 1, 0, 0)
    lines = g.node("Conv", lines, down, kernel_shape=[SIDE, 1], strides=[STEP, 1], pads=[1, 0, STEP, 0])
    across = g.constant(PIXELS.reshape(SIDE, 1, 1, SIDE))
    both = g.reshape(lines, channels * SIDE, 1, 0, 0)
    both = g.node("Conv", both, across, kernel_shape=[1, SIDE], strides=[1, STEP], pads=[0, 1, 0, STEP])
    value = g.node("Transpose", g.reshape(both, channels, AREA, -1), perm=[1, 0, 2])
    return Tiles(value, channels, x, both)


def kernels(g: GraphBuilder, weight: str, shape: tuple[int, ...]) -> str:
    """Kernels of `shape` (O,C,3,3), read as (O*C,9), transformed: (36,O,C).

    Made anew in each run, at less than a hundredth of its cost. ONNX Runtime computes while loading whatever depends on weights
    alone, and these would then take four times the memory of the weights; a matrix whose shape comes from the picture's,
    though it is always the same, is unknown until the run.
    """
    out, fan_in = shape[:2]
    matrix = g.constant(np.einsum("ia,jb->abij", KERNELS, KERNELS).reshape(9, AREA))
    nothing = g.mul(g.node("Shape", g.inputs[0].name, start=2, end=4), g.constant([0, 0], np.int64))
    matrix = g.node("Reshape", matrix, g.add(nothing, g.constant([9, AREA], np.int64)))
    transformed = g.node("MatMul", weight, matrix)
    return g.reshape(g.node("Transpose", transformed, perm=[1, 0]), AREA, out, fan_in)


def products(g: GraphBuilder, seen: Sequence[Tiles], transformed: str) -> str:
    """Kernels (36,O,C) times tiles whose channels are C together: (36,O,T).

    Tiles are never joined: tensors of ever new sizes break the WASM heap, which has no memory pages to give back, into pieces.
    """
    if len(seen) == 1:
        return g.node("MatMul", transformed, seen[0].value)
    total, start = "", 0
    for part in seen:
        bounds = [g.constant([at], np.int64) for at in (start, start + part.channels, 2)]
        product = g.node("MatMul", g.node("Slice", transformed, *bounds), part.value)
        total = g.add(total, product) if total else product
        start += part.channels
    return total


def convolution(g: GraphBuilder, pictures: Sequence[Tiles], weight: str, shape: tuple[int, ...]) -> str:
    """The convolution, padded by one pixel, of the pictures behind the tiles, one after the other: (1,O,h,w). Kernels as
    `kernels` takes them."""
    out, seen = shape[0], pictures[0]
    product = products(g, pictures, kernels(g, weight, shape))
    back = g.constant(np.einsum("ia,jb->ijab", BACK, BACK).reshape(STEP * STEP, AREA))
    # Asked for here, where they are used: a size that nobody needs would be read at the end, and hold its tensor until then.
    grid, size = (g.node("Shape", value, start=2, end=4) for value in (seen.grid, seen.picture))
    pixels = g.node("MatMul", back, g.reshape(product, AREA, -1))
    pixels = g.node("Reshape", pixels, g.concat(g.constant([STEP, STEP, out], np.int64), grid, axis=0))
    pixels = g.node("Transpose", pixels, perm=[2, 3, 0, 4, 1])
    full = g.mul(grid, g.constant([STEP, STEP], np.int64))
    pixels = g.node("Reshape", pixels, g.concat(g.constant([1, out], np.int64), full, axis=0))
    return g.node("Slice", pixels, g.constant([0, 0], np.int64), size, g.constant([2, 3], np.int64))
