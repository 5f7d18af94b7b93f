"""A network's graphs and their shared weights, ready to be written to a folder."""

from collections.abc import Mapping
from dataclasses import dataclass

import onnx
from torch import Tensor

from . import graph_liif, graph_mimo_unet, graph_mssnet
from .weights import WeightTable

BUILDERS = {
    "liif-edsr": {"encoder": graph_liif.encoder, "decoder": graph_liif.decoder},
    "liif-rdn": {"encoder": graph_liif.encoder, "decoder": graph_liif.decoder},
    "mimo-unet": {"network": graph_mimo_unet.network},
    "mimo-unet-plus": {"network": graph_mimo_unet.network},
    "mssnet": {"network": graph_mssnet.network},
}


# How the files of the second form end.
WINOGRAD = ".winograd.onnx"


@dataclass(frozen=True)
class Graphs:
    """`models` by graph key; `winograd` holds those that have a second form for WASM (winograd.py), under the same keys;
    `table` lists their tensors."""

    models: dict[str, onnx.ModelProto]
    winograd: dict[str, onnx.ModelProto]
    table: WeightTable


def build_graphs(network: str, state: Mapping[str, Tensor], dtype: str = "float16") -> Graphs:
    """The graphs of `network` (see NETWORKS); sizes are read from the state dict, so narrow test networks work too.

    `dtype` is how weights.bin stores the tensors: "float16" (one Cast to float32 each) or "float32".
    """
    table = WeightTable({name: tuple(value.shape) for name, value in state.items()})
    models = {key: build(table, dtype).model() for key, build in BUILDERS[network].items()}
    # LIIF's decoder has 1x1 convolutions only.
    second = {key: build(table, dtype, True).model() for key, build in BUILDERS[network].items() if key != "decoder"}
    return Graphs(models, second, table)
