"""Shared by all tests: the package on the path, one thread, seeded networks, exported folders."""

import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parents[1]))

from limpid.export.folder import write_graphs  # noqa: E402
from limpid.export.graphs import build_graphs  # noqa: E402
from limpid.export.run_graphs import FolderRunner  # noqa: E402
from limpid.networks import build  # noqa: E402

torch.set_num_threads(1)


# Factors on PyTorch's default weights with which every block shows in the output and the picture stays near 0..1.
STRENGTH = {"liif-edsr": 1.3, "liif-rdn": 1.3, "mimo-unet": 1.2, "mimo-unet-plus": 1.0, "mssnet": 0.9}


def seeded_network(name: str, seed: int = 1):
    """The full-size network with seeded random weights."""
    torch.manual_seed(seed)
    network = build(name).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() > 1:
                parameter.mul_(STRENGTH[name])
        if name == "mssnet":
            network.shallow_feat1[1].body[1].weight.fill_(0.17)
    return network


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """(name, dtype, winograd) -> (network, runner of its exported graphs, folder); each folder is made once."""
    made = {}

    def get(name: str, dtype: str = "float32", winograd: bool = False):
        if (name, dtype) not in made:
            network = seeded_network(name)
            folder = tmp_path_factory.mktemp(f"{name}-{dtype}")
            write_graphs(build_graphs(name, network.state_dict(), dtype), network.state_dict(), folder, dtype)
            made[name, dtype] = (network, folder)
        network, folder = made[name, dtype]
        return network, FolderRunner(folder, winograd), folder

    return get


def picture(height: int, width: int, seed: int = 0) -> torch.Tensor:
    """(1,3,height,width) in [0,1]: smooth ramps, an edge and noise."""
    generator = torch.Generator().manual_seed(seed)
    y, x = torch.meshgrid(torch.linspace(0, 1, height), torch.linspace(0, 1, width), indexing="ij")
    ramps = torch.stack([x, y, 1 - (x + y) / 2])[None]
    edge = (x > 0.6).float() * 0.3
    return (ramps * 0.6 + edge + torch.rand(1, 3, height, width, generator=generator) * 0.2).clamp(0, 1)
