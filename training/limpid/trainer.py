"""The training loop's state: everything that must survive a stop, and one step."""

import math
import os
import random
from pathlib import Path

import torch
from torch import Tensor, nn

from .data.pictures import Pool
from .export.checkpoint import fill
from .networks import build
from .networks.mssnet import MssNet
from .tasks import Settings, task_for
from .teacher import Teacher

WARM_UP = 300
LEAST_RATE = 0.01  # share of the peak rate that the cosine ends on


def rate_at(iteration: int, settings: Settings) -> float:
    """Learning rate of the given iteration (from 0): linear warm-up, then one cosine over the run."""
    warm = min(1.0, (iteration + 1) / min(WARM_UP, max(1, settings.iterations // 10)))
    wave = 0.5 * (1 + math.cos(math.pi * min(1.0, iteration / settings.iterations)))
    return settings.rate * warm * (LEAST_RATE + (1 - LEAST_RATE) * wave)


def limit_stages(network: nn.Module, settings: Settings) -> nn.Module:
    """The network itself; an MSSNet runs only as many U-Nets as are trained."""
    if isinstance(network, MssNet):
        network.stages = settings.stages
    return network


class Trainer:
    """Network, optimiser, moving average and random generators of one run, on one device.

    `save` and `load` carry all of it, so on a CPU a resumed run goes on exactly as an uninterrupted one would. (On CUDA
    the data are the same, but some kernels add in varying order.)
    """

    def __init__(self, network: nn.Module, settings: Settings, device: str, teacher: Teacher | None = None):
        self.settings, self.device = settings, device
        self.network = network.to(device, memory_format=torch.channels_last).train()
        limit_stages(network, settings)
        self.optimiser = torch.optim.Adam(self.network.parameters(), lr=settings.rate, betas=(0.9, 0.99))
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        self.task = task_for(settings, teacher)
        self.source = random.Random(settings.seed)
        torch.manual_seed(settings.seed)
        self.iteration = 0
        self.minutes = 0.0

    def step(self, pool: Pool) -> float:
        """One iteration; gives its loss. Raises FloatingPointError when the loss is not finite."""
        s = self.settings
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(self.iteration, s)
        batch = self.task.batch(pool, self.source)
        with torch.autocast(self.device, torch.bfloat16, enabled=s.precision == "bfloat16"):
            loss = self.task.loss(self.network, batch, self.source)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        value = float(loss.detach())
        if not math.isfinite(value):
            raise FloatingPointError(f"loss is {value} at iteration {self.iteration}")
        nn.utils.clip_grad_norm_(self.network.parameters(), s.clip)
        self.optimiser.step()
        self.iteration += 1
        # The average follows closely at first, so that short runs do not ship their starting point.
        decay = min(s.average, (self.iteration + 1) / (self.iteration + 20))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.values()), list(self.network.state_dict().values()), 1 - decay)
        return value

    def averaged(self) -> dict[str, Tensor]:
        """The moving average of the weights: what is scored and shipped."""
        return {k: v.float().cpu().contiguous() for k, v in self.average.items()}

    def averaged_network(self) -> nn.Module:
        """A network with those weights, on the run's device, that computes what is trained."""
        # Building one draws first weights; a run that is scored must go on as one that is not.
        with torch.random.fork_rng(devices=[]):
            network = fill(build(self.settings.network), self.averaged())
        return limit_stages(network, self.settings).to(self.device)

    def save(self, file: Path) -> None:
        """Writes the whole state; an older file is replaced only when the new one is complete."""
        state = {
            "settings": self.settings.as_dict(),
            "iteration": self.iteration,
            "minutes": self.minutes,
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average,
            "source": self.source.getstate(),
            "torch": torch.get_rng_state(),
            "cuda": torch.cuda.get_rng_state_all() if self.device == "cuda" else [],
        }
        write_whole(state, file)

    def load(self, file: Path) -> None:
        """Continues from `save`. Raises ValueError when the file belongs to a run with other settings."""
        state = torch.load(file, map_location=self.device, weights_only=True)
        mine, theirs = self.settings.as_dict(), state["settings"]
        different = [k for k in mine if mine[k] != theirs.get(k)]
        if different:
            changes = ", ".join(f"{k} {theirs.get(k)} -> {mine[k]}" for k in different)
            raise ValueError(f"{file} is a run with other settings ({changes}); start afresh or give the same ones")
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        for name, value in state["average"].items():
            self.average[name].copy_(value)
        kind, inner, gauss = state["source"]
        self.source.setstate((kind, tuple(inner), gauss))
        torch.set_rng_state(state["torch"].cpu())
        if self.device == "cuda":
            torch.cuda.set_rng_state_all([s.cpu() for s in state["cuda"]])
        self.iteration, self.minutes = state["iteration"], state["minutes"]


def write_whole(value: dict, file: Path) -> None:
    """torch.save that never leaves half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    torch.save(value, new)
    os.replace(new, file)
