"""LIIF as two graphs: an encoder per tile and a decoder that answers for any band of output rows.

Not exported as written: the first MLP layer is linear in the unfolded features, so it becomes a 3x3 convolution in the
encoder; on a regular grid its coordinate terms are separable, so the decoder takes two short vectors instead of one
coordinate per pixel, and the nearest lookup is a gather of rows and then of columns.
"""

import numpy as np
from onnx import TensorProto

from ..networks.liif import AREA_EPSILON
from . import winograd
from .builder import GraphBuilder
from .weights import Slice, WeightTable

FIRST = "imnet.layers.0"


def edsr(g: GraphBuilder, x: str) -> str:
    """EDSR trunk: (1,3,h,w) in [-1,1] -> (1,64,h,w)."""
    blocks = sum(1 for k in g.table.shapes if k.startswith("encoder.body.") and k.endswith(".body.0.weight"))
    head = g.conv(x, "encoder.head.0")
    x = head
    for i in range(blocks):
        inner = g.conv(x, f"encoder.body.{i}.body.0", relu=True)
        x = g.add(x, g.conv(inner, f"encoder.body.{i}.body.2"))
    return g.add(head, g.conv(x, f"encoder.body.{blocks}"))


def layers_of(g: GraphBuilder, block: str) -> list[str]:
    count = sum(1 for k in g.table.shapes if k.startswith(f"{block}.convs.") and k.endswith(".weight"))
    return [f"{block}.convs.{j}.conv.0" for j in range(count)]


def dense_layers(g: GraphBuilder, x: str, block: str) -> str:
    """(1,64,h,w) -> (1,576,h,w): the input of a residual dense block and its layers' features, each made of all before it."""
    for layer in layers_of(g, block):
        x = g.concat(x, g.conv(x, layer, relu=True))
    return x


def dense_in_tiles(g: GraphBuilder, x: str, block: str) -> str:
    """The same by Winograd's convolutions: each feature is transformed once for all the layers that see it."""
    features, width = [x], g.table.shapes["encoder.SFENet1.weight"][0]
    seen = []
    for layer in layers_of(g, block):
        seen.append(winograd.tiles(g, features[-1], width))
        shape = tuple(g.table.shapes[f"{layer}.weight"])
        weight = g.weight(f"{layer}.weight", seen=(shape[0] * shape[1], 9))
        feature = winograd.convolution(g, seen, weight, shape)
        features.append(g.relu(g.add(feature, g.weight(f"{layer}.bias", seen=(1, shape[0], 1, 1)))))
    return g.concat(*features)


def rdn(g: GraphBuilder, x: str) -> str:
    """RDN trunk: (1,3,h,w) in [-1,1] -> (1,64,h,w).

    The fusion of all blocks' outputs is a sum of one 1x1 convolution per block, so that no graph ever joins sixteen
    tensors (which some backends do in passes) or keeps them all in memory.
    """
    shapes = g.table.shapes
    blocks = sum(1 for k in shapes if k.endswith(".LFF.weight"))
    shallow = g.conv(x, "encoder.SFENet1")
    width = shapes["encoder.SFENet1.weight"][0]
    x = g.conv(shallow, "encoder.SFENet2")
    fused = ""
    for i in range(blocks):
        block = f"encoder.RDBs.{i}"
        dense = dense_in_tiles(g, x, block) if g.winograd else dense_layers(g, x, block)
        x = g.add(x, g.conv(dense, f"{block}.LFF"))
        share = g.conv(x, "encoder.GFF.0", shape=(shapes["encoder.GFF.0.weight"][0], width, 1, 1),
                       part=Slice(1, i * width, (i + 1) * width), name=f"block{i}", bias=i == 0)
        fused = g.add(fused, share) if fused else share
    return g.add(g.conv(fused, "encoder.GFF.1"), shallow)


def encoder(table: WeightTable, dtype: str, winograd: bool = False) -> GraphBuilder:
    """`image` (1,3,h,w) in [0,1] -> `latent` (1,256,h,w): trunk and the first MLP layer's feature part with its bias."""
    g = GraphBuilder("encoder", table, dtype, winograd)
    image = g.input("image", (1, 3, "height", "width"))
    x = g.node("Sub", g.mul(image, g.constant(2.0)), g.constant(1.0))
    x = edsr(g, x) if "encoder.head.0.weight" in table.shapes else rdn(g, x)
    hidden, fan_in = table.shapes[f"{FIRST}.weight"]
    features = fan_in - 4
    kernel = (hidden, features // 9, 3, 3)
    latent = g.conv(x, FIRST, shape=kernel, part=Slice(1, 0, features), name="features")
    g.output(latent, "latent", (1, hidden, "height", "width"))
    return g


def decoder(table: WeightTable, dtype: str) -> GraphBuilder:
    """Colours of a grid of R x C output pixels, `colours` (1,3,R,C), as [0,1], not clamped.

    Inputs: `latent`; per axis `*_index` (int32), `*_offset` and `*_opposite` (float32), each (n,R) or (n,C), with n = 2
    shifts for the local ensemble (Eq. 4) or 1 for the nearest cell; `cell` (2): pixel height and width in half-cells.
    """
    g = GraphBuilder("decoder", table, dtype)
    hidden, fan_in = table.shapes[f"{FIRST}.weight"]
    features = fan_in - 4
    latent = g.input("latent", (1, hidden, "height", "width"))
    axis = {}
    for name, length in (("row", "rows"), ("column", "columns")):
        axis[f"{name}_index"] = g.input(f"{name}_index", (f"{name}_shifts", length), TensorProto.INT32)
        for part in ("offset", "opposite"):
            axis[f"{name}_{part}"] = g.input(f"{name}_{part}", (f"{name}_shifts", length))
    cell = g.input("cell", (2,))

    def positional(name: str, start: int, end: int, shape: tuple[int, ...]) -> str:
        return g.weight(f"{FIRST}.weight", shape, Slice(1, features + start, features + end), f"{FIRST}.weight.{name}")

    def along(value: str, which: str) -> str:
        """(n,L) as (1,1,nL,1) for rows or (1,1,1,nL) for columns."""
        shape = [1, 1, -1, 1] if which == "row" else [1, 1, 1, -1]
        return g.reshape(value, *shape)

    flat = g.constant([-1], np.int64)
    cells = g.node("MatMul", positional("cell", 2, 4, (hidden, 2)), g.reshape(cell, 2, 1))
    cells = g.reshape(cells, 1, hidden, 1, 1)
    # Row terms join before columns are multiplied: the tensor is still as narrow as the input.
    rows = g.mul(along(axis["row_offset"], "row"), positional("row", 0, 1, (1, hidden, 1, 1)))
    x = g.node("Gather", latent, g.node("Reshape", axis["row_index"], flat), axis=2)
    x = g.add(x, g.add(rows, cells))
    x = g.node("Gather", x, g.node("Reshape", axis["column_index"], flat), axis=3)
    x = g.relu(g.add(x, g.mul(along(axis["column_offset"], "column"), positional("column", 1, 2, (1, hidden, 1, 1)))))
    last = max(int(k.split(".")[2]) for k in table.shapes if k.startswith("imnet.layers."))
    for i in range(2, last + 1, 2):
        layer = f"imnet.layers.{i}"
        x = g.conv(x, layer, shape=(*table.shapes[f"{layer}.weight"], 1, 1), relu=i < last)

    # Eq. 4: each answer weighs as much as the area towards the opposite cell; (1,*,nR,nC) -> (*,R,C).
    areas = g.mul(along(axis["row_opposite"], "row"), along(axis["column_opposite"], "column"))
    areas = g.add(areas, g.constant(AREA_EPSILON))
    row_shape, column_shape = g.node("Shape", axis["row_index"]), g.node("Shape", axis["column_index"])

    def blend(value: str, channels: int) -> str:
        """Sum over row shifts, then over column shifts: (1,channels,nR,nC) -> (channels,R,C)."""
        split = g.concat(g.constant([channels], np.int64), row_shape, g.constant([-1], np.int64), axis=0)
        one = g.constant([1], np.int64)
        value = g.node("ReduceSum", g.node("Reshape", value, split), one, keepdims=0)
        split = g.concat(g.constant([0, 0], np.int64), column_shape, axis=0)
        return g.node("ReduceSum", g.node("Reshape", value, split), g.constant([2], np.int64), keepdims=0)

    colours = g.node("Div", blend(g.mul(x, areas), 3), blend(areas, 1))
    colours = g.add(g.mul(colours, g.constant(0.5)), g.constant(0.5))
    colours = g.node("Unsqueeze", colours, g.constant([0], np.int64))
    g.output(colours, "colours", (1, 3, "rows", "columns"))
    return g
