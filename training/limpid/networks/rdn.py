"""Residual dense network, variant B (Zhang et al., arXiv 1802.08797, section 3), without its up-sampler."""

import torch
from torch import Tensor, nn

from .layers import conv3


class RdbConv(nn.Module):
    """One densely connected convolution: appends `growth` channels to its input."""

    def __init__(self, cin: int, growth: int):
        super().__init__()
        self.conv = nn.Sequential(conv3(cin, growth), nn.ReLU())

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat((x, self.conv(x)), 1)


class Rdb(nn.Module):
    """Residual dense block: dense convolutions, local feature fusion (1x1), local residual."""

    def __init__(self, width: int, growth: int, convs: int):
        super().__init__()
        self.convs = nn.Sequential(*[RdbConv(width + i * growth, growth) for i in range(convs)])
        self.LFF = nn.Conv2d(width + convs * growth, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.LFF(self.convs(x))


class Rdn(nn.Module):
    """(B,3,H,W) in [-1,1] -> features (B,width,H,W); the published encoder has 16 blocks of 8 convolutions."""

    def __init__(self, width: int = 64, growth: int = 64, blocks: int = 16, convs: int = 8):
        super().__init__()
        self.out_dim = width
        self.SFENet1 = conv3(3, width)
        self.SFENet2 = conv3(width, width)
        self.RDBs = nn.ModuleList([Rdb(width, growth, convs) for _ in range(blocks)])
        self.GFF = nn.Sequential(nn.Conv2d(blocks * width, width, 1), conv3(width, width))

    def forward(self, x: Tensor) -> Tensor:
        shallow = self.SFENet1(x)
        x = self.SFENet2(shallow)
        outs = []
        for block in self.RDBs:
            x = block(x)
            outs.append(x)
        return self.GFF(torch.cat(outs, 1)) + shallow
