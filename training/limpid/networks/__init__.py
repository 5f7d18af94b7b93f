"""The five restoration networks, with the state-dict names of the authors' published checkpoints."""

from torch import nn

from .edsr import Edsr
from .liif import Liif
from .mimo_unet import MimoUNet
from .mssnet import MssNet
from .rdn import Rdn

NETWORKS = ("liif-edsr", "liif-rdn", "mimo-unet", "mimo-unet-plus", "mssnet")

__all__ = ["NETWORKS", "Edsr", "Liif", "MimoUNet", "MssNet", "Rdn", "build"]


def build(name: str) -> nn.Module:
    """A network of the sizes that the papers publish, with PyTorch's default random weights.

    Raises ValueError for a name that is not in NETWORKS.
    """
    match name:
        case "liif-edsr":
            return Liif(Edsr())
        case "liif-rdn":
            return Liif(Rdn())
        case "mimo-unet":
            return MimoUNet(blocks=8)
        case "mimo-unet-plus":
            return MimoUNet(blocks=20)
        case "mssnet":
            return MssNet()
    raise ValueError(f"unknown network {name!r}; known: {', '.join(NETWORKS)}")
