"""Layers that several networks share."""

from torch import nn


def conv3(cin: int, cout: int, bias: bool = True) -> nn.Conv2d:
    """3x3 convolution that keeps height and width (zero padding of 1)."""
    return nn.Conv2d(cin, cout, 3, padding=1, bias=bias)
