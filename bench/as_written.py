"""LIIF as its authors formulate it, for comparison: unfolded features, nearest lookup by grid_sample, four MLP passes.

Our own graphs fold and separate all of this (training/limpid/export/graph_liif.py); the numbers must be the same, which
`export_as_written.py` checks before it writes anything. Paper: Chen et al., arXiv 2012.09161, sections 3 and 5.1.
"""

import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))

from limpid.export.checkpoint import fill, unpack  # noqa: E402
from limpid.networks import build  # noqa: E402


def shipped(model: str) -> nn.Module:
    """The network of a folder in public/models with its shipped (float16) weights, float32."""
    folder = ROOT / "public/models" / model
    network = build(json.loads((folder / "manifest.json").read_text())["network"])
    return fill(network, unpack(folder, network))


def pixel_centres(height: int, width: int) -> Tensor:
    """Centres of an even grid over [-1, 1], (height * width, 2), row first."""
    rows = (torch.arange(height) * 2 + 1) / height - 1
    columns = (torch.arange(width) * 2 + 1) / width - 1
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij"), -1).reshape(-1, 2)


class DecoderAsWritten(nn.Module):
    """Features (1,64,h,w), coordinates (1,Q,2) and cells (1,Q,2) to colours (1,Q,3), in [-1, 1] as trained."""

    def __init__(self, mlp: nn.Sequential, height: int, width: int):
        super().__init__()
        self.mlp = mlp
        self.height, self.width = height, width
        centres = pixel_centres(height, width).reshape(height, width, 2)
        self.register_buffer("centres", centres.permute(2, 0, 1)[None])

    def forward(self, features: Tensor, coord: Tensor, cell: Tensor) -> Tensor:
        channels = features.shape[1]
        unfolded = F.unfold(features, 3, padding=1).reshape(1, channels * 9, self.height, self.width)
        size = torch.tensor([self.height, self.width], dtype=torch.float32)
        answers, areas = [], []
        for vy in (-1, 1):
            for vx in (-1, 1):
                moved = coord + torch.tensor([vy, vx]) / size + 1e-6
                grid = moved.clamp(-1 + 1e-6, 1 - 1e-6).flip(-1)[:, None]
                look = {"mode": "nearest", "align_corners": False}
                picked = F.grid_sample(unfolded, grid, **look)[:, :, 0].transpose(1, 2)
                centre = F.grid_sample(self.centres, grid, **look)[:, :, 0].transpose(1, 2)
                offset = (coord - centre) * size
                answers.append(self.mlp(torch.cat([picked, offset, cell * size], -1)))
                areas.append((offset[..., 0] * offset[..., 1]).abs() + 1e-9)
        total = areas[0] + areas[1] + areas[2] + areas[3]
        return sum(p * (a / total)[..., None] for p, a in zip(answers, reversed(areas)))


def queries(height: int, width: int) -> tuple[Tensor, Tensor]:
    """Coordinates and cells of a whole output picture, (1,Q,2) each."""
    coord = pixel_centres(height, width)[None]
    return coord, torch.tensor([2 / height, 2 / width]).expand_as(coord).contiguous()
