"""Scores, seams and plots: the measuring tools themselves."""

import json
import sys

import numpy as np
import pytest
import torch
from conftest import picture, seeded_network
from PIL import Image
from torch import nn

import limpid.score as score_command
from limpid.export.checkpoint import rounded
from limpid.export.folder import export
from limpid.grow import grow
from limpid.metrics import luma_psnr, psnr
from limpid.plots import Line, plot, smoothed
from limpid.score import record as save_record
from limpid.scoring import (
    BLURS, PictureScore, SetScore, deblur, score_enlarging, score_pairs, score_sharp, score_synthetic, synthetic_pairs,
)
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
    assert (kept.worst, kept.pictures) == (kept.value, ())
    assert score_sharp(Nothing(2 / 255), tmp_path / "sharp", "cpu").value == pytest.approx(-20 * np.log10(2 / 255), abs=0.1)
    # of a second pair too: each by its name, and the mean
    save(tmp_path / "sharp", "b.png", sharp[:, ::-1])
    save(tmp_path / "blur", "b.png", sharp[:, ::-1] + 30)
    both = score_pairs(Nothing(-20 / 255), tmp_path, "cpu")
    assert [p.picture for p in both.pictures] == ["a", "b"] and both.set == "Real blurred pairs (2)"
    assert both.pictures[1].value == pytest.approx(-20 * np.log10(10 / 255), abs=0.01)
    assert both.value == pytest.approx(np.mean([p.value for p in both.pictures]), abs=1e-3)
    save(tmp_path / "sharp", "c.png", np.full((33, 50, 3), 255, np.uint8))
    clipped = score_sharp(Nothing(2 / 255), tmp_path / "sharp", "cpu")
    assert clipped.worst < clipped.value - 1


def test_simulated_blur_is_the_same_every_time_and_leaves_nothing_sharp(tmp_path):
    for seed in range(2):
        save(tmp_path, f"{seed}.png", np.random.default_rng(seed).integers(0, 256, (300, 260, 3), dtype=np.uint8))
    torch.manual_seed(1)
    pairs = list(synthetic_pairs(tmp_path))
    after = torch.rand(1)
    torch.manual_seed(1)
    assert torch.equal(torch.rand(1), after)
    torch.manual_seed(2)
    again = list(synthetic_pairs(tmp_path))
    assert len(pairs) == 2 * BLURS and all(np.array_equal(a, b) for x, y in zip(pairs, again) for a, b in zip(x, y))
    assert len({blurred.tobytes() for blurred, _ in pairs}) == len(pairs)
    assert max(psnr(blurred, sharp) for blurred, sharp in pairs) < 30
    score = score_synthetic(Nothing(), tmp_path, "cpu")
    assert (score.set, score.against) == (f"Simulated blur of held-out pictures ({2 * BLURS})", "truth")
    assert score.value == pytest.approx(score.baseline, abs=1e-3) and score.baseline < 30
    assert score_synthetic(Nothing(0.2), tmp_path, "cpu").value < score.baseline


def test_deblur_pads_crops_and_rounds_to_bytes():
    image = np.random.default_rng(1).integers(1, 255, (17, 23, 3)) / 255
    np.testing.assert_array_equal(deblur(Nothing(), image, "cpu"), image)
    np.testing.assert_array_equal(deblur(Nothing(0.4 / 255), image, "cpu"), image)
    np.testing.assert_allclose(deblur(Nothing(0.6 / 255), image, "cpu"), image + 1 / 255)


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
              SetScore("Sharp", "dB of output against input", 42.0, 34.0, "JPEG at quality 90", "input", worst=39.5),
              SetScore("Pairs", "dB", 26.0, 24.0, "the blurred input", pictures=(PictureScore("a", 26.0, 24.0),))]
    save_record(tmp_path, scores, "python -m limpid.score x")
    written = json.loads((tmp_path / "manifest.json").read_text())
    assert written["fast"]["costDb"] == pytest.approx(0.2)
    assert [s["value"] for s in written["scores"]] == [37.0, 36.8, 42.0, 26.0]
    assert [s["baselineName"] for s in written["scores"]] == ["bicubic resizing"] * 2 + ["JPEG at quality 90", "the blurred input"]
    assert [s["against"] for s in written["scores"]] == ["truth", "truth", "input", "truth"]
    assert [s.get("worst") for s in written["scores"]] == [None, None, 39.5, None]
    assert [s.get("pictures") for s in written["scores"]] == [None] * 3 + [[{"picture": "a", "value": 26.0, "baseline": 24.0}]]
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


def test_a_copy_has_its_originals_scores_if_it_is_one(tmp_path, monkeypatch):
    small = seeded_network("mimo-unet")
    record = {"summary": "s", "data": "d", "minutes": 1, "iterations": 1, "machine": "m", "date": "2026-01-01"}
    export("mimo-unet-realblur", small.state_dict(), tmp_path / "mimo-unet-realblur", record)
    grown = grow(rounded(dict(small.state_dict())))
    export("mimo-unet-plus", grown, tmp_path / "mimo-unet-plus", record | {"sameAs": "mimo-unet-realblur"})

    def run(model) -> list:
        words = ["score", model, "--eval", tmp_path, "--sharp", tmp_path, "--models", tmp_path, "--write"]
        monkeypatch.setattr(sys, "argv", [str(word) for word in words])
        score_command.main()
        return json.loads((tmp_path / model / "manifest.json").read_text())["scores"]

    with pytest.raises(SystemExit, match="no scores yet; score that first"):
        run("mimo-unet-plus")
    save_record(tmp_path / "mimo-unet-realblur", [SetScore("Pairs", "dB", 26.0, 24.0, "the input")], "limpid.score small")
    (score,) = run("mimo-unet-plus")
    assert score["value"] == 26.0 and score["command"].startswith("python -m limpid.score mimo-unet-plus --eval EVAL --sharp")
    other = {k: v * 1.1 if k == "feat_extract.5.main.0.weight" else v for k, v in grown.items()}
    export("mimo-unet-plus", other, tmp_path / "mimo-unet-plus", record | {"sameAs": "mimo-unet-realblur"})
    with pytest.raises(SystemExit, match="said to be a copy of mimo-unet-realblur, but differs"):
        run("mimo-unet-plus")
