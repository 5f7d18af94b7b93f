"""The shape of every value of a graph whose free dimensions are given.

ONNX's own inference stops where a size is cut from another tensor's (winograd.py does so); here the few nodes that compute sizes
are computed, and every other node is asked for its output's shape with those numbers at hand.
"""

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper, shape_inference

# What computes sizes from sizes.
ARITHMETIC = {"Add": np.add, "Mul": np.multiply, "Concat": lambda *parts: np.concatenate(parts)}


def value_shapes(model: onnx.ModelProto, dims: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """The shape of every value when the free dimensions are `dims`.

    Raises ValueError where a shape is not known.
    """
    types, numbers = {}, {}
    for tensor in model.graph.initializer:
        types[tensor.name] = helper.make_tensor_type_proto(tensor.data_type, tensor.dims)
        if tensor.data_location != TensorProto.EXTERNAL:
            numbers[tensor.name] = numpy_helper.to_array(tensor)
    for value in model.graph.input:
        fixed = value.type.tensor_type
        sizes = [dims[d.dim_param] if d.dim_param else d.dim_value for d in fixed.shape.dim]
        types[value.name] = helper.make_tensor_type_proto(fixed.elem_type, sizes)
    for node in model.graph.node:
        types |= inferred(node, types, numbers, model.opset_import)
        if (known := computed(node, types, numbers)) is not None:
            numbers[node.output[0]] = known
    return {name: shape_of(type_) for name, type_ in types.items()}


def shape_of(type_: onnx.TypeProto) -> tuple[int, ...]:
    return tuple(d.dim_value for d in type_.tensor_type.shape.dim)


def computed(node: NodeProto, types: dict, numbers: dict) -> np.ndarray | None:
    """What a node that computes sizes gives; None for any other node."""
    if node.op_type == "Shape":
        cut = {a.name: a.i for a in node.attribute}
        return np.array(shape_of(types[node.input[0]])[cut.get("start", 0) : cut.get("end", None)], np.int64)
    if node.op_type in ARITHMETIC and all(name in numbers for name in node.input):
        return ARITHMETIC[node.op_type](*(numbers[name] for name in node.input))
    return None


def inferred(node: NodeProto, types: dict, numbers: dict, opsets) -> dict:
    """Type and shape of a node's output."""
    schema = onnx.defs.get_schema(node.op_type, opsets[0].version, node.domain)
    inputs = [name for name in node.input if name]
    data = {name: numpy_helper.from_array(numbers[name], name) for name in inputs if name in numbers}
    made = shape_inference.infer_node_outputs(schema, node, {n: types[n] for n in inputs}, data, opset_imports=opsets)
    for name, type_ in made.items():
        tensor = type_.tensor_type
        if not tensor.HasField("shape") or not all(d.HasField("dim_value") for d in tensor.shape.dim):
            raise ValueError(f"shape of {name} is not known")
    return made
