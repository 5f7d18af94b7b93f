"""Checkpoints on disk: Limpid's own and the authors' layouts, and the state dict inside a shipped folder."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .weights import DTYPES

State = dict[str, Tensor]


def load_checkpoint(file: Path) -> dict:
    """A .pt file as a dict with "model" (state dict, float32) and whatever else it carries.

    Reads Limpid's {"model": sd}, LIIF's {"model": {"sd": sd}}, MSSNet's {"model_state_dict": sd} and bare state dicts,
    with or without DataParallel's "module." prefix. Nothing in the file is executed.
    """
    saved = torch.load(file, map_location="cpu", weights_only=True)
    state = saved.get("model", saved.get("model_state_dict", saved))
    state = state.get("sd", state)
    tensors = {k.removeprefix("module."): v.float() for k, v in state.items() if isinstance(v, Tensor)}
    return {**{k: v for k, v in saved.items() if k not in ("model", "model_state_dict")}, "model": tensors}


def fill(network: nn.Module, state: State) -> nn.Module:
    """Loads `state` into `network` (evaluation mode), passing over tensors that it does not have.

    Raises ValueError naming the first missing or misshapen tensor.
    """
    for name, value in network.state_dict().items():
        if name not in state:
            raise ValueError(f"tensor {name} is missing")
        if state[name].shape != value.shape:
            raise ValueError(f"tensor {name} has shape {tuple(state[name].shape)}, needs {tuple(value.shape)}")
    network.load_state_dict({name: state[name] for name in network.state_dict()})
    return network.eval()


def rounded(state: State) -> State:
    """The same numbers after a trip through float16, as a shipped folder stores them."""
    return {k: v.half().float() for k, v in state.items()}


def unpack(folder: Path, network: nn.Module) -> State:
    """The state dict behind a folder's weights.bin, rebuilt from its manifest's tensor list.

    Tensors that the graphs do not use keep `network`'s own values; a number that a checkpoint carries under several
    names (MSSNet's PReLU) is set under each.
    """
    weights = json.loads((folder / "manifest.json").read_text())["weights"]
    numbers = np.frombuffer((folder / weights["file"]).read_bytes(), DTYPES[weights["dtype"]])
    state = {k: v.clone() for k, v in network.state_dict().items()}
    for entry in weights["tensors"]:
        source, start = entry["source"], entry["offset"] // 2
        values = torch.from_numpy(numbers[start : start + int(np.prod(entry["shape"]))].astype(np.float32))
        part = source.get("slice")
        for name in sharing(network, source["tensor"]):
            target = state[name]
            if part:
                target = target.narrow(part["axis"], part["start"], part["end"] - part["start"])
            target.copy_(values.reshape(target.shape))
    return state


def sharing(network: nn.Module, name: str) -> list[str]:
    """All state-dict names of the parameter called `name`."""
    parameters = dict(network.named_parameters(remove_duplicate=False))
    return [other for other, value in parameters.items() if value is parameters[name]]
