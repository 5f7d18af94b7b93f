"""Seconds that the authors' formulation of LIIF-EDSR x2 takes in PyTorch on this machine, as JSON.

    python bench/pytorch_reference.py --side 256 --threads 2 --repeat 3
"""

import argparse
import json
import statistics
import time

import torch
from as_written import DecoderAsWritten, queries, shipped

# The authors' evaluation answers this many queries per call.
CHUNK = 30000


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=int, default=256)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    wanted = parser.parse_args()
    torch.set_num_threads(wanted.threads)
    network = shipped("liif-edsr")
    image = torch.rand(1, 3, wanted.side, wanted.side, generator=torch.Generator().manual_seed(1))
    decoder = DecoderAsWritten(network.imnet.layers, wanted.side, wanted.side)
    coord, cell = queries(2 * wanted.side, 2 * wanted.side)
    times = []
    for _ in range(wanted.repeat + 1):
        start = time.perf_counter()
        features = network.encoder(image * 2 - 1)
        for i in range(0, coord.shape[1], CHUNK):
            decoder(features, coord[:, i : i + CHUNK], cell[:, i : i + CHUNK])
        times.append(time.perf_counter() - start)
    # the first round warms up
    seconds = statistics.median(times[1:])
    print(json.dumps({"seconds": seconds, "side": wanted.side, "threads": wanted.threads, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
