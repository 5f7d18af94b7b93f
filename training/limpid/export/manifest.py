"""manifest.json, exactly as contract/manifest.ts describes it."""

import hashlib
import json
from collections.abc import Mapping
from math import prod
from pathlib import Path

from onnx import ModelProto

from .analyse import multiply_accumulates, peak_bytes
from .catalogue import Model
from .graphs import WINOGRAD, Graphs

SIDE = 256  # windows on which costs are counted; both counts grow in proportion to the area
MEASURED_LATER = {"maxDifference": 1, "tile": 0, "measuredOn": "not measured yet: python -m limpid.seams"}


def file_entry(folder: Path, name: str) -> dict:
    """Path inside the model's folder, size and SHA-256."""
    data = (folder / name).read_bytes()
    return {"file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def compute(models: Mapping[str, ModelProto]) -> dict:
    """Multiply-accumulates and peak activation bytes per pixel, counted on windows of SIDE pixels.

    The decoder's are per output pixel of the local ensemble, without the latent that the encoder has paid for.
    """
    window = {"height": SIDE, "width": SIDE, "half_height": SIDE // 2, "half_width": SIDE // 2}
    first = models.get("encoder") or models["network"]
    area = SIDE * SIDE
    result = {"macPerInputPixel": round(multiply_accumulates(first, window) / area), "macPerOutputPixel": 0,
              "bytesPerInputPixel": rounded_up(peak_bytes(first, window) / area), "bytesPerOutputPixel": 0}
    if decoder := models.get("decoder"):
        grid = {"height": 1, "width": SIDE // 2, "row_shifts": 2, "column_shifts": 2, "rows": 64, "columns": SIDE}
        result["macPerOutputPixel"] = round(multiply_accumulates(decoder, grid) / (64 * SIDE))
        result["bytesPerOutputPixel"] = rounded_up(peak_bytes(decoder, grid) / (64 * SIDE))
    return result


def rounded_up(value: float) -> int:
    """To the next multiple of 64 bytes."""
    return int(-(-value // 64) * 64)


def parameters(graphs: Graphs) -> int:
    """Numbers that the graphs use, each counted once."""
    return sum(prod(entry.shape) for entry in graphs.table.entries.values())


def takes_half(graphs: Graphs) -> bool:
    """Whether the graph has an input for the whole photo at half its size, which the page then makes."""
    return any(value.name == "half" for model in graphs.models.values() for value in model.graph.input)


def make_manifest(model: Model, graphs: Graphs, folder: Path, golden: dict, training: dict) -> dict:
    """The manifest of a folder whose graphs, weights and golden files are written.

    Scores, seams and the cost of fast decoding stay when the weights are those they were measured on; new weights start
    without them. Memory figures measured by limpid.memory stay while the graphs are the same.
    """
    weights = file_entry(folder, "weights.bin")
    files = {key: file_entry(folder, f"{key}.onnx") for key in graphs.models}
    second = {key: file_entry(folder, f"{key}{WINOGRAD}") for key in graphs.winograd}
    old = json.loads((folder / "manifest.json").read_text()) if (folder / "manifest.json").exists() else {}
    cost = old["compute"] if old.get("graphs") == files else compute(graphs.models)
    known = old.get("wasm", {})
    less = known["compute"] if known.get("graphs") == second else compute(graphs.models | graphs.winograd)
    kept = old if old.get("weights", {}).get("sha256") == weights["sha256"] and old.get("halo") == model.halo else {}
    return {
        "schema": 1,
        "id": model.id,
        "name": model.name,
        "seedName": model.seed_name,
        "task": "enlarge" if model.liif else "deblur",
        "pipeline": "liif" if model.liif else "image-to-image",
        "summary": model.summary,
        "network": model.network,
        "accepts": list(model.accepts),
        "parameters": parameters(graphs),
        "multiple": model.multiple,
        **({"halfSizeInput": True} if takes_half(graphs) else {}),
        "halo": model.halo,
        "reach": model.reach,
        **({"scale": {"min": 1, "max": 8, "step": 0.1, "trained": [1, 4]}} if model.liif else {}),
        **({"fast": kept["fast"]} if "fast" in kept else {}),
        "graphs": files,
        "weights": {**weights, "dtype": "float16", "tensors": [e.manifest() for e in graphs.table.entries.values()]},
        "compute": cost,
        "wasm": {"graphs": second, "compute": less},
        "golden": golden,
        "seam": kept.get("seam", MEASURED_LATER),
        "training": training,
        "scores": kept.get("scores", []),
    }


def write_manifest(folder: Path, manifest: dict) -> None:
    """Indented JSON with one line per tensor, per run of the training and per score, so that a diff shows what changed."""
    training = manifest.get("training", {})
    rows = {"@tensors@": manifest["weights"]["tensors"], "@scores@": manifest["scores"]}
    shown = {**manifest, "weights": {**manifest["weights"], "tensors": "@tensors@"}, "scores": "@scores@"}
    if "runs" in training:
        rows["@runs@"], shown["training"] = training["runs"], {**training, "runs": "@runs@"}
    text = json.dumps(shown, indent=2, ensure_ascii=False)
    for mark, items in rows.items():
        lines = ",\n".join("    " + json.dumps(item, ensure_ascii=False) for item in items)
        text = text.replace(f'"{mark}"', f"[\n{lines}\n  ]" if items else "[]")
    (folder / "manifest.json").write_text(text + "\n")
