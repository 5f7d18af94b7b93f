"""What the networks are trained to lessen."""

import torch
import torch.nn.functional as F
from torch import Tensor

# Of the Fourier part beside the colours: MIMO-UNet's train.py, lines 52-71, and MSSNet's train/trainer_dp.py, lines 91-98.
FREQUENCY_WEIGHT = 0.1


def reduced_to(size: torch.Size, picture: Tensor, aligned: bool) -> Tensor:
    """(B,3,H,W) sampled bilinearly at `size` (h,w); itself where it has that size already. `aligned`: as MSSNet samples its
    smaller input, with aligned corners."""
    if picture.shape[-2:] == size:
        return picture
    return F.interpolate(picture, size=size, mode="bilinear", align_corners=aligned)


def pyramid_loss(outputs: list[Tensor], sharp: Tensor, aligned: bool = False, frequency: float = FREQUENCY_WEIGHT) -> Tensor:
    """Sum over all outputs of L1 plus `frequency` x L1 of real and imaginary parts of the Fourier transform, each at the
    output's own size, as the code of MIMO-UNet (train.py) and MSSNet (train/loss_L1_fft.py) has it. Of a real picture's transform the
    half that decides the other is compared (one-sided); both authors' code takes the mean over both halves.

    `sharp` (B,3,H,W) in [0,1] is reduced by bilinear sampling for smaller outputs. `aligned` tells how: MSSNet's smaller
    input is sampled with aligned corners, so its goal must be too, or it learns a shift of up to half a pixel.
    """
    loss = torch.zeros((), device=sharp.device)
    for output in outputs:
        output = output.float()
        goal = reduced_to(output.shape[-2:], sharp, aligned)
        spectrum = torch.view_as_real(torch.fft.rfft2(output)) - torch.view_as_real(torch.fft.rfft2(goal))
        loss = loss + (output - goal).abs().mean() + frequency * spectrum.abs().mean()
    return loss
