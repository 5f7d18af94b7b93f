"""LIIF: folded encoder and separable decoder against the paper's formula, both ways of decoding.

The reference runs in float64. Where an output pixel's centre meets the centre of the last cell (factor 1 and odd factors),
both shifts clamp to that cell, the area factor is zero, and in float32 the blend hangs on rounding errors alone.
"""

from contextlib import contextmanager

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from conftest import picture, seeded_network

from limpid.export.axis import axis, decoder_inputs
from limpid.networks.liif import enlarge as enlarge_in_own_precision

# (height, width) -> (height, width): factor 1, integer, non-integer, one-pixel sides, odd and non-square.
CASES = [
    ((1, 1), (1, 1)),
    ((1, 1), (8, 8)),
    ((3, 5), (3, 5)),
    ((3, 5), (7, 11)),
    ((1, 9), (3, 23)),
    ((12, 17), (24, 34)),
    ((13, 10), (30, 23)),
    ((11, 14), (11, 14)),
]


@contextmanager
def float64(network):
    """PyTorch's default and the network's weights in double precision, for the block's duration."""
    torch.set_default_dtype(torch.float64)
    try:
        yield network.double()
    finally:
        torch.set_default_dtype(torch.float32)
        network.float()


def enlarge(network, image, height, width, ensemble=True):
    with float64(network):
        latent = network.latent(image.double() * 2 - 1)
        axes = [(2 * torch.arange(n) + 1) / n - 1 for n in (height, width)]
        coord = torch.stack(torch.meshgrid(*axes, indexing="ij"), -1).reshape(1, -1, 2)
        with torch.no_grad():
            colours = network.query(latent, coord, torch.tensor([2 / height, 2 / width]).expand_as(coord), ensemble)
    return (colours * 0.5 + 0.5).transpose(1, 2).reshape(1, 3, height, width).float()


@pytest.mark.parametrize("ensemble", [True, False], ids=["best", "fast"])
@pytest.mark.parametrize("size,output", CASES)
def test_edsr_graphs_equal_network(exported, size, output, ensemble):
    network, runner, _ = exported("liif-edsr")
    image = picture(*size)
    answer = enlarge(network, image, *output, ensemble).numpy()
    got = runner.enlarge(image.numpy(), *output, ensemble, band=5)
    assert got.shape == answer.shape
    assert np.abs(got - answer).max() < 1e-4


def test_rdn_graphs_equal_network(exported):
    network, runner, _ = exported("liif-rdn")
    image = picture(6, 11)
    for ensemble in (True, False):
        answer = enlarge(network, image, 16, 27, ensemble).numpy()
        assert np.abs(runner.enlarge(image.numpy(), 16, 27, ensemble) - answer).max() < 1e-4


@pytest.mark.parametrize("name", ["liif-edsr", "liif-rdn"])
def test_float16_weights_stay_close(exported, name):
    network, runner, _ = exported(name, "float16")
    image = picture(8, 9)
    answer = enlarge(network, image, 20, 22).numpy()
    difference = np.abs(runner.enlarge(image.numpy(), 20, 22) - answer).max()
    assert 0 < difference < 2e-3


def test_enlarge_of_the_network_agrees(exported):
    """The float32 helper that makes golden answers and scores, where no pixel is decided by rounding."""
    network, _, _ = exported("liif-edsr")
    image = picture(12, 13)
    whole = enlarge_in_own_precision(network, image, 30, 32, chunk=100)
    assert (whole - enlarge(network, image, 30, 32)).abs().max() < 1e-5


def test_answers_depend_on_position_and_cell(exported):
    """The comparison above would be empty if random weights ignored the coordinate terms."""
    network, _, _ = exported("liif-edsr")
    latent = network.latent(picture(6, 6) * 2 - 1)
    coord = torch.tensor([[[0.1, 0.1], [0.1, 0.18]]])
    with torch.no_grad():
        a = network.query(latent, coord, torch.full((1, 2, 2), 0.1))
        b = network.query(latent, coord, torch.full((1, 2, 2), 0.3))
    assert (a[0, 0] - a[0, 1]).abs().max() > 1e-3
    assert (a - b).abs().max() > 1e-3


def as_published(network, image, coord, cell):
    """Eq. 2-4 as the paper states them: features unfolded 3x3, one full MLP input per query and shift."""
    features = F.unfold(network.encoder(image * 2 - 1), 3, padding=1).reshape(1, -1, *image.shape[2:])
    height, width = image.shape[2:]
    size = torch.tensor([height, width])
    answers, areas = [], []
    for vy in (-1, 1):
        for vx in (-1, 1):
            near = coord + torch.tensor([vy / height, vx / width]) + 1e-6
            place = near.clamp(-1 + 1e-6, 1 - 1e-6).flip(-1)[:, None]
            picked = F.grid_sample(features, place, mode="nearest", align_corners=False)[:, :, 0].transpose(1, 2)
            centres = torch.stack(torch.meshgrid(*[(2 * torch.arange(n) + 1) / n - 1 for n in (height, width)], indexing="ij"))
            centre = F.grid_sample(centres[None], place, mode="nearest", align_corners=False)[:, :, 0].transpose(1, 2)
            offset = (coord - centre) * size
            z = network.imnet.layers(torch.cat([picked, offset, cell * size], -1))
            answers.append(z)
            areas.append((offset[..., 0] * offset[..., 1]).abs() + 1e-9)
    return sum(a * (w / sum(areas))[..., None] for a, w in zip(answers, areas[::-1]))


def test_first_layer_folding_equals_the_published_form():
    network = seeded_network("liif-edsr")
    image = picture(7, 9)
    coord = torch.rand(1, 200, 2, generator=torch.Generator().manual_seed(3)) * 1.98 - 0.99
    cell = torch.full((1, 200, 2), 0.07)
    with torch.no_grad():
        folded = network.query(network.latent(image * 2 - 1), coord, cell)
        published = as_published(network, image, coord, cell)
    assert (folded - published).abs().max() < 1e-5


@pytest.mark.parametrize("size,length", [(1, 1), (1, 8), (5, 5), (3, 8), (40, 100), (7, 50), (1000, 2300)])
def test_axis_geometry(size, length):
    """Both candidates surround the pixel; opposite sides add up to one cell where there are two cells."""
    pair = axis(size, length, True)
    centres = (2 * pair["index"] + 1) / size - 1
    coordinate = (2 * np.arange(length) + 1) / length - 1
    np.testing.assert_allclose(pair["offset"], (coordinate - centres) * size, atol=1e-4)
    np.testing.assert_allclose(pair["opposite"], np.abs(pair["offset"][::-1]), atol=1e-3)
    assert pair["index"].min() == 0 and pair["index"].max() == size - 1
    inner = pair["index"][0] != pair["index"][1]
    np.testing.assert_allclose(pair["opposite"].sum(0)[inner], 2, atol=1e-4)
    single = axis(size, length, False)
    assert np.abs(single["offset"]).max() <= 1 + 1e-6


def make_coord(n):
    """Centres of n pixels or cells in [-1,1] as the authors' utils.py makes them."""
    r = 2 / (2 * n)
    return -1 + r + (2 * r) * torch.arange(n).float()


@pytest.mark.parametrize("size,length", [(6, 18), (7, 21), (13, 13), (100, 500), (97, 291), (12, 84), (1000, 3000)])
def test_axis_rounds_as_the_authors_do_where_both_shifts_meet_one_cell(size, length):
    """The page's rule. Elsewhere the sides are float64's, rounded once."""
    made = axis(size, length, True)
    same = made["index"][0] == made["index"][1]
    cell = torch.tensor(made["index"][0], dtype=torch.long)
    single = ((make_coord(length) - make_coord(size)[cell]) * size).abs().numpy()
    assert 0 < same.sum() < length or size == length
    np.testing.assert_array_equal(made["opposite"][:, same], np.stack([single[same]] * 2))
    np.testing.assert_array_equal(made["opposite"][:, ~same], np.abs(made["offset"][::-1])[:, ~same])


def test_axis_bands_are_parts_of_the_whole():
    whole, part = axis(13, 31, True), axis(13, 31, True, 10, 7)
    for key in whole:
        np.testing.assert_array_equal(whole[key][:, 10:17], part[key])


def test_equal_weights_where_both_shifts_meet_one_cell(exported):
    """The README's remedy, which the page does not use: the answer a hair beside the cell's centre. At factor 5 of these sizes
    the authors' rounding leaves nothing, and their formula gives another one in the last cells' rows and columns."""
    network, runner, _ = exported("liif-edsr")
    image, output = picture(5, 8), (25, 40)
    rows, columns = axis(5, 25, True), axis(8, 40, True)
    latent = runner.latent(image.numpy())
    as_stated = runner.colours(latent, decoder_inputs(rows, columns, (5, 8), output))
    for made in (rows, columns):
        made["opposite"][:, made["index"][0] == made["index"][1]] = 1
    remedied = runner.colours(latent, decoder_inputs(rows, columns, (5, 8), output))
    with float64(network):
        axes = [(2 * torch.arange(n) + 1) / n - 1 - 1e-5 for n in output]
        coord = torch.stack(torch.meshgrid(*axes, indexing="ij"), -1).reshape(1, -1, 2)
        with torch.no_grad():
            beside = network.query(network.latent(image.double() * 2 - 1), coord, torch.tensor([2 / 25, 2 / 40]).expand_as(coord))
    beside = (beside * 0.5 + 0.5).transpose(1, 2).reshape(1, 3, *output).numpy()
    assert np.abs(remedied - beside).max() < 1e-3
    assert np.abs(as_stated - beside).max() > 5e-3
