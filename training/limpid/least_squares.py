"""The 3x3 convolution that comes nearest to wanted pictures, by least squares."""

import random
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor

from .data.pictures import Pool
from .degradations.blurring import blurring_batch

BATCH, PATCH, LONGEST = 4, 96, 24.0
RIDGE = 1e-4  # of the mean square of a feature, so that features which hardly ever speak get no large weights
PIXELS = 2000  # of a picture that enter the fit: neighbours say nearly the same


def blurred_crops(pool: Pool, source: random.Random, batches: int) -> Iterator[Tensor]:
    """Batches (4,3,96,96) in [0,1] of inputs for deblurring, to fit on."""
    for _ in range(batches):
        yield blurring_batch(pool, BATCH, PATCH, source, True, LONGEST).blurred


class ConvolutionFit:
    """Normal equations over any number of batches."""

    def __init__(self) -> None:
        self.gram: Tensor = torch.zeros(())
        self.target: Tensor = torch.zeros(())

    def add(self, features: Tensor, wanted: Tensor) -> None:
        """One batch: what the convolution will read, (B,C,H,W), and what it should give, (B,O,H,W)."""
        every = max(1, wanted[0, 0].numel() // PIXELS)
        seen = F.unfold(features, 3, padding=1)[..., ::every].transpose(1, 2).flatten(0, 1).double()
        goal = wanted.flatten(2)[..., ::every].transpose(1, 2).flatten(0, 1).double()
        self.gram, self.target = self.gram + seen.T @ seen, self.target + seen.T @ goal

    def weights(self) -> Tensor:
        """(O,C,3,3), float32, for zero padding and no bias."""
        gram = self.gram + RIDGE * self.gram.diagonal().mean() * torch.eye(len(self.gram), dtype=self.gram.dtype)
        solution = torch.linalg.solve(gram, self.target)
        return solution.T.reshape(solution.shape[1], -1, 3, 3).float()
