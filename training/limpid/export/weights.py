"""The table of tensors behind a model's graphs: names, places in weights.bin, and where each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod

import numpy as np
from torch import Tensor

# Each tensor starts on such a boundary, so that a runtime may use the bytes where they lie.
ALIGNMENT = 64
DTYPES = {"float16": np.dtype("<f2"), "float32": np.dtype("<f4")}


@dataclass(frozen=True)
class Slice:
    """Half-open range along one axis of a checkpoint tensor."""

    axis: int
    start: int
    end: int

    def of(self, values: np.ndarray) -> np.ndarray:
        """The range's values, same number of axes."""
        return values[(slice(None),) * self.axis + (slice(self.start, self.end),)]


@dataclass(frozen=True)
class Entry:
    """One initialiser: `tensor` of the checkpoint (or a slice of it), reshaped row-major to `shape`."""

    name: str
    shape: tuple[int, ...]
    tensor: str
    tensor_shape: tuple[int, ...]
    slice: Slice | None
    start: int  # in elements, a multiple of ALIGNMENT / 2

    def values(self, state: Mapping[str, Tensor]) -> np.ndarray:
        """This initialiser's numbers, float32, taken from a state dict of the authors' layout."""
        values = state[self.tensor].detach().float().cpu().numpy()
        if values.shape != self.tensor_shape:
            raise ValueError(f"{self.tensor} has shape {values.shape}, the graph needs {self.tensor_shape}")
        return (self.slice.of(values) if self.slice else values).reshape(self.shape)

    def manifest(self) -> dict:
        """As contract/manifest.ts's TensorEntry, byte offsets for float16."""
        source: dict = {"tensor": self.tensor, "shape": list(self.tensor_shape)}
        if self.slice:
            source["slice"] = {"axis": self.slice.axis, "start": self.slice.start, "end": self.slice.end}
        return {"name": self.name, "shape": list(self.shape), "offset": self.start * 2, "source": source}


@dataclass
class WeightTable:
    """Initialisers in the order in which graphs ask for them; graphs of one model share a table."""

    shapes: Mapping[str, tuple[int, ...]]
    entries: dict[str, Entry] = field(default_factory=dict)
    end: int = 0

    def add(self, tensor: str, shape: tuple[int, ...] | None = None, part: Slice | None = None, name: str = "") -> Entry:
        """The initialiser made from `tensor`; asking twice for the same name gives the same entry.

        Raises KeyError for a tensor that the network does not have.
        """
        name = name or tensor
        if name in self.entries:
            return self.entries[name]
        own = tuple(self.shapes[tensor])
        shape = own if shape is None else shape
        step = ALIGNMENT // 2
        start = -(-self.end // step) * step
        entry = Entry(name, shape, tensor, own, part, start)
        self.entries[name] = entry
        self.end = start + prod(shape)
        return entry

    def pack(self, state: Mapping[str, Tensor], dtype: str) -> bytes:
        """weights.bin for a state dict: little-endian, zeros between tensors.

        Raises ValueError where a value is not finite in `dtype`.
        """
        packed = np.zeros(self.end, DTYPES[dtype])
        for entry in self.entries.values():
            with np.errstate(over="ignore"):
                values = entry.values(state).astype(DTYPES[dtype])
            if not np.isfinite(values).all():
                raise ValueError(f"{entry.tensor} has values that are not finite in {dtype}")
            packed[entry.start : entry.start + values.size] = values.ravel()
        return packed.tobytes()
