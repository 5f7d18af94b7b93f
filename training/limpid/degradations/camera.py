"""From linear light to the file a camera writes: exposure, clipped lamps, sensor noise, tone curve, 8 bits."""

import random

import torch
from torch import Tensor

LAMP_LEVEL = 0.85  # linear light above which a pixel may be a clipped light source


def to_linear(picture: Tensor) -> Tensor:
    """sRGB values in [0,1] to linear light (IEC 61966-2-1)."""
    return torch.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055).clamp_min(0) ** 2.4)


def to_srgb(light: Tensor) -> Tensor:
    """Linear light, clipped to [0,1], to sRGB values."""
    light = light.clamp(0, 1)
    return torch.where(light <= 0.0031308, light * 12.92, 1.055 * light.clamp_min(1e-8) ** (1 / 2.4) - 0.055)


def light_lamps(light: Tensor, strongest: float, source: random.Random) -> Tensor:
    """Gives clipped pixels back a random share of the light that the file lost, so that their blurred traces stay bright.

    After Rim et al., arXiv 2202.08771 (RSBlur), section on saturated pixels.
    """
    lamps = (light.amax(1, keepdim=True) > LAMP_LEVEL).to(light.dtype)
    return light * (1 + lamps * source.uniform(0, strongest))


def sensor_noise(light: Tensor, shot: float, read: float) -> Tensor:
    """Signal-dependent Gaussian noise: variance shot * light + read squared (Foi et al., IEEE TIP 2008)."""
    return light + torch.randn_like(light) * (shot * light.clamp_min(0) + read**2).sqrt()


def tone_curve(picture: Tensor, contrast: float) -> Tensor:
    """Blends sRGB values in [0,1] with a smooth S-curve, as cameras raise contrast; contrast in [0,1]."""
    return picture + contrast * (picture * picture * (3 - 2 * picture) - picture)
