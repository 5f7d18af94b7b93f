"""A checkpoint made of a shipped folder: the same picture, and heads that training can go on with."""

import random
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image
from test_training import drawn_picture, pool

import limpid.shipped as shipped
from limpid.export.catalogue import MODELS as CATALOGUE
from limpid.export.checkpoint import fill, load_checkpoint, unpack
from limpid.least_squares import blurred_crops
from limpid.networks import build

MODELS = Path(__file__).parents[2] / "public" / "models"


@pytest.mark.parametrize("model_id", ["mimo-unet-realblur", "mssnet-realblur-r"])
def test_heads_are_fitted_to_the_final_picture(model_id):
    name = CATALOGUE[model_id].network
    network, aligned = build(name), name == "mssnet"
    fill(network, unpack(MODELS / model_id, network))
    # Of the pictures that the fit sees; three drawn ones are too few to judge it by others.
    (blurred,) = blurred_crops(pool(), random.Random(0), 1)
    with torch.no_grad():
        final = network(blurred)[-1]
        shipped.fit_heads(network, pool(), random.Random(0), batches=2)
        heads, fitted = shipped.heads(network), network(blurred)
        for head in heads:
            head.weight.zero_()
        bare = network(blurred)
    assert torch.equal(fitted[-1], final)
    for head, with_head, without in zip(heads, fitted, bare):
        left, wanted = (shipped.missing(one, final, head, aligned).square().mean() for one in (with_head, without))
        assert left < 0.6 * wanted


def test_command_writes_what_the_page_ships(tmp_path, monkeypatch):
    def run(*words) -> None:
        monkeypatch.setattr(sys, "argv", ["shipped", *map(str, words)])
        shipped.main()

    run("liif-edsr", tmp_path / "start.pt", "--models", MODELS)
    saved, network = load_checkpoint(tmp_path / "start.pt"), build("liif-edsr")
    state = unpack(MODELS / "liif-edsr", network)
    assert all(torch.equal(saved["model"][name], value) for name, value in state.items())
    assert saved["iterations"] == saved["record"]["iterations"] > 0
    assert "stages" not in saved
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for i in range(2):
        Image.fromarray(drawn_picture(i, 200)).save(pictures / f"{i}.png")
    monkeypatch.setattr(shipped, "BATCHES", 1)
    run("mssnet-realblur-r", tmp_path / "mssnet.pt", "--models", MODELS, "--data", pictures)
    # Its last three U-Nets only let through, so as a teacher it runs three.
    assert load_checkpoint(tmp_path / "mssnet.pt")["stages"] == 3
    with pytest.raises(SystemExit, match="give --data"):
        run("mssnet-realblur-r", tmp_path / "start.pt", "--models", MODELS)
    with pytest.raises(SystemExit, match="No such file"):
        run("liif-edsr", tmp_path / "start.pt", "--models", tmp_path)
