"""Progress on the terminal and a CSV log that survives resuming."""

import csv
import sys
import time
from pathlib import Path


class Progress:
    """One line that is rewritten on a terminal; a new line every other minute elsewhere (log files)."""

    def __init__(self, total: int, done: int = 0, quiet_seconds: float = 120):
        self.total, self.quiet = total, quiet_seconds
        self.first = (done, time.monotonic())
        self.shown = float("-inf")

    def show(self, iteration: int, loss: float, rate: float) -> None:
        now = time.monotonic()
        live = sys.stderr.isatty()
        if now - self.shown < (0.2 if live else self.quiet) and iteration < self.total:
            return
        self.shown = now
        start, began = self.first
        speed = (iteration - start) / max(now - began, 1e-9)
        left = (self.total - iteration) / max(speed, 1e-9) / 60
        bar = "#" * round(24 * iteration / self.total)
        text = f"[{bar:<24}] {iteration}/{self.total}  loss {loss:.4f}  rate {rate:.1e}  {speed:.2f}/s  {left:.0f} min left"
        print(("\r" if live else "") + text, end="" if live else "\n", file=sys.stderr, flush=True)


class CsvLog:
    """Rows appended to a CSV file. Rows at or after `resume_at` (first column) are dropped on opening, so that a run
    resumed from an older state does not tell the same iterations twice."""

    def __init__(self, file: Path, columns: list[str], resume_at: int = 0):
        self.file = file
        kept = [row for row in read_log(file) if int(row[columns[0]]) < resume_at] if file.exists() else []
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", newline="") as out:
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows(kept)
        self.columns = columns

    def add(self, *values) -> None:
        with self.file.open("a", newline="") as out:
            csv.writer(out).writerow(values)


def read_log(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as rows:
        return list(csv.DictReader(rows))
