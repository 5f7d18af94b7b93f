"""Rules that keep the graphs running alike in every build of ONNX Runtime for the web, and what they cost."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from conftest import seeded_network
from PIL import Image

from limpid.export.analyse import multiply_accumulates, operators, peak_bytes
from limpid.export.builder import GraphBuilder
from limpid.export.catalogue import MODELS
from limpid.export.folder import golden_difference
from limpid.export.graphs import build_graphs
from limpid.export.manifest import compute, file_entry, parameters
from limpid.export.weights import WeightTable
from limpid.networks import NETWORKS

ALLOWED = {
    "Add", "AveragePool", "Cast", "Concat", "Conv", "ConvTranspose", "Div", "Gather", "MatMul", "Mul", "ReduceSum",
    "Relu", "Reshape", "Resize", "Shape", "Slice", "Sub", "Unsqueeze",
}
# WASM alone runs what winograd.py writes.
ALLOWED_IN_WASM = ALLOWED | {"Transpose"}
# Multiply-accumulates per pixel of the networks as published; folding may only lower them.
PUBLISHED = {
    "liif-edsr": (1_218_240, 1_383_424),
    "liif-rdn": (21_964_480, 1_383_424),
    "mimo-unet": (972_490, 0),
    "mimo-unet-plus": (2_299_590, 0),
    "mssnet": (2_204_550, 0),
}
PARAMETERS = {
    "liif-edsr": 1_567_299, "liif-rdn": 22_320_835, "mimo-unet": 6_801_981, "mimo-unet-plus": 16_102_461,
    "mssnet": 15_594_085,
}
MODELS_FOLDER = Path(__file__).parents[2] / "public" / "models"


@pytest.fixture(scope="module", params=NETWORKS)
def graphs(request):
    return request.param, build_graphs(request.param, seeded_network(request.param).state_dict())


def test_only_portable_operators(graphs):
    _, made = graphs
    for model in made.winograd.values():
        assert set(operators(model)) <= ALLOWED_IN_WASM
    for model in made.models.values():
        assert set(operators(model)) <= ALLOWED
        for node in model.graph.node:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            if node.op_type in ("Conv", "ConvTranspose", "AveragePool"):
                assert "auto_pad" not in attributes and len(attributes["pads"]) == 4
            if node.op_type == "Resize":
                assert attributes["coordinate_transformation_mode"] in (b"asymmetric", b"half_pixel")
            if node.op_type == "Concat":
                assert len(node.input) <= 3


def test_weights_are_outside_and_cast_once(graphs):
    _, made = graphs
    for model, most in [*((m, 4000) for m in made.models.values()), *((m, 8000) for m in made.winograd.values())]:
        outside = [t for t in model.graph.initializer if t.data_location == onnx.TensorProto.EXTERNAL]
        inside = [t for t in model.graph.initializer if t.data_location != onnx.TensorProto.EXTERNAL]
        casts = [n.input[0] for n in model.graph.node if n.op_type == "Cast"]
        assert sorted(casts) == sorted(t.name for t in outside)
        assert sum(t.ByteSize() for t in inside) < most
        assert model.ByteSize() < (200_000 if most == 4000 else 500_000)


def test_window_sides_are_free(graphs):
    _, made = graphs
    for key, model in made.models.items():
        dims = [d.dim_param for d in model.graph.input[0].type.tensor_type.shape.dim]
        assert dims[2:] == ["height", "width"], key


def test_cost_is_counted(graphs):
    name, made = graphs
    cost = compute(made.models)
    per_input, per_output = PUBLISHED[name]
    folded = 256 * 64 * 9 if per_output else 0  # LIIF's first layer moves from output to input pixels
    assert 0.95 * per_input < cost["macPerInputPixel"] - folded <= per_input * 1.0001
    assert cost["macPerOutputPixel"] == (4 * (3 * 256 * 256 + 3 * 256) if per_output else 0)
    assert parameters(made) == PARAMETERS[name]
    less = compute(made.models | made.winograd)
    assert less["macPerInputPixel"] < 0.6 * cost["macPerInputPixel"]


def test_counts_on_a_graph_worked_out_by_hand():
    """5x5 picture, 3x3 convolution to 4 channels, ReLU (in place), the input added back to nothing."""
    table = WeightTable({"c.weight": (4, 3, 3, 3)})
    g = GraphBuilder("hand", table)
    x = g.input("image", (1, 3, "height", "width"))
    g.output(g.relu(g.conv(x, "c")), "out", (1, 4, "height", "width"))
    model = g.model()
    dims = {"height": 5, "width": 5}
    assert multiply_accumulates(model, dims) == 25 * 4 * 27
    assert peak_bytes(model, dims) == 4 * 25 * (3 + 4)


@pytest.mark.parametrize("model_id", list(MODELS))
def test_shipped_folder(model_id):
    """Files are those that the manifest names, and the graphs give the golden answer."""
    folder = MODELS_FOLDER / model_id
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["halo"], manifest["multiple"]) == (MODELS[model_id].halo, MODELS[model_id].multiple)
    golden = manifest["golden"]
    for entry in (manifest["weights"], *manifest["graphs"].values(), *manifest["wasm"]["graphs"].values(), golden["input"], golden["output"]):
        actual = file_entry(folder, entry["file"])
        assert {k: entry[k] for k in actual} == actual
    shape = (3, golden["outputHeight"], golden["outputWidth"])
    answer = np.frombuffer((folder / golden["output"]["file"]).read_bytes(), "<f4").reshape(shape)
    assert answer.min() >= 0 and answer.max() <= 1
    pixels = np.array(Image.open(folder / golden["input"]["file"]).convert("RGB"))
    if manifest["task"] == "deblur":
        changed = np.abs(answer - pixels.transpose(2, 0, 1) / 255).max()
        assert changed > 10 * golden["tolerance"], "a backend that does nothing would pass for a good one"
    assert golden_difference(folder, pixels, answer) < 1e-4
    assert golden_difference(folder, pixels, answer, winograd=True) < 1e-4
    assert golden_difference(folder, 255 - pixels, answer) > golden["tolerance"]
