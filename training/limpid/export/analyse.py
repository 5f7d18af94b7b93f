"""What a graph costs: multiply-accumulates and peak activation memory, counted from the graph itself."""

from math import prod

import onnx

from .shapes import value_shapes

# Operators that ONNX Runtime may run in the memory of an input that dies with them.
IN_PLACE = {"Relu", "Add", "Sub", "Mul", "Div", "Reshape", "Unsqueeze"}


def multiply_accumulates(model: onnx.ModelProto, dims: dict[str, int]) -> int:
    """Multiplications of Conv, ConvTranspose and MatMul nodes (ConvTranspose counted on its input)."""
    shapes, total = value_shapes(model, dims), 0
    for node in model.graph.node:
        if node.op_type == "Conv":
            total += prod(shapes[node.output[0]]) * prod(shapes[node.input[1]][1:])
        elif node.op_type == "ConvTranspose":
            total += prod(shapes[node.input[0]]) * prod(shapes[node.input[1]][1:])
        elif node.op_type == "MatMul":
            total += prod(shapes[node.output[0]]) * shapes[node.input[0]][-1]
    return total


def peak_bytes(model: onnx.ModelProto, dims: dict[str, int]) -> int:
    """Largest sum of live float32 activations while the nodes run in file order; weights are left out.

    An element-wise node writes over an input of its size that nobody needs later, as ONNX Runtime's planner does.
    A runtime's own scratch space (for instance a convolution's unfolded rows) comes on top.
    """
    shapes = value_shapes(model, dims)
    weights = {t.name for t in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Cast" and node.input[0] in weights:
            weights.add(node.output[0])
    last = {name: i for i, node in enumerate(model.graph.node) for name in node.input}
    live = {value.name: 4 * prod(shapes[value.name]) for value in model.graph.input}
    peak = now = sum(live.values())
    for i, node in enumerate(model.graph.node):
        out = node.output[0]
        if out in weights:
            continue
        size = 4 * prod(shapes[out])
        dying = [n for n in dict.fromkeys(node.input) if n in live and last[n] == i]
        over = next((n for n in dying if node.op_type in IN_PLACE and live[n] == size), None)
        now += 0 if over else size
        peak = max(peak, now)
        live[out] = size
        now -= sum(live.pop(n) for n in dying if n != over)
        if over:
            live.pop(over)
    return peak


def operators(model: onnx.ModelProto) -> dict[str, int]:
    """How many nodes of each operator; raises ValueError for a domain other than ONNX's own."""
    counts: dict[str, int] = {}
    for node in model.graph.node:
        if node.domain:
            raise ValueError(f"{node.name}: operator of domain {node.domain}")
        counts[node.op_type] = counts.get(node.op_type, 0) + 1
    return dict(sorted(counts.items()))
