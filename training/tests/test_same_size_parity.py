"""MIMO-UNet, MIMO-UNet+ and MSSNet: every graph gives its network's picture."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from conftest import picture

from limpid.networks.mssnet import half_size

SIZES = {
    "mimo-unet": [(4, 4), (16, 40), (36, 20)],
    "mimo-unet-plus": [(20, 36)],
    "mssnet": [(16, 16), (32, 48)],
}


def both(exported, name, dtype, image):
    network, runner, _ = exported(name, dtype)
    half = half_size(image) if name == "mssnet" else None
    with torch.no_grad():
        answer = network(image)[-1].numpy()
    return answer, runner.restore(image.numpy(), None if half is None else half.numpy())


@pytest.mark.parametrize("name,size", [(n, s) for n, sizes in SIZES.items() for s in sizes])
def test_float32_graph_equals_network(exported, name, size):
    image = picture(*size)
    answer, got = both(exported, name, "float32", image)
    assert got.shape == answer.shape
    assert np.abs(answer - image.numpy()).max() > 0.02, "weights too weak for the comparison to mean anything"
    assert np.abs(got - answer).max() < 1e-4


@pytest.mark.parametrize("name", list(SIZES))
def test_float16_weights_stay_close(exported, name):
    answer, got = both(exported, name, "float16", picture(32, 32))
    difference = np.abs(got - answer).max()
    assert 0 < difference < 2e-3


@pytest.mark.parametrize("name,multiple", [("mimo-unet", 4), ("mssnet", 16)])
def test_sides_that_need_padding(exported, name, multiple):
    """A 3 x 5 and an odd picture, padded by edge replication and cropped, as the page does it."""
    for height, width in ((3, 5), (17, 23)):
        image = picture(height, width)
        padded = F.pad(image, (0, -width % multiple, 0, -height % multiple), mode="replicate")
        answer, got = both(exported, name, "float32", padded)
        assert np.abs(got - answer)[..., :height, :width].max() < 1e-4


def test_mssnet_half_comes_from_outside(exported):
    """Another half-size picture gives another answer, and the network agrees on which."""
    network, runner, _ = exported("mssnet")
    image = picture(16, 32)
    half = half_size(image) * 0.5
    with torch.no_grad():
        answer, other = network(image, half)[-1].numpy(), network(image)[-1].numpy()
    got = runner.restore(image.numpy(), half.numpy())
    assert np.abs(answer - other).max() > 1e-3
    assert np.abs(got - answer).max() < 1e-4
