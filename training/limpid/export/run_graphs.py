"""Runs exported folders through ONNX Runtime on the CPU, as the page does: for tests, checks and seam measurements."""

from pathlib import Path

import numpy as np
import onnxruntime as ort

from .axis import axis, decoder_inputs
from .graphs import WINOGRAD


def session(file: Path, threads: int = 1) -> ort.InferenceSession:
    """A CPU session; weights are read from the file beside it. Raises onnxruntime's own errors."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


class FolderRunner:
    """The graphs of one model folder, loaded; `winograd`: those that WASM runs."""

    def __init__(self, folder: Path, winograd: bool = False, threads: int = 1):
        files = {f.stem: f for f in folder.glob("*.onnx") if not f.name.endswith(WINOGRAD)}
        if winograd:
            files |= {f.name.removesuffix(WINOGRAD): f for f in folder.glob(f"*{WINOGRAD}")}
        self.sessions = {key: session(file, threads) for key, file in files.items()}

    def restore(self, image: np.ndarray, half: np.ndarray | None = None) -> np.ndarray:
        """(1,3,h,w) -> (1,3,h,w); `half` for MSSNet only."""
        feeds = {"image": image} if half is None else {"image": image, "half": half}
        return self.sessions["network"].run(None, feeds)[0]

    def latent(self, image: np.ndarray) -> np.ndarray:
        """(1,3,h,w) in [0,1] -> (1,256,h,w)."""
        return self.sessions["encoder"].run(None, {"image": image})[0]

    def colours(self, latent: np.ndarray, feeds: dict[str, np.ndarray]) -> np.ndarray:
        """(1,3,R,C) for the coordinates of `decoder_inputs`."""
        return self.sessions["decoder"].run(None, {"latent": latent, **feeds})[0]

    def enlarge(self, image: np.ndarray, height: int, width: int, ensemble: bool = True, band: int = 64) -> np.ndarray:
        """(1,3,h,w) in [0,1] -> (1,3,height,width), encoder once and the decoder in bands of output rows."""
        size = image.shape[2:]
        latent = self.latent(image)
        columns = axis(size[1], width, ensemble)
        parts = []
        for first in range(0, height, band):
            rows = axis(size[0], height, ensemble, first, min(band, height - first))
            parts.append(self.colours(latent, decoder_inputs(rows, columns, size, (height, width))))
        return np.concatenate(parts, 2)
