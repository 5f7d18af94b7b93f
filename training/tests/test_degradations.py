"""Training inputs: what is promised about them holds."""

import random

import numpy as np
import pytest
import torch
from PIL import Image

from limpid.data.pages import draw_page, held_out_pages, installed_fonts
from limpid.data.pictures import Picture, Pool, load_pictures
from limpid.degradations.blurring import LOW_LIGHT, SHARP, blurred_pair, blurring_batch
from limpid.degradations.camera import light_lamps, sensor_noise, to_linear, to_srgb, tone_curve
from limpid.degradations.enlarging import enlarging_batch, gaussian_blur, jpeg, reduce
from limpid.degradations.motion import INSTANTS, LONGEST, MARGIN, expose, random_extent, random_motion


def noise_picture(side=200, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)


def dot(y, x, side=148):
    light = torch.zeros(1, 3, side, side)
    light[..., y, x] = 1
    return light


def test_paths_are_centred_and_as_long_as_asked():
    for seed in range(40):
        source = random.Random(seed)
        motion = random_motion(source, random_extent(source))
        assert motion.path.mean(0).abs().max() < 1e-4 and abs(float(motion.roll.mean())) < 1e-6
        extent = float((motion.path.amax(0) - motion.path.amin(0)).max())
        assert extent <= LONGEST + 1e-3
        steps = (motion.path[1:] - motion.path[:-1]).norm(dim=1)
        assert steps.max() <= 1 or len(steps) == INSTANTS[1] - 1
    assert max(random_extent(random.Random(s), 10.0) for s in range(200)) == pytest.approx(10, abs=0.6)
    lengths = [float((m.path.amax(0) - m.path.amin(0)).max()) for m in (random_motion(random.Random(s), 30.0) for s in range(5))]
    assert lengths == pytest.approx([30] * 5, rel=0.1)


def test_exposure_keeps_light_and_place():
    """A flat scene stays flat; one lamp's light is spread, not lost, and its trace is centred on it."""
    flat = torch.full((1, 3, 100, 100), 0.3)
    assert (expose(flat, random.Random(1), 20.0) - 0.3).abs().max() < 1e-5
    y, x = torch.meshgrid(torch.arange(148.0), torch.arange(148.0), indexing="ij")
    spread = []
    for seed in range(12):
        trace = expose(dot(74, 74), random.Random(seed), 12.0)[0, 0]
        assert float(trace.sum()) == pytest.approx(1, abs=0.25)
        # measured: within 0.05 pixels, 0.9 where a nearer layer moves further
        for axis in (x, y):
            assert abs(float((trace * axis).sum() / trace.sum()) - 74) < 1
        spread.append(float(trace.max()))
    assert max(spread) < 0.9


def test_blur_varies_over_the_picture():
    differences = []
    for seed in range(12):
        traces = [expose(dot(*place), random.Random(seed), 20.0)[0, 0] for place in ((40, 40), (108, 108))]
        around = [t[p - 24 : p + 24, p - 24 : p + 24] for t, p in zip(traces, (40, 108))]
        differences.append(float((around[0] - around[1]).abs().sum()))
    assert sum(d > 0.2 for d in differences) >= 8


def test_camera_steps():
    ramp = torch.linspace(0, 1, 256)[None, None, None].expand(1, 3, 4, 256)
    assert (to_srgb(to_linear(ramp)) - ramp).abs().max() < 1e-5
    assert torch.equal(tone_curve(torch.tensor([0.0, 0.5, 1.0]), 0.4), torch.tensor([0.0, 0.5, 1.0]))
    assert tone_curve(torch.tensor(0.25), 0.5) < 0.25 < 0.75 < tone_curve(torch.tensor(0.75), 0.5)
    lamps = light_lamps(torch.tensor([0.5, 0.9]).view(1, 1, 1, 2), 6, random.Random(2))
    assert lamps[0, 0, 0, 0] == 0.5 and lamps[0, 0, 0, 1] > 1
    torch.manual_seed(0)
    noisy = sensor_noise(torch.full((1, 1, 300, 300), 0.5), 4e-3, 3e-3)
    assert float(noisy.var()) == pytest.approx(4e-3 * 0.5 + 9e-6, rel=0.05)


def test_share_of_sharp_inputs_and_shapes():
    source, crop = random.Random(4), torch.from_numpy(noise_picture(32 + 2 * MARGIN)).permute(2, 0, 1)[None] / 255
    same = 0
    for _ in range(200):
        blurred, sharp = blurred_pair(crop, source, realblur=False)
        assert blurred.shape == sharp.shape == (1, 3, 32, 32)
        same += bool((blurred - sharp).abs().max() < 1 / 255)
    assert 0.5 * SHARP < same / 200 < 2 * SHARP
    means = [float(blurred_pair(crop, source, realblur=True)[1].mean()) for _ in range(200)]
    dark = sum(mean < 0.9 * float(crop.mean()) for mean in means) / len(means)
    assert 0.5 * LOW_LIGHT < dark < 1.2 * LOW_LIGHT


def test_batches_are_repeatable_and_in_range():
    pool = Pool([Picture(noise_picture())])
    for make in (lambda s: blurring_batch(pool, 2, 32, s, True).blurred, lambda s: enlarging_batch(pool, 4, 12, 30, s).image):
        made = []
        for _ in range(2):
            torch.manual_seed(1)
            made.append(make(random.Random(1)))
        assert torch.equal(*made) and made[0].abs().max() <= 1


def test_queries_ask_for_the_pixels_of_the_large_crop():
    """With factor 1 and a clean input, each query's colour is the input's own pixel."""
    pool = Pool([Picture(noise_picture())])

    class One(random.Random):
        def uniform(self, low, high):
            return 1.0

        def random(self):
            return 0.9

    batch = enlarging_batch(pool, 2, 16, 50, One(3))
    place = ((batch.coord + 1) * 16 / 2).long()
    for b in range(2):
        assert torch.equal(batch.image[b][:, place[b, :, 0], place[b, :, 1]].T, batch.colours[b])
    assert torch.all(batch.cell == 2 / 16)


def test_clean_reduction_is_pillows_bicubic():
    pixels = noise_picture(60)
    expected = np.array(Image.fromarray(pixels).resize((20, 20), Image.Resampling.BICUBIC))
    high = torch.from_numpy(pixels).permute(2, 0, 1)[None] / 255
    got = (reduce(high, 20, random.Random(0), flawed=0)[0] * 255).permute(1, 2, 0).numpy()
    assert np.abs(got - expected).max() <= 1.01
    flawed = [reduce(high, 20, random.Random(i), flawed=1) for i in range(8)]
    assert sum(bool((f[0] * 255 - torch.from_numpy(expected).permute(2, 0, 1)).abs().max() > 2) for f in flawed) >= 6
    assert (jpeg(high, 60) - high).abs().max() > 0.02
    assert gaussian_blur(high, 2.0).std() < high.std() / 2


def test_pages_are_decided_by_the_seed_and_hold_their_font_out():
    fonts = installed_fonts()
    for choice in (None, fonts or None):
        a, b, other = (draw_page(random.Random(s), choice, 96) for s in (7, 7, 8))
        assert np.array_equal(a, b) and not np.array_equal(a, other)
    held = held_out_pages(2, 96)
    assert all(np.array_equal(x, y) for x, y in zip(held, held_out_pages(2, 96)))
    assert all(page.std() > 5 for page in held)


def test_pages_have_the_share_of_crops_that_they_are_given_however_few_they_are():
    photographs = [Picture(np.full((40, 40, 3), 50, np.uint8)) for _ in range(7)]
    pool, source = Pool(photographs, [Picture(np.full((40, 40, 3), 200, np.uint8))], 0.25), random.Random(3)
    drawn = sum(float(pool.crop(8, source).mean()) > 0.5 for _ in range(2000))
    assert abs(drawn / 2000 - 0.25) < 0.03  # three standard deviations


def test_pool_refuses_what_it_cannot_do(tmp_path):
    with pytest.raises(ValueError, match="no pictures in"):
        load_pictures([tmp_path], "cpu")
    with pytest.raises(ValueError, match="largest picture allows 40"):
        Pool([Picture(noise_picture(40))]).crop(41, random.Random(0))
    assert Pool([Picture(noise_picture(20))]).crop(20, random.Random(0)).shape == (3, 20, 20)


def test_the_share_of_flawed_inputs_is_the_one_asked_for():
    """Without flaws an input is the clean reduction of its crop, whatever the seed; with every group flawed hardly any is."""
    pool = Pool([Picture(np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8))])

    def clean(flawed: float) -> int:
        count = 0
        for seed in range(12):
            source = random.Random(seed)
            made = enlarging_batch(pool, 1, 12, 30, source, flawed).image
            again = random.Random(seed)
            high = pool.crops(1, round(12 * again.uniform(1.0, 4.0)), again)
            count += torch.equal(made, reduce(high, 12, again, flawed=0) * 2 - 1)
        return count

    assert clean(0) == 12
    assert clean(1) <= 3
