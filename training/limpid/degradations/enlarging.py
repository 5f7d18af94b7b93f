"""Inputs for enlarging: bicubic reduction, and a share of slightly soft, noisy and JPEG-compressed ones."""

import io
import math
import random
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from ..data.pictures import Pool

# Factors of training, LIIF paper section 5.1.
SCALES = (1.0, 4.0)
# Share of groups whose input may be no clean reduction, the probability of each flaw in those, and how bad it gets; ours.
FLAWED = 0.2
EACH_FLAW = 0.6
SOFTNESS = (0.2, 0.7)  # Gaussian sigma in pixels of the reduced picture
NOISE = (0.5 / 255, 5 / 255)
JPEG_QUALITY = (55, 95)


@dataclass(frozen=True)
class EnlargingBatch:
    """`image` (B,3,p,p) in [-1,1]; queries `coord`, `cell` (B,Q,2) and their `colours` (B,Q,3) in [-1,1]."""

    image: Tensor
    coord: Tensor
    cell: Tensor
    colours: Tensor


def gaussian_blur(images: Tensor, sigma: float) -> Tensor:
    """(B,C,H,W) blurred with mirrored edges."""
    radius = max(1, math.ceil(3 * sigma))
    taps = torch.exp(-0.5 * (torch.arange(-radius, radius + 1, device=images.device) / sigma) ** 2)
    taps = (taps / taps.sum()).to(images.dtype)
    planes = images.reshape(-1, 1, *images.shape[2:])
    planes = F.conv2d(F.pad(planes, (radius, radius, 0, 0), mode="reflect"), taps.view(1, 1, 1, -1))
    planes = F.conv2d(F.pad(planes, (0, 0, radius, radius), mode="reflect"), taps.view(1, 1, -1, 1))
    return planes.reshape(images.shape)


def jpeg(images: Tensor, quality: int) -> Tensor:
    """(B,3,H,W) in [0,1] after a trip through JPEG."""
    results = []
    for pixels in (images * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy():
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=quality)
        results.append(np.array(Image.open(file)))
    return torch.from_numpy(np.stack(results)).permute(0, 3, 1, 2).to(images.device).float() / 255


def reduce(high: Tensor, size: int, source: random.Random, flawed: float = FLAWED) -> Tensor:
    """(B,3,H,H) in [0,1] -> (B,3,size,size), bicubic with antialiasing (as Pillow's), 8-bit; with probability
    `flawed` perhaps also softened, noised or compressed."""
    bad = source.random() < flawed
    if bad and source.random() < EACH_FLAW and high.shape[-1] > 8:
        high = gaussian_blur(high, source.uniform(*SOFTNESS) * high.shape[-1] / size)
    low = F.interpolate(high, size=(size, size), mode="bicubic", antialias=True).clamp(0, 1)
    if bad and source.random() < EACH_FLAW:
        low = (low + torch.randn_like(low) * source.uniform(*NOISE)).clamp(0, 1)
    if bad and source.random() < EACH_FLAW:
        return jpeg(low, source.randint(*JPEG_QUALITY))
    return (low * 255).round() / 255


def enlarging_batch(pool: Pool, batch: int, patch: int, queries: int, source: random.Random, flawed: float = FLAWED,
                    groups: int = 4) -> EnlargingBatch:
    """LIIF's task (section 5.1): a factor drawn from 1 to 4, colours asked for at random pixels of the large crop.

    `batch` crops in groups of one factor each, a group flawed with probability `flawed`; torch's own generator draws queries
    and noise.
    """
    parts: list[tuple[Tensor, ...]] = []
    sizes = [len(part) for part in np.array_split(np.arange(batch), min(groups, batch))]
    for count in sizes:
        side = round(patch * source.uniform(*SCALES))
        high = pool.crops(count, side, source)
        low = reduce(high, patch, source, flawed)
        index = torch.randint(side * side, (count, queries), device=high.device)
        rows, columns = index // side, index % side
        coord = torch.stack([(2 * rows + 1) / side - 1, (2 * columns + 1) / side - 1], -1)
        cell = torch.full((count, queries, 2), 2 / side, device=high.device)
        colours = torch.gather(high.flatten(2), 2, index[:, None].expand(-1, 3, -1)).transpose(1, 2)
        parts.append((low * 2 - 1, coord, cell, colours * 2 - 1))
    return EnlargingBatch(*(torch.cat(tensors) for tensors in zip(*parts)))
