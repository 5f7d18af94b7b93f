"""Curves of a run as PNG, drawn with Pillow: loss over iterations, scores over iterations.

    python -m limpid.plots run/liif-edsr.csv run/liif-edsr.png
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .progress import read_log

SIZE, MARGIN = (960, 540), (80, 30, 30, 60)  # left, top, right, bottom
COLOURS = ((30, 90, 200), (210, 80, 20), (20, 140, 80), (150, 60, 160), (90, 90, 90))


@dataclass(frozen=True)
class Line:
    """One curve; `points` are (x, y)."""

    name: str
    points: list[tuple[float, float]]


def smoothed(points: list[tuple[float, float]], window: int = 25) -> list[tuple[float, float]]:
    """Running mean of y, so that a noisy loss shows its course."""
    out, total = [], 0.0
    for i, (x, y) in enumerate(points):
        total += y - (points[i - window][1] if i >= window else 0)
        out.append((x, total / min(i + 1, window)))
    return out


def plot(lines: list[Line], title: str, file: Path) -> None:
    """Draws the curves with both axes labelled at five values. Raises ValueError when there is no point."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    if not xs:
        raise ValueError("nothing to plot")
    left, top, right, bottom = MARGIN
    width, height = SIZE[0] - left - right, SIZE[1] - top - bottom
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    x1, y1 = (x1 if x1 > x0 else x0 + 1), (y1 if y1 > y0 else y0 + 1)

    def place(x: float, y: float) -> tuple[float, float]:
        return left + (x - x0) / (x1 - x0) * width, top + (1 - (y - y0) / (y1 - y0)) * height

    image = Image.new("RGB", SIZE, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(14)
    for i in range(5):
        x, y = x0 + (x1 - x0) * i / 4, y0 + (y1 - y0) * i / 4
        draw.line([place(x, y0), place(x, y1)], fill=(225, 225, 225))
        draw.line([place(x0, y), place(x1, y)], fill=(225, 225, 225))
        draw.text((place(x, y0)[0], SIZE[1] - bottom + 8), f"{x:.0f}", fill="black", font=font, anchor="mt")
        draw.text((left - 8, place(x0, y)[1]), f"{y:.4g}", fill="black", font=font, anchor="rm")
    for i, line in enumerate(lines):
        colour = COLOURS[i % len(COLOURS)]
        places = [place(x, y) for x, y in line.points]
        if len(places) > 1:
            draw.line(places, fill=colour, width=2)
        for x, y in places if len(places) < 40 else []:
            draw.ellipse([x - 3, y - 3, x + 3, y + 3], fill=colour)
        draw.text((SIZE[0] - right - 8, top + 8 + 18 * i), line.name, fill=colour, font=font, anchor="rt")
    draw.text((left, 8), title, fill="black", font=font)
    draw.text((SIZE[0] - right, SIZE[1] - 8), "iterations", fill="black", font=font, anchor="rb")
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, optimize=True)


def plot_loss(log: Path, file: Path) -> None:
    points = [(float(r["iteration"]), float(r["loss"])) for r in read_log(log)]
    plot([Line("loss", points), Line("mean of 25", smoothed(points))], f"{log.stem}: training loss", file)


def plot_scores(log: Path, file: Path) -> None:
    """One curve per set: dB over its baseline."""
    sets: dict[str, list[tuple[float, float]]] = {}
    for r in read_log(log):
        sets.setdefault(r["set"], []).append((float(r["iteration"]), float(r["value"]) - float(r["baseline"])))
    plot([Line(name, points) for name, points in sets.items()], f"{log.stem}: dB over the baseline", file)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("log", type=Path, help="CSV of limpid.train: iterations and losses, or scores")
    ask.add_argument("picture", type=Path)
    options = ask.parse_args()
    with options.log.open() as rows:
        (plot_scores if "baseline" in rows.readline() else plot_loss)(options.log, options.picture)


if __name__ == "__main__":
    main()
