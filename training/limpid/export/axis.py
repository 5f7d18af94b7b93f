"""The decoder's coordinate inputs, computed as the page computes them (workers/restoration/liif-grid.ts): float64, sent as
float32; but as the authors' float32 arithmetic rounds them where rounding decides."""

import numpy as np

from ..networks.liif import SHIFT_EPSILON


def single_centre(place: np.ndarray, length: int) -> np.ndarray:
    """Centre of a pixel or cell in [-1,1], rounded to float32 where the authors' make_coord rounds: -1 + r + (2r) place."""
    return np.float32(-1 + 1 / length) + np.float32(2 / length) * place.astype(np.float32)


def axis(size: int, length: int, ensemble: bool, first: int = 0, count: int | None = None) -> dict[str, np.ndarray]:
    """`index` (int32), `offset` and `opposite` (float32), each (n,count): output pixels first..first+count of `length`
    along an axis of `size` input pixels; n = 2 shifts for the local ensemble, 1 for the nearest cell.

    `offset` is the signed distance from the cell's centre in half-cells, `opposite` the absolute offset of the other
    shift (the side of Eq. 4's area). Formulae: liif.py of the authors' code, one axis at a time.

    Where both shifts meet one cell (the last row or column) and an output pixel's centre its centre, both areas are zero but
    for rounding, and whether float32 leaves a crumb decides the picture: there `opposite` is rounded as the authors' is.
    """
    count = length - first if count is None else count
    coordinate = (2 * np.arange(first, first + count, dtype=np.float64) + 1) / length - 1
    index, offset = [], []
    for shift in (-1, 1) if ensemble else (0,):
        near = coordinate + shift / size + (SHIFT_EPSILON if ensemble else 0)
        cell = np.floor((np.clip(near, -1 + SHIFT_EPSILON, 1 - SHIFT_EPSILON) + 1) * size / 2)
        cell = np.clip(cell, 0, size - 1)
        index.append(cell)
        offset.append((coordinate - ((2 * cell + 1) / size - 1)) * size)
    cells, offsets = np.stack(index), np.stack(offset)
    opposite = np.abs(offsets[::-1]).astype(np.float32)
    if ensemble:
        pixels = np.arange(first, first + count, dtype=np.float64)
        own = (single_centre(pixels, length) - single_centre(cells, size)) * np.float32(size)
        opposite = np.where(cells[0] == cells[1], np.abs(own), opposite)
    return {"index": cells.astype(np.int32), "offset": offsets.astype(np.float32), "opposite": opposite}


def decoder_inputs(rows: dict[str, np.ndarray], columns: dict[str, np.ndarray], size: tuple[int, int],
                   output: tuple[int, int]) -> dict[str, np.ndarray]:
    """All decoder inputs but `latent`, for whole-picture (height, width) `size` and `output`."""
    feeds = {f"row_{k}": v for k, v in rows.items()} | {f"column_{k}": v for k, v in columns.items()}
    return feeds | {"cell": np.array([2 * a / b for a, b in zip(size, output)], np.float32)}
