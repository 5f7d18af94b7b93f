"""A trained deblurring network whose pictures are goals beside the sharp ones (distillation).

After Hinton et al., arXiv 1503.02531: much of what a sharp picture holds cannot be told from the blurred one, and its
gradients are noise to a young network; a teacher's picture holds only what can be told. Loss and share are ours.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

from .export.catalogue import MODELS
from .export.checkpoint import fill, load_checkpoint
from .networks import build
from .networks.mssnet import MssNet


class Teacher:
    """`network` answers (B,3,H,W) in [0,1] with restored pictures of the same size, the result last. `minutes`: how long it
    was trained itself, None where its checkpoint does not say."""

    def __init__(self, network: nn.Module, device: str, minutes: float | None = None):
        self.minutes = minutes
        self.network = network.to(device, memory_format=torch.channels_last).eval().requires_grad_(False)

    @torch.no_grad()
    def __call__(self, blurred: Tensor) -> Tensor:
        return self.network(blurred)[-1].float()


def load_teacher(model_id: str, file: Path, device: str) -> Teacher:
    """The weights of a deblurring model; an MSSNet answers with the last U-Net that was trained.

    Raises ValueError for a model that does not deblur or weights that are not its own, FileNotFoundError for no file.
    """
    model = MODELS.get(model_id)
    if model is None or model.liif:
        raise ValueError(f"a teacher must be a deblurring model, not {model_id}")
    saved = load_checkpoint(file)
    network = fill(build(model.network), saved["model"])
    if isinstance(network, MssNet):
        network.stages = saved.get("stages", network.stages)
        if network.stages == 1:
            raise ValueError(f"{file} has learned one U-Net of MSSNet, whose pictures are half the size; train two or more")
    return Teacher(network, device, saved.get("record", {}).get("minutes"))
