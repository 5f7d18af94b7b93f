"""MSSNet (Kim et al., ECCVW 2022, arXiv 2202.09652): three scales of one, two and three U-Nets in sequence."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import conv3


class PRes(nn.Module):
    """x + conv(prelu(conv(x))), no bias; every block of the network shares one PReLU number."""

    def __init__(self, width: int, act: nn.PReLU):
        super().__init__()
        self.body = nn.Sequential(conv3(width, width, False), act, conv3(width, width, False))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


class Down(nn.Module):
    """Half the size, other width: bilinear, then 1x1."""

    def __init__(self, cin: int, cout: int):
        super().__init__()
        self.down = nn.Sequential(nn.Upsample(scale_factor=0.5, mode="bilinear"), nn.Conv2d(cin, cout, 1, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        return self.down(x)


class SkipUp(nn.Module):
    """Twice the size, other width, plus the skip connection."""

    def __init__(self, cin: int, cout: int):
        super().__init__()
        self.up = nn.Sequential(nn.Upsample(scale_factor=2, mode="bilinear"), nn.Conv2d(cin, cout, 1, bias=False))

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        return self.up(x) + skip


class ScaleUp(nn.Module):
    """Hands features to the next scale: bilinear doubling, then 1x1."""

    def __init__(self, width: int):
        super().__init__()
        up = nn.Upsample(scale_factor=2, mode="bilinear")
        self.scaleUp = nn.Sequential(up, nn.Conv2d(width, width, 1, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        return self.scaleUp(x)


class ShuffleTail(nn.Module):
    """Features to a picture of twice their size, by pixel shuffle."""

    def __init__(self, width: int):
        super().__init__()
        self.tail = conv3(width, 12, False)

    def forward(self, x: Tensor) -> Tensor:
        return F.pixel_shuffle(self.tail(x), 2)


class MssEncoder(nn.Module):
    """Downward half of a U-Net; with `fuse` it takes the previous U-Net's features at each of its three levels."""

    def __init__(self, widths: tuple[int, int, int], act: nn.PReLU, fuse: bool):
        super().__init__()
        for i, c in enumerate(widths, 1):
            setattr(self, f"encoder_level{i}", nn.Sequential(PRes(c, act), PRes(c, act)))
            if fuse:
                setattr(self, f"csff_enc{i}", nn.Conv2d(c, c, 1, bias=False))
                setattr(self, f"csff_dec{i}", nn.Conv2d(c, c, 1, bias=False))
        self.down12, self.down23 = Down(widths[0], widths[1]), Down(widths[1], widths[2])

    def forward(self, x: Tensor, enc: list[Tensor] | None = None, dec: list[Tensor] | None = None) -> list[Tensor]:
        outs = []
        for i in (1, 2, 3):
            x = getattr(self, f"encoder_level{i}")(x)
            if enc is not None and dec is not None:
                x = x + getattr(self, f"csff_enc{i}")(enc[i - 1]) + getattr(self, f"csff_dec{i}")(dec[i - 1])
            outs.append(x)
            if i < 3:
                x = (self.down12 if i == 1 else self.down23)(x)
        return outs


class MssDecoder(nn.Module):
    """Upward half of a U-Net: three levels of features in, three out, finest first."""

    def __init__(self, widths: tuple[int, int, int], act: nn.PReLU):
        super().__init__()
        for i, c in enumerate(widths, 1):
            setattr(self, f"decoder_level{i}", nn.Sequential(PRes(c, act), PRes(c, act)))
        self.skip_attn1, self.skip_attn2 = PRes(widths[0], act), PRes(widths[1], act)
        self.up32, self.up21 = SkipUp(widths[2], widths[1]), SkipUp(widths[1], widths[0])

    def forward(self, enc: list[Tensor]) -> list[Tensor]:
        d3 = self.decoder_level3(enc[2])
        d2 = self.decoder_level2(self.up32(d3, self.skip_attn2(enc[1])))
        d1 = self.decoder_level1(self.up21(d2, self.skip_attn1(enc[0])))
        return [d1, d2, d3]


def half_size(image: Tensor) -> Tensor:
    """(B,3,H,W) -> (B,3,H/2,W/2), bilinear with aligned corners, as the authors make the coarsest input."""
    return F.interpolate(image, scale_factor=0.5, mode="bilinear", align_corners=True)


class MssNet(nn.Module):
    """(B,3,H,W) in [0,1], H and W multiples of 16 -> six restored pictures, not clamped; the last is the result.

    `half_image` may carry the half-size input computed once for a whole photo: its sampling positions depend on the
    full frame, so a tile must not compute its own. The default widths are the published standard size. With `stages`
    below 6 only so many U-Nets run and give their pictures, for training: three cost a sixth of all six, four under a half.
    """

    def __init__(self, wf: int = 54, scale: int = 42, vscale: int = 42):
        super().__init__()
        self.stages = 6
        w, act = (wf, wf + scale, wf + scale + vscale), nn.PReLU()
        for i, cin in ((1, 12), (2, 12), (3, 3)):
            setattr(self, f"shallow_feat{i}", nn.Sequential(conv3(cin, wf, False), PRes(wf, act)))
        self.E1_1, self.D1_1, self.tail1_1 = MssEncoder(w, act, False), MssDecoder(w, act), ShuffleTail(wf)
        self.up_scale1_feat, self.fusion12 = ScaleUp(wf), conv3(2 * wf, wf, False)
        self.up_scale2_feat, self.fusion23 = ScaleUp(wf), conv3(2 * wf, wf, False)
        for s, stages in ((2, 2), (3, 3)):
            for k in range(1, stages + 1):
                setattr(self, f"E{s}_{k}", MssEncoder(w, act, True))
                setattr(self, f"D{s}_{k}", MssDecoder(w, act))
                setattr(self, f"tail{s}_{k}", ShuffleTail(wf) if s == 2 else conv3(wf, 3, False))

    def forward(self, x: Tensor, half_image: Tensor | None = None) -> list[Tensor]:
        def up(feats: list[Tensor]) -> list[Tensor]:
            return [F.interpolate(f, scale_factor=2, mode="bilinear") for f in feats]

        x2 = half_image if half_image is not None else half_size(x)
        e = self.E1_1(self.shallow_feat1(F.pixel_unshuffle(x2, 2)))
        d = self.D1_1(e)
        outs = [self.tail1_1(d[0]) + x2]
        if self.stages == 1:
            return outs
        f = self.fusion12(torch.cat([self.shallow_feat2(F.pixel_unshuffle(x, 2)), self.up_scale1_feat(d[0])], 1))
        e, d = up(e), up(d)
        for k in (1, 2):
            e = getattr(self, f"E2_{k}")(f, e, d)
            d = getattr(self, f"D2_{k}")(e)
            f = d[0]
            outs.append(getattr(self, f"tail2_{k}")(f) + x)
            if len(outs) == self.stages:
                return outs
        f = self.fusion23(torch.cat([self.shallow_feat3(x), self.up_scale2_feat(d[0])], 1))
        e, d = up(e), up(d)
        for k in (1, 2, 3):
            e = getattr(self, f"E3_{k}")(f, e, d)
            d = getattr(self, f"D3_{k}")(e)
            f = d[0]
            outs.append(getattr(self, f"tail3_{k}")(f) + x)
            if len(outs) == self.stages:
                break
        return outs
