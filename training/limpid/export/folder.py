"""Writes one model's folder and checks it: what it ships is what PyTorch answers."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from PIL import Image
from torch import Tensor, nn

from ..networks import build
from ..networks.mssnet import half_size
from .catalogue import MODELS
from .checkpoint import fill, rounded
from .golden import GOLDEN_TOLERANCE, golden_answer, golden_picture
from .graphs import WINOGRAD, Graphs, build_graphs
from .manifest import file_entry, make_manifest, write_manifest
from .run_graphs import FolderRunner

# Our graphs against the network with the same weights, as stored in float16.
EXPORT_TOLERANCE = 1e-4


def write_graphs(graphs: Graphs, state: Mapping[str, Tensor], folder: Path, dtype: str = "float16") -> None:
    """Graph files and weights.bin."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {f"{key}.onnx": model for key, model in graphs.models.items()}
    files |= {f"{key}{WINOGRAD}": model for key, model in graphs.winograd.items()}
    (folder / "weights.bin").write_bytes(graphs.table.pack(state, dtype))
    for name, model in files.items():
        (folder / name).write_bytes(model.SerializeToString())
        onnx.checker.check_model(str(folder / name), full_check=True)


def export(model_id: str, state: Mapping[str, Tensor], folder: Path, training: dict) -> float:
    """Writes graphs, weights, golden picture and answer, and the manifest; gives the largest golden difference in
    ONNX Runtime.

    Raises ValueError when a tensor is missing or misshapen, or when the graphs differ from the network; `folder` is
    then as it was.
    """
    network = fill(build(MODELS[model_id].network), rounded(dict(state)))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        made = Path(scratch) / "new"
        made.mkdir()
        if (folder / "manifest.json").exists():  # what was measured on these weights is taken over
            shutil.copy(folder / "manifest.json", made)
        difference = write_folder(model_id, network, made, training)
        if folder.exists():
            folder.rename(Path(scratch) / "old")
        made.rename(folder)
    return difference


def write_folder(model_id: str, network: nn.Module, folder: Path, training: dict) -> float:
    """`export` for a network with its weights, without care for what `folder` holds."""
    model = MODELS[model_id]
    graphs = build_graphs(model.network, network.state_dict())
    write_graphs(graphs, network.state_dict(), folder)

    width, height = model.golden
    picture = golden_picture(width, height)
    answer = golden_answer(network, picture)
    (folder / "golden").mkdir(exist_ok=True)
    Image.fromarray(picture).save(folder / "golden" / "input.png", optimize=True)
    (folder / "golden" / "output.f32").write_bytes(answer.tobytes())
    difference = max(golden_difference(folder, picture, answer, form) for form in (False, True))
    if not difference <= EXPORT_TOLERANCE:
        raise ValueError(f"{model_id}: graphs differ from the network by {difference:.2e}")
    golden = {
        "input": file_entry(folder, "golden/input.png"), "output": file_entry(folder, "golden/output.f32"),
        "width": width, "height": height,
        "outputWidth": answer.shape[2], "outputHeight": answer.shape[1], "tolerance": GOLDEN_TOLERANCE,
    }
    write_manifest(folder, make_manifest(model, graphs, folder, golden, training))
    return difference


def golden_difference(folder: Path, picture: np.ndarray, answer: np.ndarray, winograd: bool = False) -> float:
    """Largest difference between `answer` (3,H,W) and the folder's graphs on `picture` (h,w,3) in ONNX Runtime."""
    runner = FolderRunner(folder, winograd)
    image = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255
    if "encoder" in runner.sessions:
        got = runner.enlarge(image.numpy(), *answer.shape[1:])
    else:
        needs_half = len(runner.sessions["network"].get_inputs()) == 2
        got = runner.restore(image.numpy(), half_size(image).numpy() if needs_half else None)
    return float(np.abs(got[0] - answer).max())
