"""Measure what tiling changes: the largest difference between a picture restored in tiles and in one piece.

    python -m limpid.seams mimo-unet-plus --photo PHOTO --write

Tiles are laid out as the page does it: windows of one tile plus the halo on every side, clipped at the picture's edge and
aligned to the network's multiple; MSSNet's half-size input is made once for the whole picture.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from .data.pictures import read_picture
from .export.axis import axis, decoder_inputs
from .export.catalogue import MODELS, Model
from .export.manifest import write_manifest
from .export.run_graphs import FolderRunner
from .networks.mssnet import half_size
from .scoring import middle, to_tensor

LIIF_SCALE = 2


def windows(height: int, width: int, tile: int, halo: int) -> Iterator[tuple[slice, slice, slice, slice]]:
    """(rows, columns) of each tile and of its window with halo."""
    for y in range(0, height, tile):
        for x in range(0, width, tile):
            core = slice(y, min(y + tile, height)), slice(x, min(x + tile, width))
            grown = tuple(slice(max(0, c.start - halo), min(n, c.stop + halo)) for c, n in zip(core, (height, width)))
            yield *core, *grown


def same_size_difference(runner: FolderRunner, image: np.ndarray, half: np.ndarray | None, tile: int, halo: int) -> float:
    """Image-to-image networks; `image` (1,3,H,W), sides, tile and halo multiples of the network's multiple."""
    whole = runner.restore(image, half)
    largest = 0.0
    for rows, columns, wide_rows, wide_columns in windows(*image.shape[2:], tile, halo):
        part = None
        if half is not None:
            part = np.ascontiguousarray(half[:, :, *(slice(s.start // 2, s.stop // 2) for s in (wide_rows, wide_columns))])
        got = runner.restore(np.ascontiguousarray(image[:, :, wide_rows, wide_columns]), part)
        inner = tuple(slice(c.start - w.start, c.stop - w.start) for c, w in ((rows, wide_rows), (columns, wide_columns)))
        largest = max(largest, float(np.abs(got[:, :, *inner] - whole[:, :, rows, columns]).max()))
    return largest


def liif_difference(runner: FolderRunner, image: np.ndarray, tile: int, halo: int) -> float:
    """LIIF at LIIF_SCALE: each tile's encoder sees its window only; coordinates are those of the whole picture."""
    size = image.shape[2:]
    output = tuple(side * LIIF_SCALE for side in size)
    whole = runner.enlarge(image, *output)
    largest = 0.0
    for rows, columns, wide_rows, wide_columns in windows(*size, tile, halo):
        latent = runner.latent(np.ascontiguousarray(image[:, :, wide_rows, wide_columns]))
        axes = []
        for side, length, core, wide in zip(size, output, (rows, columns), (wide_rows, wide_columns)):
            made = axis(side, length, True, core.start * LIIF_SCALE, (core.stop - core.start) * LIIF_SCALE)
            made["index"] = np.clip(made["index"] - wide.start, 0, wide.stop - wide.start - 1).astype(np.int32)
            axes.append(made)
        got = runner.colours(latent, decoder_inputs(*axes, size, output))
        target = tuple(slice(s.start * LIIF_SCALE, s.stop * LIIF_SCALE) for s in (rows, columns))
        largest = max(largest, float(np.abs(got - whole[:, :, *target]).max()))
    return largest


def measure(model: Model, folder: Path, pixels: np.ndarray, tile: int, halo: int, threads: int) -> float:
    """Largest difference, 0..1, on a byte picture whose sides are cut to multiples of 16."""
    height, width = (side - side % 16 for side in pixels.shape[:2])
    image = to_tensor(pixels[:height, :width] / 255.0)
    runner = FolderRunner(folder, threads=threads)
    if model.liif:
        return liif_difference(runner, image.numpy(), tile, halo)
    half = half_size(image).numpy() if model.network == "mssnet" else None
    return same_size_difference(runner, image.numpy(), half, tile, halo)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", choices=list(MODELS))
    ask.add_argument("--photo", type=Path, required=True)
    ask.add_argument("--side", type=int, default=384, help="side of the part taken from the photo's middle")
    ask.add_argument("--tile", type=int, default=128)
    ask.add_argument("--halo", type=int, help="another halo than the catalogue's, to compare")
    ask.add_argument("--models", type=Path, default=Path("../public/models"))
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--write", action="store_true", help="record the figure in the manifest (catalogue's halo only)")
    options = ask.parse_args()
    model = MODELS[options.model]
    if options.write and options.halo not in (None, model.halo):
        ask.error("--write records the figure of the catalogue's halo; change it there")
    folder, halo = options.models / model.id, model.halo if options.halo is None else options.halo
    if options.tile % model.multiple or halo % model.multiple:
        ask.error(f"tile and halo must be multiples of {model.multiple}")
    pixels = middle(read_picture(options.photo), options.side)
    with torch.no_grad():
        difference = measure(model, folder, pixels, options.tile, halo, options.threads)
    print(f"{model.id}: halo {halo}, tile {options.tile}: largest difference {difference:.1e} ({difference * 255:.3f} of 255)")
    if options.write:
        manifest = json.loads((folder / "manifest.json").read_text())
        size = f"{pixels.shape[1]} x {pixels.shape[0]}"
        scale = f" enlarged {LIIF_SCALE} times" if model.liif else ""
        measured = f"{options.photo.name}, middle {size}{scale}"
        manifest["seam"] = {"maxDifference": float(f"{difference:.2g}"), "tile": options.tile, "measuredOn": measured}
        write_manifest(folder, manifest)


if __name__ == "__main__":
    main()
