"""Scores on held-out pictures, with the network in PyTorch. Pictures are (H,W,3) float arrays in [0,1]."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from .data.pages import held_out_pages
from .data.pictures import picture_files, read_picture
from .metrics import luma_psnr, psnr
from .networks.liif import Liif, decode

FAST = ", nearest cell"  # suffix of sets decoded from the nearest cell alone
SHARP_CROP = 384


@dataclass(frozen=True)
class SetScore:
    """Mean over a set. `against` tells what the result is compared with: "truth", or "input" for how little is changed."""

    set: str
    metric: str
    value: float
    baseline: float
    baseline_name: str
    against: str = "truth"


def to_tensor(picture: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None].float()


def to_picture(image: torch.Tensor) -> np.ndarray:
    return image[0].clamp(0, 1).permute(1, 2, 0).cpu().numpy()


def resize(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    """Pillow's bicubic (with antialiasing when it reduces), 8-bit."""
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC))


@torch.no_grad()
def score_enlarging(network: Liif, pictures: list[np.ndarray], scale: int, name: str, fast: bool, device: str) -> list[SetScore]:
    """Luma PSNR after reducing byte pictures by `scale` and enlarging them again; with `fast` decoded both ways."""
    ways = {"": True, **({FAST: False} if fast else {})}
    values: dict[str, list[float]] = {way: [] for way in ways}
    bicubic = []
    for pixels in pictures:
        height, width = (side - side % scale for side in pixels.shape[:2])
        high = pixels[:height, :width]
        low = resize(high, width // scale, height // scale)
        bicubic.append(luma_psnr(resize(low, width, height) / 255.0, high / 255.0, scale))
        latent = network.latent(to_tensor(low / 255.0).to(device) * 2 - 1)
        for way, ensemble in ways.items():
            restored = to_picture(decode(network, latent, height, width, ensemble))
            values[way].append(luma_psnr(restored, high / 255.0, scale))
    metric = f"luma PSNR (dB), border of {scale} removed"
    return [SetScore(f"{name} x{scale}{way}", metric, mean(v), mean(bicubic), "bicubic resizing") for way, v in values.items()]


@torch.no_grad()
def deblur(network: nn.Module, picture: np.ndarray, device: str, multiple: int = 16) -> np.ndarray:
    """The whole picture in one piece, padded by edge replication to the network's multiple."""
    height, width = picture.shape[:2]
    pad = (0, -width % multiple, 0, -height % multiple)
    image = F.pad(to_tensor(picture).to(device), pad, mode="replicate")
    return to_picture(network(image)[-1][..., :height, :width])


def score_pairs(network: nn.Module, folder: Path, device: str) -> SetScore:
    """RGB PSNR on pairs of equal names in blur/ and sharp/. Raises FileNotFoundError for a missing partner."""
    restored, blurred_only = [], []
    for file in picture_files([folder / "blur"]):
        blurred, sharp = (read_picture(f) / 255.0 for f in (file, folder / "sharp" / file.name))
        restored.append(psnr(deblur(network, blurred, device), sharp))
        blurred_only.append(psnr(blurred, sharp))
    name = f"Real blurred pairs ({len(restored)})"
    return SetScore(name, "RGB PSNR (dB)", mean(restored), mean(blurred_only), "the blurred input")


def score_sharp(network: nn.Module, folder: Path, device: str) -> SetScore:
    """How little sharp pictures change: PSNR of output against input, on their middles."""
    values, yardstick = [], []
    for file in picture_files([folder]):
        pixels = middle(read_picture(file), SHARP_CROP)
        picture = pixels / 255.0
        values.append(psnr(deblur(network, picture, device), picture))
        packed = io.BytesIO()
        Image.fromarray(pixels).save(packed, "JPEG", quality=90)
        yardstick.append(psnr(np.asarray(Image.open(packed)) / 255.0, picture))
    name, metric = f"Sharp held-out pictures ({len(values)})", "RGB PSNR (dB) of output against input"
    return SetScore(name, metric, mean(values), mean(yardstick), "JPEG at quality 90", "input")


def middle(pixels: np.ndarray, side: int) -> np.ndarray:
    """The middle `side` x `side` of a picture (or as much as it has)."""
    y, x = (max(0, (length - side) // 2) for length in pixels.shape[:2])
    return np.ascontiguousarray(pixels[y : y + side, x : x + side])


def score_all(network: nn.Module, evaluation: Path, sharp: Path | None, device: str,
              report: Callable[[SetScore], None] = lambda _: None) -> list[SetScore]:
    """Every score that suits the network. `evaluation` holds set5/ and deblur/{blur,sharp}/; `sharp` held-out photographs."""

    def sets() -> Iterator[SetScore]:
        if isinstance(network, Liif):
            set5 = [read_picture(f) for f in picture_files([evaluation / "set5"])]
            for scale in (2, 4):
                yield from score_enlarging(network, set5, scale, "Set5", True, device)
            yield from score_enlarging(network, held_out_pages(), 2, "Drawn pages, held-out font", False, device)
        else:
            yield score_pairs(network, evaluation / "deblur", device)
            if sharp:
                yield score_sharp(network, sharp, device)

    scores = []
    for score in sets():
        report(score)
        scores.append(score)
    return scores


def mean(values: list[float]) -> float:
    return round(float(np.mean(values)), 3)
