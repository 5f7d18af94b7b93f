"""Inputs for deblurring: exposures of sharp crops, plain or as a camera sees them in low light."""

import random
from dataclasses import dataclass

import torch
from torch import Tensor

from ..data.pictures import Pool
from .camera import light_lamps, sensor_noise, to_linear, to_srgb, tone_curve
from .motion import LONGEST, MARGIN, expose, random_extent

# Share of inputs without blur: a network must leave a sharp picture alone.
SHARP = 0.06

# Share of exposures averaged in encoded values instead of linear light, as GoPro's frames were with a linear camera curve.
# Averaging light brightens contrasty textures as they are encoded (Jensen's inequality), and a network that has seen nothing
# else darkens every picture: by 0.01 to 0.02 on real pairs whose blurred and sharp sides are equally bright.
ENCODED = 0.85

# Share of the RealBlur models' pairs that are taken in low light; people drop daylight pictures on them as well.
LOW_LIGHT = 0.1

# Share of exposures in linear light (of others, of those in low light) whose clipped pixels get their light back; in all
# of them it teaches the same darkening. Encoded values hold no light to give back.
LAMPS = {False: 0.1, True: 0.4}

# Share of plain blurred inputs with Gaussian noise, and its largest standard deviation in [0,1] (2.55 of 255 levels). The
# noise of low light is the sensor's: share, and the largest of its two strengths (camera.sensor_noise).
NOISY, NOISE = 0.3, 0.01
SENSOR_NOISY, SENSOR_NOISE = 0.8, 4e-3


@dataclass(frozen=True)
class BlurringBatch:
    """`blurred` and `sharp`, (B,3,p,p) in [0,1]."""

    blurred: Tensor
    sharp: Tensor


def quantise(picture: Tensor) -> Tensor:
    """To the nearest 8-bit value, clipped."""
    return (picture.clamp(0, 1) * 255).round() / 255


def blurred_pair(crop: Tensor, source: random.Random, realblur: bool, longest: float = LONGEST,
                 still: float = SHARP) -> tuple[Tensor, Tensor]:
    """(1,3,S,S) sharp crop in [0,1] -> blurred and sharp pictures, both (1,3,S-2*MARGIN,S-2*MARGIN) in [0,1].

    The camera's path is at most `longest` pixels wide; an object may move up to OBJECT[1] pixels more. A share `still` of
    the pairs stays sharp, a share NOISY of the other plain ones has noise.
    `realblur` adds, in LOW_LIGHT of the pairs, darkness, stronger clipped lamps, sensor noise and a camera-like tone
    curve; sharp partner and blurred picture share light and tone, only the blurred one is noisy.
    """
    dim = realblur and source.random() < LOW_LIGHT
    encoded = not dim and source.random() < ENCODED
    light = crop if encoded else to_linear(crop)
    if not encoded and source.random() < LAMPS[dim]:
        light = light_lamps(light, 6.0 if dim else 2.0, source)
    if dim:
        light = light * 2 ** -source.uniform(0, 2.0)
    unmoved = source.random() < still
    seen = light if unmoved else expose(light, source, random_extent(source, longest))
    inner = (slice(None), slice(None), slice(MARGIN, -MARGIN), slice(MARGIN, -MARGIN))
    seen, light = seen[inner], light[inner]
    contrast = source.uniform(0, 0.5) if dim else 0.0
    if dim and source.random() < SENSOR_NOISY:
        shot, read = (source.uniform(0, SENSOR_NOISE) * source.random() for _ in range(2))
        seen = sensor_noise(seen, shot, read)
    blurred = seen.clamp(0, 1) if encoded else to_srgb(seen)
    if not dim and not unmoved and source.random() < NOISY:
        blurred = blurred + torch.randn_like(blurred) * source.uniform(0, NOISE)
    sharp = light.clamp(0, 1) if encoded else to_srgb(light)
    return quantise(tone_curve(blurred.clamp(0, 1), contrast)), tone_curve(sharp, contrast)


def blurring_batch(pool: Pool, batch: int, patch: int, source: random.Random, realblur: bool,
                   longest: float = LONGEST) -> BlurringBatch:
    """`batch` pairs of `patch` pixels; each has its own motion, the camera's of at most `longest` pixels."""
    side = patch + 2 * MARGIN
    pairs = [blurred_pair(pool.crop(side, source)[None], source, realblur, longest) for _ in range(batch)]
    return BlurringBatch(*(torch.cat(parts) for parts in zip(*pairs)))
