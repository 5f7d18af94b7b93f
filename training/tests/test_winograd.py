"""Convolutions with fewer multiplications: the same answers as PyTorch's at every size, and constants that stay out of memory."""

import numpy as np
import onnxruntime as ort
import pytest
import torch
import torch.nn.functional as F
from conftest import picture

from limpid.export import winograd
from limpid.export.builder import GraphBuilder
from limpid.export.shapes import value_shapes
from limpid.export.weights import WeightTable
from limpid.networks.mssnet import half_size

CHANNELS = 48


@pytest.fixture(scope="module")
def single(tmp_path_factory):
    """A graph of one convolution with bias, its kernel (64,48,3,3) and bias, as the network's folder holds them."""
    torch.manual_seed(3)
    state = {"c.weight": torch.randn(64, CHANNELS, 3, 3) / 20, "c.bias": torch.randn(64)}
    table = WeightTable({name: tuple(value.shape) for name, value in state.items()})
    g = GraphBuilder("hand", table, "float32", winograd=True)
    x = g.input("image", (1, CHANNELS, "height", "width"))
    g.output(g.conv(x, "c"), "out", (1, 64, "height", "width"))
    folder = tmp_path_factory.mktemp("single")
    (folder / "weights.bin").write_bytes(table.pack(state, "float32"))
    (folder / "g.onnx").write_bytes(g.model().SerializeToString())
    return g.model(), folder, state


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (4, 4), (6, 9), (17, 1), (31, 32)])
def test_equals_the_plain_convolution(single, size):
    _, folder, state = single
    x = torch.randn(1, CHANNELS, *size)
    answer = F.conv2d(x, state["c.weight"], state["c.bias"], padding=1).numpy()
    got = ort.InferenceSession(str(folder / "g.onnx")).run(None, {"image": x.numpy()})[0]
    assert got.shape == answer.shape
    assert np.abs(got - answer).max() < 2e-5 * max(1, np.abs(answer).max())


def test_shapes_are_known_and_kernels_are_not_made_while_loading(single, tmp_path):
    model, folder, _ = single
    assert value_shapes(model, {"height": 7, "width": 10})["out"] == (1, 64, 7, 10)
    options = ort.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
    ort.InferenceSession(str(folder / "g.onnx"), options)
    # Made, they would be four times the weights; the optimised file holds what loading leaves in memory.
    assert (tmp_path / "optimised.onnx").stat().st_size < 2 * 64 * CHANNELS * 9 * 4


@pytest.mark.parametrize(
    "kernel,stride,worth",
    [((64, 64, 3, 3), 1, True), ((64, 64, 3, 3), 2, False), ((64, 32, 3, 3), 1, False), ((64, 64, 1, 1), 1, False)],
)
def test_where_it_pays(kernel, stride, worth):
    assert winograd.pays(kernel, stride) == worth


@pytest.mark.parametrize("name,size", [("mimo-unet", (36, 20)), ("mimo-unet-plus", (20, 36)), ("mssnet", (32, 48))])
def test_networks_of_one_size_equal_pytorch(exported, name, size):
    network, runner, _ = exported(name, winograd=True)
    image = picture(*size)
    with torch.no_grad():
        answer = network(image)[-1].numpy()
    got = runner.restore(image.numpy(), half_size(image).numpy() if name == "mssnet" else None)
    assert np.abs(got - answer).max() < 1e-4


@pytest.mark.parametrize("name,size", [("liif-edsr", (7, 13)), ("liif-rdn", (9, 6))])
def test_encoders_equal_the_plain_ones(exported, name, size):
    _, plain, _ = exported(name)
    _, runner, _ = exported(name, winograd=True)
    image = picture(*size).numpy()
    answer = plain.latent(image)
    assert np.abs(runner.latent(image) - answer).max() < 2e-5 * np.abs(answer).max()
