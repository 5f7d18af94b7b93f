"""MIMO-UNet and MIMO-UNet+ (Cho et al., arXiv 2108.05054): one U-Net with three inputs and three outputs."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class BasicConv(nn.Module):
    """Convolution (or the stride-2 transposed one), optionally followed by ReLU."""

    def __init__(self, cin: int, cout: int, kernel: int, stride: int = 1, relu: bool = True, transpose: bool = False):
        super().__init__()
        if transpose:
            layers = [nn.ConvTranspose2d(cin, cout, kernel, padding=kernel // 2 - 1, stride=stride)]
        else:
            layers = [nn.Conv2d(cin, cout, kernel, padding=kernel // 2, stride=stride)]
        if relu:
            layers.append(nn.ReLU(True))
        self.main = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return self.main(x)


class ResBlock(nn.Module):
    """x + conv(relu(conv(x)))."""

    def __init__(self, width: int):
        super().__init__()
        self.main = nn.Sequential(BasicConv(width, width, 3), BasicConv(width, width, 3, relu=False))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.main(x)


class Station(nn.Module):
    """A chain of residual blocks (the authors' EBlock and DBlock)."""

    def __init__(self, width: int, blocks: int):
        super().__init__()
        self.layers = nn.Sequential(*[ResBlock(width) for _ in range(blocks)])

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


class Aff(nn.Module):
    """Asymmetric feature fusion: the features of all three scales, brought to one size."""

    def __init__(self, cin: int, cout: int):
        super().__init__()
        self.conv = nn.Sequential(BasicConv(cin, cout, 1), BasicConv(cout, cout, 3, relu=False))

    def forward(self, *scales: Tensor) -> Tensor:
        return self.conv(torch.cat(scales, 1))


class Scm(nn.Module):
    """Shallow convolutional module: features of a reduced copy of the input."""

    def __init__(self, width: int):
        super().__init__()
        self.main = nn.Sequential(
            BasicConv(3, width // 4, 3),
            BasicConv(width // 4, width // 2, 1),
            BasicConv(width // 2, width // 2, 3),
            BasicConv(width // 2, width - 3, 1),
        )
        self.conv = BasicConv(width, width, 1, relu=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(torch.cat([x, self.main(x)], 1))


class Fam(nn.Module):
    """Feature attention module: the product of two scales' features, merged and added to one of them."""

    def __init__(self, width: int):
        super().__init__()
        self.merge = BasicConv(width, width, 3, relu=False)

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        return a + self.merge(a * b)


def half(x: Tensor) -> Tensor:
    """Every second pixel, as the authors reduce (no averaging)."""
    return x[:, :, ::2, ::2]


def double(x: Tensor) -> Tensor:
    """Nearest-neighbour doubling."""
    return F.interpolate(x, scale_factor=2)


class MimoUNet(nn.Module):
    """(B,3,H,W) in [0,1], H and W multiples of 4 -> [quarter, half, full] restored pictures, not clamped.

    8 blocks a station make MIMO-UNet, 20 make MIMO-UNet+.
    """

    def __init__(self, blocks: int = 8, width: int = 32):
        super().__init__()
        c = width
        self.Encoder = nn.ModuleList([Station(c, blocks), Station(2 * c, blocks), Station(4 * c, blocks)])
        self.feat_extract = nn.ModuleList([
            BasicConv(3, c, 3),
            BasicConv(c, 2 * c, 3, stride=2),
            BasicConv(2 * c, 4 * c, 3, stride=2),
            BasicConv(4 * c, 2 * c, 4, stride=2, transpose=True),
            BasicConv(2 * c, c, 4, stride=2, transpose=True),
            BasicConv(c, 3, 3, relu=False),
        ])
        self.Decoder = nn.ModuleList([Station(4 * c, blocks), Station(2 * c, blocks), Station(c, blocks)])
        self.Convs = nn.ModuleList([BasicConv(4 * c, 2 * c, 1), BasicConv(2 * c, c, 1)])
        self.ConvsOut = nn.ModuleList([BasicConv(4 * c, 3, 3, relu=False), BasicConv(2 * c, 3, 3, relu=False)])
        self.AFFs = nn.ModuleList([Aff(7 * c, c), Aff(7 * c, 2 * c)])
        self.FAM1, self.SCM1 = Fam(4 * c), Scm(4 * c)
        self.FAM2, self.SCM2 = Fam(2 * c), Scm(2 * c)

    def forward(self, x: Tensor) -> list[Tensor]:
        x2 = half(x)
        x4 = half(x2)
        r1 = self.Encoder[0](self.feat_extract[0](x))
        r2 = self.Encoder[1](self.FAM2(self.feat_extract[1](r1), self.SCM2(x2)))
        z = self.Encoder[2](self.FAM1(self.feat_extract[2](r2), self.SCM1(x4)))
        z2 = double(z)
        a2 = self.AFFs[1](half(r1), r2, z2)
        a1 = self.AFFs[0](r1, double(r2), double(z2))
        z = self.Decoder[0](z)
        out4 = self.ConvsOut[0](z) + x4
        z = self.Decoder[1](self.Convs[0](torch.cat([self.feat_extract[3](z), a2], 1)))
        out2 = self.ConvsOut[1](z) + x2
        z = self.Decoder[2](self.Convs[1](torch.cat([self.feat_extract[4](z), a1], 1)))
        return [out4, out2, self.feat_extract[5](z) + x]
