"""Local implicit image function (Chen et al., arXiv 2012.09161)."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# Eq. 4 divides by the sum of four areas; the authors add this to each so that the sum is never zero.
AREA_EPSILON = 1e-9
# The authors shift the coordinates by slightly more than half a cell and keep them inside the picture.
SHIFT_EPSILON = 1e-6


class Mlp(nn.Module):
    """The decoding function f_theta: linear layers with ReLU between. Only its layers are used, by Liif."""

    def __init__(self, cin: int, cout: int, hidden: list[int]):
        super().__init__()
        layers: list[nn.Module] = []
        for width in hidden:
            layers += [nn.Linear(cin, width), nn.ReLU()]
            cin = width
        self.layers = nn.Sequential(*layers, nn.Linear(cin, cout))


class Liif(nn.Module):
    """LIIF with feature unfolding (Eq. 3), local ensemble (Eq. 4) and cell decoding (section 3, Fig. 3).

    The first MLP layer is linear in the unfolded 3x3 features, so it is applied once per input pixel as a
    3x3 convolution (`latent`) instead of once per query: same numbers, 43 % fewer multiplications.
    """

    def __init__(self, encoder: nn.Module, hidden: int = 256):
        super().__init__()
        self.encoder = encoder
        self.imnet = Mlp(encoder.out_dim * 9 + 4, 3, [hidden] * 4)

    def latent(self, image: Tensor) -> Tensor:
        """(B,3,h,w) in [-1,1] -> (B,hidden,h,w): first MLP layer without its coordinate and cell terms."""
        features = self.encoder(image)
        first = self.imnet.layers[0]
        kernel = first.weight[:, :-4].reshape(-1, features.shape[1], 3, 3)
        return F.conv2d(features, kernel, first.bias, padding=1)

    def query(self, latent: Tensor, coord: Tensor, cell: Tensor, ensemble: bool = True) -> Tensor:
        """Colours in [-1,1], (B,Q,3), at `coord` (B,Q,2: row, column in [-1,1]) for pixels of size `cell` (B,Q,2).

        With `ensemble` the answers of the four surrounding cells are blended (Eq. 4); without it only the nearest
        cell answers, at a quarter of the cost, which is as good only for weights trained for both.
        """
        height, width = latent.shape[-2:]
        size = torch.tensor([height, width], device=latent.device, dtype=torch.float32)
        positional = self.imnet.layers[0].weight[:, -4:]
        flat = latent.flatten(2).transpose(1, 2)
        answers, areas = [], []
        shifts = (-1, 1) if ensemble else (0,)
        for vy in shifts:
            for vx in shifts:
                near = coord + torch.tensor([vy, vx], device=coord.device) / size + (SHIFT_EPSILON if ensemble else 0)
                index = torch.floor((near.clamp(-1 + SHIFT_EPSILON, 1 - SHIFT_EPSILON) + 1) * size / 2).long()
                iy, ix = index[..., 0].clamp(0, height - 1), index[..., 1].clamp(0, width - 1)
                centre = torch.stack([(2 * iy + 1) / height - 1, (2 * ix + 1) / width - 1], -1)
                offset = (coord - centre) * size
                picked = torch.gather(flat, 1, (iy * width + ix)[..., None].expand(-1, -1, flat.shape[-1]))
                z = picked + F.linear(torch.cat([offset, cell * size], -1).to(picked.dtype), positional)
                for layer in list(self.imnet.layers)[1:]:
                    z = layer(z)
                answers.append(z.float())
                areas.append((offset[..., 0] * offset[..., 1]).abs() + AREA_EPSILON)
        total = sum(areas)
        # Each answer is weighted by the area towards the diagonally opposite cell.
        return sum(p * (a / total)[..., None] for p, a in zip(answers, reversed(areas)))

    def forward(self, image: Tensor, coord: Tensor, cell: Tensor, ensemble: bool = True) -> Tensor:
        return self.query(self.latent(image), coord, cell, ensemble)


@torch.no_grad()
def enlarge(model: Liif, image: Tensor, height: int, width: int, ensemble: bool = True, chunk: int = 65536) -> Tensor:
    """(1,3,h,w) in [0,1] -> (1,3,height,width), not clamped; the whole picture in one piece."""
    return decode(model, model.latent(image * 2 - 1), height, width, ensemble, chunk)


@torch.no_grad()
def decode(model: Liif, latent: Tensor, height: int, width: int, ensemble: bool = True, chunk: int = 65536) -> Tensor:
    """`latent` of a whole picture -> its colours on a height x width grid, (1,3,height,width) as [0,1], not clamped;
    `chunk` queries at once.

    Query centres and cells follow section 5.1 of the paper: pixel centres of an even grid over [-1,1].
    """
    # Float64 until the end, as the page computes its coordinates.
    rows = ((2 * torch.arange(height, dtype=torch.float64) + 1) / height - 1).float()
    columns = ((2 * torch.arange(width, dtype=torch.float64) + 1) / width - 1).float()
    coord = torch.stack(torch.meshgrid(rows, columns, indexing="ij"), -1).reshape(1, -1, 2).to(latent.device)
    cell = torch.tensor([2 / height, 2 / width], device=latent.device).expand_as(coord)
    parts = [
        model.query(latent, coord[:, i : i + chunk], cell[:, i : i + chunk], ensemble)
        for i in range(0, coord.shape[1], chunk)
    ]
    return (torch.cat(parts, 1) * 0.5 + 0.5).transpose(1, 2).reshape(1, 3, height, width)
