"""Scores, seams and plots: the measuring tools themselves."""

import json

import numpy as np
import pytest
import torch
from conftest import picture
from PIL import Image
from torch import nn

from limpid.metrics import luma_psnr, psnr
from limpid.plots import Line, plot, smoothed
from limpid.score import record
from limpid.scoring import SetScore, deblur, score_enlarging, score_pairs, score_sharp
from limpid.seams import liif_difference, same_size_difference


class Nothing(nn.Module):
    """A deblurring network that gives its input back, or the input plus `shift`."""

    def __init__(self, shift=0.0):
        super().__init__()
        self.shift = shift

    def forward(self, x):
        assert x.shape[-1] % 16 == 0 and x.shape[-2] % 16 == 0
        return [x + self.shift]


def save(folder, name, pixels):
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(folder / name)


def test_psnr_of_known_errors():
    a = np.full((20, 20, 3), 0.5)
    assert psnr(a, a + 0.1) == pytest.approx(20, abs=1e-3)
    assert psnr(a, a) == pytest.approx(120)
    b = a.copy()
    b[:2] += 0.3
    assert luma_psnr(a, b, 2) == pytest.approx(120)
    assert luma_psnr(a, a + np.array([0.1, 0, 0]), 2) == pytest.approx(-20 * np.log10(0.1 * 65.738 / 256), abs=1e-3)


def test_pair_and_sharp_scores(tmp_path):
    source = np.random.default_rng(0)
    sharp = source.integers(0, 200, (33, 50, 3), dtype=np.uint8)
    save(tmp_path / "sharp", "a.png", sharp)
    save(tmp_path / "blur", "a.png", sharp + 20)
    score = score_pairs(Nothing(-20 / 255), tmp_path, "cpu")
    assert score.value > 100 and score.baseline == pytest.approx(-20 * np.log10(20 / 255), abs=0.01)
    kept = score_sharp(Nothing(), tmp_path / "sharp", "cpu")
    assert kept.value > 100 and 10 < kept.baseline < 60
    assert (score.against, score.baseline_name) == ("truth", "the blurred input")
    assert (kept.against, kept.baseline_name) == ("input", "JPEG at quality 90")
    assert score_sharp(Nothing(0.01), tmp_path / "sharp", "cpu").value == pytest.approx(40, abs=0.1)


def test_deblur_pads_and_crops():
    image = np.random.default_rng(1).random((17, 23, 3))
    np.testing.assert_allclose(deblur(Nothing(), image, "cpu"), image, atol=1e-6)


def test_enlarging_score_uses_bicubic_as_baseline(exported):
    network, _, _ = exported("liif-edsr")
    ramp = np.linspace(0, 255, 31 * 40 * 3).reshape(31, 40, 3).astype(np.uint8)
    best, fast = score_enlarging(network, [ramp], 2, "Ramp", True, "cpu")
    assert {best.baseline_name, fast.baseline_name} == {"bicubic resizing"}
    assert (best.set, fast.set) == ("Ramp x2", "Ramp x2, nearest cell")
    assert best.baseline == fast.baseline > 40 and best.value < 30 and best.value != fast.value


def test_scores_are_recorded(tmp_path):
    manifest = {"weights": {"tensors": [{"name": "a"}]}, "scores": []}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    scores = [SetScore("Set5 x2", "dB", 37.0, 33.0, "bicubic resizing"),
              SetScore("Set5 x2, nearest cell", "dB", 36.8, 33.0, "bicubic resizing"),
              SetScore("Sharp", "dB of output against input", 42.0, 34.0, "JPEG at quality 90", "input")]
    record(tmp_path, scores, "python -m limpid.score x")
    written = json.loads((tmp_path / "manifest.json").read_text())
    assert written["fast"]["costDb"] == pytest.approx(0.2)
    assert [s["value"] for s in written["scores"]] == [37.0, 36.8, 42.0]
    assert [s["baselineName"] for s in written["scores"]] == ["bicubic resizing"] * 2 + ["JPEG at quality 90"]
    assert [s["against"] for s in written["scores"]] == ["truth", "truth", "input"]
    assert written["weights"]["tensors"] == [{"name": "a"}]


class BoxRunner:
    """Same-size "network" of known reach: the mean over (2r+1) rows, zero-padded."""

    def __init__(self, reach):
        self.reach = reach

    def restore(self, image, half=None):
        kernel = torch.full((3, 1, 2 * self.reach + 1, 1), 1 / (2 * self.reach + 1))
        made = torch.nn.functional.conv2d(torch.from_numpy(image), kernel, padding=(self.reach, 0), groups=3).numpy()
        if half is not None:
            assert half.shape[2:] == tuple(s // 2 for s in image.shape[2:])
            made = made + half.repeat(2, 2).repeat(2, 3)
        return made


def test_seam_measurement_finds_a_short_halo():
    image = picture(96, 64).numpy()
    half = picture(48, 32, seed=5).numpy()
    assert same_size_difference(BoxRunner(16), image, None, 32, 16) < 1e-6
    assert same_size_difference(BoxRunner(16), image, half, 32, 16) < 1e-6
    assert same_size_difference(BoxRunner(16), image, None, 32, 0) > 1e-2


def test_liif_edsr_with_its_exact_halo_has_no_seam(exported):
    _, runner, _ = exported("liif-edsr")
    image = picture(112, 48).numpy()
    assert liif_difference(runner, image, 32, 36) < 1e-5
    assert liif_difference(runner, image, 32, 1) > 1e-4


def test_plot_draws_its_curves(tmp_path):
    plot([Line("a", [(0, 1), (10, 3)]), Line("b", [(0, 2), (10, 0)])], "title", tmp_path / "p.png")
    colours = {c for _, c in Image.open(tmp_path / "p.png").getcolors(1 << 20)}
    assert {(30, 90, 200), (210, 80, 20)} <= colours
    with pytest.raises(ValueError):
        plot([], "title", tmp_path / "q.png")
    assert smoothed([(0, 0), (1, 2), (2, 4)], 2) == [(0, 0), (1, 1), (2, 3)]
