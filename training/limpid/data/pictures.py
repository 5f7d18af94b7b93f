"""Pictures held as bytes on the training device, and crops where there is something to learn."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"}


class Picture:
    """(H,W,3) bytes kept as a (3,H,W) tensor on `device`. Crops are drawn by local gradient, so that sky and walls do
    not fill the batches; `origin` names the file for error messages."""

    BLOCK = 32
    # Share of a flat block against a detailed one: nothing is left out, nothing takes over.
    LEAST, MOST = 0.003, 0.08

    def __init__(self, pixels: np.ndarray, device: str = "cpu", origin: str = ""):
        self.pixels = torch.from_numpy(pixels.copy()).permute(2, 0, 1).contiguous().to(device)
        self.origin = origin
        grey = pixels[..., 1].astype(np.float32) / 255
        detail = np.abs(np.diff(grey, axis=0))[:, :-1] + np.abs(np.diff(grey, axis=1))[:-1]
        rows, columns = (max(1, side // self.BLOCK) for side in detail.shape)
        tall, wide = (min(side, n * self.BLOCK) // n for side, n in zip(detail.shape, (rows, columns)))
        blocks = detail[: rows * tall, : columns * wide].reshape(rows, tall, columns, wide).mean((1, 3))
        weight = blocks.clip(self.LEAST, self.MOST).ravel()
        self.cumulative, self.columns, self.block = np.cumsum(weight / weight.sum()), columns, (tall, wide)

    @property
    def least_side(self) -> int:
        return min(self.pixels.shape[1:])

    def corner(self, side: int, source: random.Random) -> tuple[int, int]:
        """Top left corner of a crop of `side` pixels around a block drawn by its detail."""
        drawn = min(int(np.searchsorted(self.cumulative, source.random())), len(self.cumulative) - 1)
        place = []
        for start, size, length in zip(divmod(drawn, self.columns), self.block, self.pixels.shape[1:]):
            centre = start * size + source.randrange(size)
            place.append(max(0, min(length - side, centre - source.randrange(side))))
        return place[0], place[1]


class Pool:
    """Pictures to draw crops from; a share of the crops comes from drawn pages, however many of either there are."""

    def __init__(self, pictures: list[Picture], pages: list[Picture] | None = None, page_share: float = 0.0):
        if not pictures:
            raise ValueError("no pictures to train on")
        self.pictures, self.pages, self.page_share = pictures, pages or [], page_share
        self.largest = min(max(p.least_side for p in kind) for kind in (pictures, self.pages) if kind)

    def crop(self, side: int, source: random.Random) -> Tensor:
        """A square crop, (3,side,side) in [0,1], flipped and transposed at random.

        Raises ValueError when no picture is large enough.
        """
        if side > self.largest:
            raise ValueError(f"crops of {side} pixels asked for, the largest picture allows {self.largest}")
        among = self.pages if self.pages and source.random() < self.page_share else self.pictures
        picture = source.choice(among)
        while picture.least_side < side:
            picture = source.choice(among)
        y, x = picture.corner(side, source)
        piece = picture.pixels[:, y : y + side, x : x + side].float() / 255
        flips = [axis for axis in (1, 2) if source.random() < 0.5]
        piece = piece.flip(flips) if flips else piece
        return piece.transpose(1, 2) if source.random() < 0.5 else piece

    def crops(self, count: int, side: int, source: random.Random) -> Tensor:
        """(count,3,side,side) in [0,1]."""
        return torch.stack([self.crop(side, source) for _ in range(count)])


def picture_files(folders: list[Path]) -> list[Path]:
    """Every picture file directly in the folders, in a fixed order. Raises ValueError for a folder without any."""
    files = []
    for folder in folders:
        found = sorted(f for f in folder.glob("*") if f.suffix.lower() in SUFFIXES)
        if not found:
            raise ValueError(f"no pictures in {folder}")
        files += found
    return files


def read_picture(file: Path) -> np.ndarray:
    """(H,W,3) bytes. Raises OSError when the file is not a picture."""
    with Image.open(file) as image:
        return np.array(image.convert("RGB"))


def load_pictures(folders: list[Path], device: str) -> list[Picture]:
    """All pictures of the folders, decoded by several threads."""
    with ThreadPoolExecutor(4) as workers:
        return list(workers.map(lambda f: Picture(read_picture(f), device, f.name), picture_files(folders)))
