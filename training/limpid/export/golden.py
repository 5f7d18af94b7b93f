"""The golden picture: small, drawn here, with the answer that PyTorch gives with the shipped weights."""

import numpy as np
import torch
from torch import nn

from ..networks.liif import enlarge

# Outputs are 2.5 times as large: a factor that no integer shortcut gets right.
GOLDEN_SCALE = 2.5
# Largest difference that a trusted backend may show: half a step of 8-bit colour.
GOLDEN_TOLERANCE = 2e-3


def golden_picture(width: int, height: int) -> np.ndarray:
    """A drawn picture, (height,width,3) bytes: ramps that differ per channel, a slanted bar, a dot and fine texture.

    It stays between 60 and 190 so that a good answer lies inside [0,1] and clamping it changes nothing.
    """
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    ramps = np.stack([x / width, y / height, 1 - (x + y) / (width + height)], -1)
    bar = (np.abs(x * 0.6 - y + height * 0.25) < 1.5)[..., None] * np.array([0.5, -0.3, 0.2])
    dot = ((x - width * 0.7) ** 2 + (y - height * 0.3) ** 2 < 7)[..., None] * np.array([-0.4, 0.3, 0.5])
    texture = ((x.astype(int) * 7 + y.astype(int) * 13) % 5)[..., None] * 0.03
    values = (ramps * 0.7 + bar + dot + texture).clip(0, 1)
    return (60 + values * 130).round().astype(np.uint8)


@torch.no_grad()
def golden_answer(network: nn.Module, picture: np.ndarray) -> np.ndarray:
    """(h,w,3) bytes -> (3,H,W) float32, not clamped; LIIF enlarges by GOLDEN_SCALE with the local ensemble."""
    height, width = picture.shape[:2]
    image = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255
    if hasattr(network, "imnet"):
        answer = enlarge(network, image, round(height * GOLDEN_SCALE), round(width * GOLDEN_SCALE))
    else:
        answer = network(image)[-1]
    return answer[0].numpy().astype("<f4")
