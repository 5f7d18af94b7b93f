"""Measure the activation memory that a model's graphs take per pixel in ONNX Runtime, for the page's tile planning.

    python -m limpid.memory mimo-unet-plus --write

Each graph runs once in a process of its own, without layout optimisations that the WASM build does not have either; the
growth of that process's peak memory, divided by the window's area, is the figure. It contains what counting live tensors
(export/analyse.py) cannot know: the runtime's scratch space and its order of execution. Linux only.
"""

import argparse
import json
import multiprocessing
import os
from pathlib import Path
from unittest.mock import patch

import numpy as np
import onnx
import onnxruntime as ort

from .export.axis import axis, decoder_inputs
from .export.catalogue import MODELS, Model
from .export.graphs import WINOGRAD
from .export.manifest import compute, rounded_up, write_manifest

ROWS = 128  # of output pixels in the decoder's run


def first_graph_feeds(side: int, half: bool) -> dict[str, np.ndarray]:
    """A flat window for the encoder or the whole network; values do not matter for memory."""
    feeds = {"image": np.full((1, 3, side, side), 0.5, np.float32)}
    return feeds | ({"half": feeds["image"][:, :, ::2, ::2].copy()} if half else {})


def decoder_feeds(side: int) -> dict[str, np.ndarray]:
    """ROWS x side output pixels of a picture of half the size, local ensemble."""
    rows, columns = axis(ROWS // 2, ROWS, True), axis(side // 2, side, True)
    latent = np.zeros((1, 256, ROWS // 2, side // 2), np.float32)
    return {"latent": latent, **decoder_inputs(rows, columns, latent.shape[2:], (ROWS, side))}


def growth_of_run(file: str, feeds: dict[str, np.ndarray], answer) -> None:
    """Sends how many bytes this process grew at most during the first run of the graph."""
    options = ort.SessionOptions()
    options.intra_op_num_threads, options.enable_cpu_mem_arena = 1, False
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    session = ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    # Loading takes memory of its own (weights are cast to float32 there): the peak is counted from here on.
    Path("/proc/self/clear_refs").write_text("5")
    before = peak_memory()
    session.run(None, feeds)
    answer.put(peak_memory() - before)


def peak_memory() -> int:
    """Largest resident memory of this process since its peak was last reset, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def growth(file: Path, feeds: dict[str, np.ndarray], whole_pages: bool = False) -> int:
    """Bytes that a process grows by at most while it runs the graph once. `whole_pages`: tensors get pages of their own and
    give them back, or many short-lived ones of uneven sizes break glibc's heap into pieces, to many times what they take."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=growth_of_run, args=(str(file), feeds, answer))
    with patch.dict(os.environ, {"MALLOC_MMAP_THRESHOLD_": "262144"} if whole_pages else {}):
        process.start()
    value = answer.get(timeout=1800)
    process.join()
    return value


def measure(files: dict[str, Path], side: int, half: bool) -> dict[str, int]:
    """Bytes per input pixel and, for LIIF, per output pixel, rounded up. `files`: graphs by key."""
    first_file = files.get("encoder") or files["network"]
    first = growth(first_file, first_graph_feeds(side, half), whole_pages=first_file.name.endswith(WINOGRAD))
    result = {"bytesPerInputPixel": rounded_up(first / side**2), "bytesPerOutputPixel": 0}
    if decoder := files.get("decoder"):
        result["bytesPerOutputPixel"] = rounded_up(growth(decoder, decoder_feeds(side)) / (ROWS * side))
    return result


def cost_of(model: Model, folder: Path, entries: dict[str, dict], side: int) -> dict:
    """The manifest's `compute` for the graphs of `entries`: counted, and the larger of counted and measured memory."""
    files = {key: folder / entry["file"] for key, entry in entries.items()}
    cost = compute({key: onnx.load(file, load_external_data=False) for key, file in files.items()})
    for name, measured in measure(files, side, model.network == "mssnet").items():
        names = ", ".join(file.name for file in files.values())
        print(f"{model.id}: {names}: {name}: counted from the graph {cost[name]}, measured {measured}")
        cost[name] = max(measured, cost[name])
    return cost


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", choices=list(MODELS))
    ask.add_argument("--models", type=Path, default=Path("../public/models"))
    ask.add_argument("--side", type=int, default=512)
    ask.add_argument("--write", action="store_true", help="record the larger of measured and counted in the manifest")
    options = ask.parse_args()
    model = MODELS[options.model]
    folder = options.models / model.id
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["compute"] = cost_of(model, folder, manifest["graphs"], options.side)
    second = manifest["wasm"]["graphs"]
    manifest["wasm"]["compute"] = cost_of(model, folder, manifest["graphs"] | second, options.side)
    if options.write:
        write_manifest(folder, manifest)


if __name__ == "__main__":
    main()
