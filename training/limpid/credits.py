"""Under which licences pictures stand: training/CREDITS.tsv, one line for each picture that the shipped weights learned from.

Columns: `picture` (file name), `author`, `licence` (its name, under which pictures are counted), `stated` (the licence as the
source states it), `source` (repository) and `work` (the picture's path there).
"""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

CREDITS = Path(__file__).parents[1] / "CREDITS.tsv"
UNLISTED = "not listed in CREDITS.tsv"


def read_credits(file: Path = CREDITS) -> dict[str, dict[str, str]]:
    """Lines by picture. Raises ValueError for a picture that is listed twice or stands without a licence."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    made = {row["picture"]: row for row in rows}
    if len(made) < len(rows) or not all(row["licence"] for row in rows):
        raise ValueError(f"{file.name} lists a picture twice or without a licence")
    return made


def licences(names: Iterable[str], file: Path = CREDITS) -> dict[str, int]:
    """How many of the pictures with these file names stand under each licence, the most frequent first."""
    known = read_credits(file)
    counts = Counter(known[name]["licence"] if name in known else UNLISTED for name in names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
