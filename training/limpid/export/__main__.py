"""Export one model's folder for the page, and list a model that is new.

    python -m limpid.export liif-edsr --weights run/liif-edsr.pt --models ../public/models

The training record comes from the checkpoint (limpid.train writes it); the options below fill in what an older
checkpoint does not say.
"""

import argparse
import json
from pathlib import Path

from ..records import modern, told_apart
from .catalogue import MODELS
from .checkpoint import load_checkpoint
from .folder import export
from .listing import add_to_list, list_of

RECORD_FIELDS = ("summary", "data", "minutes", "machine", "date")


def record_of(saved: dict, given: dict, shipped: dict | None = None) -> dict:
    """The manifest's training record: what the checkpoint says, and `given` (by name) over it, in the contract's order.
    `shipped`, the record that it takes the place of, tells earlier runs apart where an older checkpoint does not.

    Raises ValueError when a field is neither in the checkpoint nor given.
    """
    record = {"iterations": int(saved.get("iterations", 0)), **told_apart(modern(saved), shipped or {}), **given}
    missing = [name for name in RECORD_FIELDS if name not in record]
    if missing:
        raise ValueError(f"the checkpoint does not say how it was trained; give --{', --'.join(missing)}")
    order = ("summary", "remark", "data", "minutes", "iterations", "machine", "date", "sameAs", "runs")
    return {name: record[name] for name in order if name in record}


def shipped_record(folder: Path) -> dict:
    """The training record of the folder as it is; empty where there is none yet."""
    manifest = folder / "manifest.json"
    return json.loads(manifest.read_text())["training"] if manifest.exists() else {}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", choices=list(MODELS))
    ask.add_argument("--weights", type=Path, required=True, help="checkpoint of limpid.train or of the authors")
    ask.add_argument("--models", type=Path, default=Path("../public/models"), help="folder that holds the model folders")
    ask.add_argument("--remark", help="training record: what to know before choosing the weights, as a clause")
    for name in RECORD_FIELDS:
        ask.add_argument(f"--{name}", type=float if name == "minutes" else str, help=f"training record: {name}")
    options = ask.parse_args()

    saved = load_checkpoint(options.weights)
    given = {name: value for name in (*RECORD_FIELDS, "remark") if (value := getattr(options, name)) is not None}
    folder = options.models / options.model
    try:
        difference = export(options.model, saved["model"], folder, record_of(saved, given, shipped_record(folder)))
    except ValueError as problem:
        raise SystemExit(f"error: {problem}") from problem
    print(f"{folder}: golden picture in ONNX Runtime within {difference:.1e} of PyTorch")
    if add_to_list(options.models, options.model):
        print(f"{list_of(options.models)}: {options.model} added")


if __name__ == "__main__":
    main()
