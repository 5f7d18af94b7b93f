"""The training record of a checkpoint: what its manifest will say, run by run (contract/manifest.ts, TrainingRecord).

Checkpoints of an older style carry a record without `runs`, whose `data` tell of the last run only; `modern` gives it runs.
"""

import datetime
import os
import platform
from collections.abc import Sequence

import torch

from .degradations.blurring import ENCODED, LAMPS, LOW_LIGHT, NOISE, NOISY, SENSOR_NOISY, SHARP
from .degradations.enlarging import EACH_FLAW
from .degradations.motion import LAYERS, OBJECT
from .export.catalogue import MODELS
from .tasks import Settings

UNNAMED = "Limpid's own weights, not the authors': trained from nothing on photographs, illustrations and drawn pages."


def machine(device: str, threads: int) -> str:
    """What a run runs on."""
    if device == "cuda":
        return torch.cuda.get_device_name()
    kind = platform.machine().replace("x86_64", "x86-64")
    return f"{counted(threads, 'thread')} of an {kind} CPU with {counted(os.cpu_count() or 1, 'core')}"


def counted(number: int, noun: str) -> str:
    """Such as "one thread", "two cores" or "16 cores"."""
    small = ("no", "one", "two", "three", "four")
    return f"{small[number] if number < len(small) else number} {noun}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    return f"{100 * share:g} %"


def recipe(s: Settings, pictures: int) -> str:
    """What a run with these settings trains on and how its inputs are made, in full sentences."""
    pages = f"; {percent(s.page_share)} of the crops came from {s.pages} drawn pages" if s.pages else ""
    said = [f"The network learned from crops of {pictures} photographs and illustrations{pages}."]
    if s.network.startswith("liif"):
        said += [
            "They were reduced bicubically by factors from 1 to 4" + ("." if s.flawed else ", without any flaw added."),
            *flaws(s.flawed),
            f"{percent(s.single)} of the steps decoded from the nearest cell alone.",
        ]
    else:
        said += blurring_recipe(s)
    if s.stages < 6:
        said.append(f"Only the first {s.stages} of the six U-Nets were trained.")
    if s.teacher:
        said.append(f"The pictures of {MODELS[s.teacher].name} were goals beside the sharp ones, for {percent(s.taught)} of the loss.")
    return " ".join(said)


def flaws(share: float) -> list[str]:
    """What was added to some of the inputs of an enlarging network; nothing where that is none of them."""
    if not share:
        return []
    return [f"In {percent(share)} of the groups of crops softening, noise and JPEG compression were added, each with a"
            f" probability of {percent(EACH_FLAW)}."]


def blurring_recipe(s: Settings) -> list[str]:
    """How degradations.blurring makes the inputs of a run."""
    said = [
        f"They were blurred by simulated hand-shake paths, at most {s.longest:g} pixels wide.",
        f"In {percent(LAYERS)} of the exposures a nearer layer moved otherwise, in half of these as an object that moves"
        f" {OBJECT[0]:g} to {OBJECT[1]:g} pixels more, so also beyond the camera's longest path.",
        f"{percent(ENCODED)} of the daylight exposures were averaged in encoded values, the others in linear light,"
        f" with clipped lamps in {percent(LAMPS[False])} of those.",
        f"{percent(NOISY)} of the blurred daylight inputs had Gaussian noise with a standard deviation of up to {NOISE:g}"
        f" ({255 * NOISE:g} of 255 levels).",
    ]
    if s.realblur:
        said.append(f"{percent(LOW_LIGHT)} of the pairs were in low light, darkened by up to two stops, with clipped lamps in"
                    f" {percent(LAMPS[True])} of them, sensor noise in {percent(SENSOR_NOISY)} and a tone curve.")
    return [*said, f"{percent(SHARP)} of the inputs stayed sharp."]


def run_of(s: Settings, minutes: float, iterations: int, licences: dict[str, int], device: str,
           teacher_minutes: float | None = None) -> dict:
    """A run as the record lists it. `teacher_minutes`: the teacher's own training, where that is known."""
    deblurring = not s.network.startswith("liif")
    teacher = {"model": s.teacher, "share": s.taught} | ({} if teacher_minutes is None else {"minutes": teacher_minutes})
    return {
        "data": recipe(s, sum(licences.values())),
        "minutes": round(minutes, 1),
        "iterations": iterations,
        "optimiser": f"Adam (betas 0.9 and 0.99) along one cosine after a linear warm-up, gradients clipped to a norm of"
                     f" {s.clip:g}, moving average of the weights with {s.average:g}, {s.precision}",
        "rate": s.rate,
        "batch": s.batch,
        "crop": s.patch,
        "pages": {"count": s.pages, "share": s.page_share},
        **({"fourier": s.frequency} if deblurring else {}),
        **({"stages": s.stages} if s.network == "mssnet" else {}),
        **({"teacher": teacher} if s.teacher else {}),
        "licences": licences,
        "machine": machine(device, torch.get_num_threads()),
        "date": datetime.date.today().isoformat(),
    }


def total(runs: Sequence[dict], field: str) -> float:
    """Minutes or iterations of all runs."""
    return round(sum(run[field] for run in runs), 1)


def finished(record: dict, runs: Sequence[dict], unrecorded: int = 0) -> dict:
    """`record` with these runs and what follows from them; `unrecorded` iterations came before, of weights without a record."""
    machines = dict.fromkeys(run["machine"] for run in runs)
    times = f"{len(runs)} runs, each with its own inputs and settings" if len(runs) > 1 else "one run"
    return record | {
        "summary": record.get("summary", UNNAMED),
        "data": f"The weights learned from photographs, illustrations and drawn pages in {times}.",
        "minutes": total(runs, "minutes"),
        "iterations": unrecorded + int(total(runs, "iterations")),
        "machine": "; then ".join(machines),
        "date": max(run["date"] for run in runs),
        "runs": list(runs),
    }


def runs_behind(saved: dict) -> list[dict]:
    """The runs behind a checkpoint, the earliest first; none where its record tells of no training."""
    record = saved.get("record", {})
    if "runs" in record or "minutes" not in record:
        return record.get("runs", [])
    before = runs_behind(saved.get("start", {}))
    last = {
        "data": f"Its record of that time says: {record['data'].rstrip('.')}.",
        "minutes": round(record["minutes"] - total(before, "minutes"), 1),
        "iterations": int(saved.get("iterations", record.get("iterations", 0)) - total(before, "iterations")),
        "machine": record["machine"].split("; then ")[-1] if before else record["machine"],
        "date": record["date"],
    }
    return [*before, last]


def modern(saved: dict) -> dict:
    """The record of a checkpoint, with runs where it tells of any; as it is otherwise."""
    record, runs = saved.get("record", {}), runs_behind(saved)
    return record if "runs" in record or not runs else finished(record, runs)


def trained_on(start: dict, run: dict) -> dict:
    """The record after one more run, begun from the checkpoint `start` (empty: from nothing). A grown network's `sameAs`
    ends here: once trained on, it is no copy any more."""
    record = {k: v for k, v in modern(start).items() if k != "sameAs"}
    before = record.get("runs", [])
    return finished(record, [*before, run], start.get("iterations", 0) - int(total(before, "iterations")))


def blended(saved: dict, share: float) -> dict:
    """The record when `share` of a checkpoint was blended with the weights that its last run began from. Of a blend that is
    blended again, as if with the same ones. A blend is nobody's copy."""
    record = {k: v for k, v in modern(saved).items() if k != "sameAs"}
    if runs := record.get("runs"):
        last = runs[-1] | {"blended": round(runs[-1].get("blended", 1) * share, 4)}
        record["runs"] = [*runs[:-1], last]
    return record


def told_apart(record: dict, shipped: dict) -> dict:
    """Of a checkpoint of the older style all that went before the last run is one run. Where the shipped record's runs add up
    to it, they stand in its place, and its summary stays."""
    mine, theirs = record.get("runs", []), shipped.get("runs", [])
    if not mine or any(total(mine[:1], field) != total(theirs, field) for field in ("minutes", "iterations")):
        return record
    return finished(record | {"summary": shipped["summary"]}, [*theirs, *mine[1:]])
