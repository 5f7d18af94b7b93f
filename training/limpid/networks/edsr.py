"""EDSR-baseline trunk (Lim et al., arXiv 1707.02921), as LIIF uses it: no up-sampler, no mean shift."""

from torch import Tensor, nn

from .layers import conv3


class EdsrBlock(nn.Module):
    """Residual block without batch normalisation (EDSR, Fig. 2c), residual scale 1."""

    def __init__(self, width: int):
        super().__init__()
        self.body = nn.Sequential(conv3(width, width), nn.ReLU(True), conv3(width, width))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


class Edsr(nn.Module):
    """(B,3,H,W) in [-1,1] -> features (B,width,H,W); the published encoder has width 64 and 16 blocks."""

    def __init__(self, width: int = 64, blocks: int = 16):
        super().__init__()
        self.out_dim = width
        self.head = nn.Sequential(conv3(3, width))
        self.body = nn.Sequential(*[EdsrBlock(width) for _ in range(blocks)], conv3(width, width))

    def forward(self, x: Tensor) -> Tensor:
        x = self.head(x)
        return x + self.body(x)
