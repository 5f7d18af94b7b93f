"""Picture quality figures. Pictures are float arrays (H,W,3) in [0,1]."""

import numpy as np

# ITU-R BT.601 luma of RGB in [0,1], as the super-resolution benchmarks use it (LIIF's utils.py, calc_psnr).
LUMA = np.array([65.738, 129.057, 25.064]) / 256


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB for a peak of 1; 120 dB for pictures that are equal."""
    return float(-10 * np.log10(np.mean((a.astype(np.float64) - b) ** 2) + 1e-12))


def luma_psnr(a: np.ndarray, b: np.ndarray, border: int) -> float:
    """PSNR of luma with `border` pixels removed on every side, as benchmark tables state it."""
    gap = (a.astype(np.float64) - b) @ LUMA
    inner = slice(border, -border or None)
    return psnr(gap[inner, inner], np.zeros(()))
