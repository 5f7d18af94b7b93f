"""The two training tasks: how a batch is made and what the loss is."""

import random
from dataclasses import asdict, dataclass
from typing import Protocol

from torch import Tensor, nn

from .data.pictures import Pool
from .degradations.blurring import BlurringBatch, blurring_batch
from .degradations.enlarging import EnlargingBatch, enlarging_batch
from .losses import pyramid_loss
from .teacher import Teacher


@dataclass(frozen=True)
class Settings:
    """Everything that decides a run apart from the pictures; kept in the run's state file."""

    model: str
    network: str
    iterations: int
    batch: int
    patch: int
    queries: int
    rate: float
    single: float
    flawed: float
    realblur: bool
    longest: float
    stages: int
    taught: float
    teacher: str
    frequency: float
    pages: int
    page_share: float
    precision: str
    average: float
    clip: float
    seed: int

    def as_dict(self) -> dict:
        return asdict(self)


Batch = EnlargingBatch | BlurringBatch


class Task(Protocol):
    """`source` decides everything at random but tensors, which torch's own generator fills. Batches are made in float32,
    losses may run the network in lower precision."""

    def batch(self, pool: Pool, source: random.Random) -> Batch: ...

    def loss(self, network: nn.Module, batch: Batch, source: random.Random) -> Tensor: ...


@dataclass(frozen=True)
class Enlarging:
    """LIIF: mean absolute colour difference in [-1,1] (paper, section 5.1). With probability `single` a step is decoded
    from the nearest cell alone, so that the weights answer well both ways."""

    settings: Settings

    def batch(self, pool: Pool, source: random.Random) -> EnlargingBatch:
        s = self.settings
        return enlarging_batch(pool, s.batch, s.patch, s.queries, source, s.flawed)

    def loss(self, network: nn.Module, batch: EnlargingBatch, source: random.Random) -> Tensor:
        ensemble = source.random() >= self.settings.single
        return (network(batch.image, batch.coord, batch.cell, ensemble=ensemble) - batch.colours).abs().mean()


@dataclass(frozen=True)
class Deblurring:
    """MIMO-UNet and MSSNet: every output compared with the sharp picture, in colours and in frequencies; with a teacher
    the share `taught` of the loss is the same against the teacher's picture."""

    settings: Settings
    teacher: Teacher | None = None

    def batch(self, pool: Pool, source: random.Random) -> BlurringBatch:
        s = self.settings
        return blurring_batch(pool, s.batch, s.patch, source, s.realblur, s.longest)

    def loss(self, network: nn.Module, batch: BlurringBatch, source: random.Random) -> Tensor:
        outputs, aligned, frequency = network(batch.blurred), self.settings.network == "mssnet", self.settings.frequency
        loss = pyramid_loss(outputs, batch.sharp, aligned, frequency)
        if self.teacher is None:
            return loss
        taught = pyramid_loss(outputs, self.teacher(batch.blurred), aligned, frequency)
        return loss.lerp(taught, self.settings.taught)


def task_for(settings: Settings, teacher: Teacher | None = None) -> Task:
    return Enlarging(settings) if settings.network.startswith("liif") else Deblurring(settings, teacher)
