"""Scores on held-out pictures, with the network in PyTorch. Pictures are (H,W,3) float arrays in [0,1].

Results are rounded to 8 bits before they are compared, as a saved PNG has them (`npm run evaluate` measures that).
"""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from .data.pages import held_out_pages
from .data.pictures import Picture, Pool, picture_files, read_picture
from .degradations.blurring import blurred_pair
from .degradations.motion import MARGIN
from .metrics import luma_psnr, psnr
from .networks.liif import Liif, decode

FAST = ", nearest cell"  # suffix of sets decoded from the nearest cell alone
SHARP_CROP = 384
# Synthetic blur: crops of so many pixels, so many of each picture, motions up to so many pixels.
BLURRED_CROP, BLURS, BLUR_LONGEST = 192, 4, 24.0


@dataclass(frozen=True)
class PictureScore:
    """One picture of a set, by its file name without the suffix."""

    picture: str
    value: float
    baseline: float


@dataclass(frozen=True)
class SetScore:
    """Mean over a set. `against` tells what the result is compared with: "truth", or "input" for how little is changed.
    `pictures` where the set is small enough to list, `worst` (the least value) where it is not."""

    set: str
    metric: str
    value: float
    baseline: float
    baseline_name: str
    against: str = "truth"
    pictures: tuple[PictureScore, ...] = ()
    worst: float | None = None


def to_tensor(picture: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None].float()


def to_picture(image: torch.Tensor) -> np.ndarray:
    """(1,3,H,W) to (H,W,3), clipped and rounded to 8 bits; float64, so that a value equals the byte / 255 of a file."""
    return (image[0].clamp(0, 1) * 255).round().permute(1, 2, 0).cpu().numpy().astype(np.float64) / 255


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
    metric = f"luma PSNR (dB), border of {scale} removed; input reduced as by Pillow, bicubic to 8 bits; result rounded to 8 bits"
    return [SetScore(f"{name} x{scale}{way}", metric, mean(v), mean(bicubic), "bicubic resizing") for way, v in values.items()]


@torch.no_grad()
def deblur(network: nn.Module, picture: np.ndarray, device: str, multiple: int = 16) -> np.ndarray:
    """The whole picture in one piece, padded by edge replication to the network's multiple; the result in 8 bits."""
    height, width = picture.shape[:2]
    pad = (0, -width % multiple, 0, -height % multiple)
    image = F.pad(to_tensor(picture).to(device), pad, mode="replicate")
    return to_picture(network(image)[-1][..., :height, :width])


def score_pairs(network: nn.Module, folder: Path, device: str) -> SetScore:
    """RGB PSNR on pairs of equal names in blur/ and sharp/. Raises FileNotFoundError for a missing partner."""
    pictures = []
    for file in picture_files([folder / "blur"]):
        blurred, sharp = (read_picture(f) / 255.0 for f in (file, folder / "sharp" / file.name))
        restored = psnr(deblur(network, blurred, device), sharp)
        pictures.append(PictureScore(file.stem, round(restored, 3), round(psnr(blurred, sharp), 3)))
    name, metric = f"Real blurred pairs ({len(pictures)})", "RGB PSNR (dB) of whole pictures, result rounded to 8 bits"
    value, baseline = mean([p.value for p in pictures]), mean([p.baseline for p in pictures])
    return SetScore(name, metric, value, baseline, "the blurred input", pictures=tuple(pictures))


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
    name = f"Sharp held-out pictures ({len(values)})"
    metric = f"RGB PSNR (dB) of output against input, middle {SHARP_CROP} pixels, result rounded to 8 bits"
    return SetScore(name, metric, mean(values), mean(yardstick), "JPEG at quality 90", "input", worst=round(min(values), 3))


def synthetic_pairs(folder: Path) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Blurred and sharp crops made of the folder's sharp pictures as training makes them in daylight, none left sharp:
    always the same ones, decided by the pictures' names."""
    for file in picture_files([folder]):
        pool, source = Pool([Picture(read_picture(file), origin=file.name)]), random.Random(f"blurred {file.stem}")
        for _ in range(BLURS):
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(source.getrandbits(32))
                crop = pool.crop(BLURRED_CROP + 2 * MARGIN, source)[None]
                blurred, sharp = blurred_pair(crop, source, realblur=False, longest=BLUR_LONGEST, still=0)
            yield tuple(one[0].permute(1, 2, 0).numpy().astype(np.float64) for one in (blurred, sharp))


def score_synthetic(network: nn.Module, folder: Path, device: str) -> SetScore:
    """RGB PSNR on simulated blur of pictures that training has not seen; the simulation is training's own."""
    restored, blurred_only = [], []
    for blurred, sharp in synthetic_pairs(folder):
        restored.append(psnr(deblur(network, blurred, device), sharp))
        blurred_only.append(psnr(blurred, sharp))
    name = f"Simulated blur of held-out pictures ({len(restored)})"
    metric = f"RGB PSNR (dB) of crops of {BLURRED_CROP} pixels, motions up to {BLUR_LONGEST:g}, result rounded to 8 bits"
    return SetScore(name, metric, mean(restored), mean(blurred_only), "the blurred input")


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
                yield score_synthetic(network, sharp, device)

    scores = []
    for score in sets():
        report(score)
        scores.append(score)
    return scores


def mean(values: list[float]) -> float:
    return round(float(np.mean(values)), 3)
