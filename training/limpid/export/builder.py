"""A small writer of ONNX graphs: full control of names, explicit padding, weights outside the file."""

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from . import winograd
from .weights import DTYPES, Slice, WeightTable

OPSET = 18
WEIGHTS_FILE = "weights.bin"
Dim = int | str


class GraphBuilder:
    """Collects nodes in order. Values are known by name; every method that adds a node returns its output's name.

    `winograd`: 3x3 convolutions take the form with fewer multiplications wherever it pays (winograd.py).
    """

    def __init__(self, name: str, table: WeightTable, dtype: str = "float16", winograd: bool = False):
        self.name, self.table, self.dtype, self.winograd = name, table, dtype, winograd
        self.nodes: list[onnx.NodeProto] = []
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []
        self.initializers: dict[str, TensorProto] = {}
        self.constants: dict[tuple, str] = {}
        self.casts: dict[str, str] = {}

    def input(self, name: str, shape: Sequence[Dim], kind: int = TensorProto.FLOAT) -> str:
        """Declares a graph input; a string in `shape` is a free dimension."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, list(shape)))
        return name

    def output(self, value: str, name: str, shape: Sequence[Dim]) -> None:
        """Declares `value`, the output of the newest node, as the graph output `name`."""
        node = self.nodes[-1]
        if list(node.output) != [value]:
            raise ValueError(f"{value} is not what the newest node gives")
        node.output[0] = name
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape)))

    def node(self, operator: str, *inputs: str, **attributes) -> str:
        """Adds one node of one output."""
        out = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [out], name=out, **attributes))
        return out

    def constant(self, values, dtype=np.float32) -> str:
        """A constant kept inside the graph file; equal ones are kept once."""
        array = np.asarray(values, dtype)
        name = self.constants.setdefault((array.dtype.str, array.shape, array.tobytes()), f"const_{len(self.constants)}")
        self.initializers[name] = numpy_helper.from_array(array, name)
        return name

    def weight(self, tensor: str, shape: tuple[int, ...] | None = None, part: Slice | None = None, name: str = "",
               seen: tuple[int, ...] | None = None) -> str:
        """A checkpoint tensor as float32: an initialiser in weights.bin, cast once when it is stored as float16. `seen`: the
        shape in which this graph reads the same numbers, if not `shape`."""
        entry = self.table.add(tensor, shape, part, name)
        if entry.name not in self.casts:
            size = DTYPES[self.dtype].itemsize
            proto = TensorProto(name=entry.name, dims=seen or entry.shape, data_location=TensorProto.EXTERNAL)
            proto.data_type = TensorProto.FLOAT16 if self.dtype == "float16" else TensorProto.FLOAT
            length = int(np.prod(entry.shape)) * size
            for key, value in (("location", WEIGHTS_FILE), ("offset", entry.start * size), ("length", length)):
                proto.external_data.add(key=key, value=str(value))
            self.initializers[entry.name] = proto
            half = self.dtype == "float16"
            self.casts[entry.name] = self.node("Cast", entry.name, to=TensorProto.FLOAT) if half else entry.name
        return self.casts[entry.name]

    def conv(self, x: str, prefix: str, *, stride: int = 1, relu: bool = False, shape: tuple[int, ...] | None = None,
             part: Slice | None = None, name: str = "", bias: bool | None = None) -> str:
        """Convolution with `prefix`.weight and, where it exists, `prefix`.bias; padding of half the kernel, spelt out.

        `shape` and `part` make the kernel from another layout; `name` then tells such kernels apart.
        """
        kernel = shape or tuple(self.table.shapes[f"{prefix}.weight"])
        own = name and f"{prefix}.weight.{name}"
        biased = f"{prefix}.bias" in self.table.shapes if bias is None else bias
        if self.winograd and winograd.pays(kernel, stride):
            flat = self.weight(f"{prefix}.weight", shape, part, own, seen=(kernel[0] * kernel[1], 9))
            out = winograd.convolution(self, [winograd.tiles(self, x, kernel[1])], flat, kernel)
            if biased:
                out = self.add(out, self.weight(f"{prefix}.bias", seen=(1, kernel[0], 1, 1)))
        else:
            weight = self.weight(f"{prefix}.weight", shape, part, own)
            added = [self.weight(f"{prefix}.bias")] if biased else []
            pad = kernel[2] // 2
            out = self.node("Conv", x, weight, *added, kernel_shape=kernel[2:], strides=[stride] * 2, pads=[pad] * 4)
        return self.relu(out) if relu else out

    def reshape(self, x: str, *shape: int) -> str:
        """0 keeps a side, -1 takes what is left."""
        return self.node("Reshape", x, self.constant(shape, np.int64))

    def relu(self, x: str) -> str:
        return self.node("Relu", x)

    def add(self, a: str, b: str) -> str:
        return self.node("Add", a, b)

    def mul(self, a: str, b: str) -> str:
        return self.node("Mul", a, b)

    def concat(self, *values: str, axis: int = 1) -> str:
        return self.node("Concat", *values, axis=axis)

    def resize(self, x: str, mode: str) -> str:
        """Doubles height and width: "nearest" or "linear" (half-pixel centres), as torch's interpolate does."""
        scales = self.constant([1, 1, 2, 2])
        if mode == "nearest":
            rule = {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
        else:
            rule = {"coordinate_transformation_mode": "half_pixel"}
        return self.node("Resize", x, "", scales, mode=mode, **rule)

    def model(self) -> onnx.ModelProto:
        """The finished model. Raises onnx.checker.ValidationError when it is not well formed."""
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, list(self.initializers.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="limpid")
        model.ir_version = 9
        return model
