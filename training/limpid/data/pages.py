"""Drawn pages: text, diagrams, logos and thin lines at many sizes and angles, because people enlarge those."""

import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?()[]+-=/%&$#@"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
# Pages are drawn twice as large and reduced, so that edges are as smooth as a camera's or a renderer's.
OVERSAMPLING = 2
Fonts = list[Path] | None


def installed_fonts() -> list[Path]:
    """TrueType fonts of this machine, in a fixed order; training draws with these.

    The font inside Pillow is never among them: it is held out for scores (`fonts=None`).
    """
    return sorted(f for folder in FONT_FOLDERS for f in Path(folder).rglob("*.ttf"))


class Pen:
    """Random choices for one page: its ground, ink and typefaces."""

    def __init__(self, source: random.Random, fonts: Fonts):
        self.source, self.fonts = source, fonts
        self.light = source.random() < 0.6
        low, high = (200, 255) if self.light else (0, 90)
        self.ground = tuple(source.randint(low, high) for _ in range(3))

    def ink(self) -> tuple[int, ...]:
        if self.source.random() < 0.5:
            return tuple(self.source.randint(0, 255) for _ in range(3))
        return (15, 15, 15) if self.light else (240, 240, 240)

    def face(self) -> tuple[ImageFont.FreeTypeFont | ImageFont.ImageFont, int]:
        size = self.source.choice((self.source.randint(14, 30), self.source.randint(20, 64), self.source.randint(50, 160)))
        if self.fonts is None:
            return ImageFont.load_default(size), size
        return ImageFont.truetype(str(self.source.choice(self.fonts)), size), size

    def word(self) -> str:
        return "".join(self.source.choices(LETTERS, k=self.source.randint(1, 9)))


def draw_shapes(pen: Pen, draw: ImageDraw.ImageDraw, side: int) -> None:
    """Up to fourteen lines, boxes, ovals and polygons anywhere on the page."""
    source = pen.source

    def spot() -> tuple[int, int]:
        return source.randint(0, side), source.randint(0, side)

    for _ in range(source.randint(0, 14)):
        (x0, y0), (x1, y1), width = spot(), spot(), source.randint(1, 9)
        box = [min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1]
        kind = source.random()
        if kind < 0.35:
            draw.line([x0, y0, x1, y1], fill=pen.ink(), width=width)
        elif kind < 0.6:
            draw.rectangle(box, outline=pen.ink(), width=width, fill=pen.ink() if source.random() < 0.3 else None)
        elif kind < 0.8:
            draw.ellipse(box, outline=pen.ink(), width=width)
        else:
            draw.polygon([spot() for _ in range(4)], fill=pen.ink())


def draw_fan(pen: Pen, draw: ImageDraw.ImageDraw, side: int) -> None:
    """Thin lines through one point at many angles, or a grid of them: the hardest part of diagrams."""
    source, ink, width = pen.source, pen.ink(), pen.source.randint(1, 4)
    x, y, reach = source.randint(0, side), source.randint(0, side), source.randint(side // 8, side // 2)
    if source.random() < 0.5:
        for angle in range(0, 360, source.choice((5, 9, 15))):
            turn = np.deg2rad(angle)
            draw.line([x, y, x + reach * np.cos(turn), y + reach * np.sin(turn)], fill=ink, width=width)
    else:
        step = source.randint(6, 40)
        for i in range(0, reach, step):
            draw.line([x + i, y, x + i, y + reach], fill=ink, width=width)
            draw.line([x, y + i, x + reach, y + i], fill=ink, width=width)


def draw_text(pen: Pen, draw: ImageDraw.ImageDraw, side: int) -> None:
    """Lines of random letters from top to bottom, the typeface changing now and then."""
    source = pen.source
    y, (face, size), ink = source.randint(-10, 40), pen.face(), pen.ink()
    while y < side:
        draw.text((source.randint(-30, 40), y), " ".join(pen.word() for _ in range(16)), fill=ink, font=face)
        y += int(size * source.uniform(1.1, 2.0))
        if source.random() < 0.2:
            (face, size), ink = pen.face(), pen.ink()


def draw_page(source: random.Random, fonts: Fonts, size: int = 512) -> np.ndarray:
    """One page, (size,size,3) bytes, decided by `source` alone; `fonts=None` draws with the font inside Pillow."""
    pen, side = Pen(source, fonts), size * OVERSAMPLING
    page = Image.new("RGB", (side, side), pen.ground)
    draw = ImageDraw.Draw(page)
    draw_shapes(pen, draw, side)
    if source.random() < 0.5:
        draw_fan(pen, draw, side)
    draw_text(pen, draw, side)
    if source.random() < 0.5:
        page = page.rotate(source.uniform(-30, 30), Image.Resampling.BICUBIC, fillcolor=pen.ground)
    return np.array(page.resize((size, size), Image.Resampling.LANCZOS))


def held_out_pages(count: int = 8, size: int = 256) -> list[np.ndarray]:
    """The pages of the "drawn pages" score: always the same, in a font that training never draws with."""
    source = random.Random("held-out pages")
    return [draw_page(source, None, size) for _ in range(count)]
