"""Motion during an exposure: hand-shake paths and moving objects, averaged in linear light.

Each instant of the exposure sees the scene shifted, slightly rolled, and with its nearer part shifted by another amount
(its depth, or its own movement). The mean over instants is the blurred picture, so the blur varies over the picture.
"""

import math
import random
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

LONGEST = 40.0  # pixels, the larger side of the camera's longest path
LAYERS = 0.3  # share of exposures with a nearer layer; in half of them it is an object that moves by itself
OBJECT = (2.0, 16.0)  # pixels that such an object moves more than the rest, so by more than the camera's longest path
MARGIN = 24  # pixels around a crop from which motion may bring light in
ROLL = 1.5  # degrees, the largest roll during an exposure
INSTANTS = (8, 96)


@dataclass(frozen=True)
class Motion:
    """Offsets in pixels, (T,2) as (x, y), and roll in radians (T); each has mean 0 over the exposure, so that the sharp
    picture lies at the middle of its blurred trace."""

    path: Tensor
    roll: Tensor


def random_path(extent: float, source: random.Random) -> Tensor:
    """A hand's path, (96,2), as wide as `extent` pixels: a walk whose heading drifts, with a rare sudden turn.

    After Boracchi and Foi, IEEE TIP 2012, section on random trajectories (inertia and impulsive shake). How much the
    heading drifts varies from path to path: a short exposure sees a nearly straight piece, a long one all of the shake.
    """
    steps = 96
    drift, jerk = 0.015 * source.random(), 0.005 * source.random()
    heading, turn = source.uniform(0, 2 * math.pi), source.gauss(0, drift)
    walk = [(0.0, 0.0)]
    for _ in range(steps - 1):
        turn = 0.92 * turn + source.gauss(0, drift)
        heading += turn + (source.gauss(0, 1.0) if source.random() < jerk else 0)
        walk.append((walk[-1][0] + math.cos(heading), walk[-1][1] + math.sin(heading)))
    path = torch.tensor(walk)
    return path * (extent / float((path.amax(0) - path.amin(0)).max().clamp_min(1e-9)))


def random_extent(source: random.Random, longest: float = LONGEST) -> float:
    """Pixels up to `longest`: a third each of smaller, middling and larger ones, hardly any too small to be seen."""
    least, most = source.choice(((0.05, 0.4), (0.2, 0.7), (0.3, 1.0)))
    return source.uniform(least * longest, most * longest)


def random_motion(source: random.Random, extent: float, speed: float = 0.0) -> Motion:
    """A camera motion of `extent` pixels, with instants enough for an object that moves `speed` pixels more."""
    path = random_path(extent, source)
    # No more than a pixel between instants, or the trace shows as separate copies; only the longest, most winding paths
    # reach the limit.
    way = float((path[1:] - path[:-1]).norm(dim=1).sum()) + speed
    instants = max(INSTANTS[0], min(INSTANTS[1], math.ceil(way) + 1))
    path = F.interpolate(path.T[None], size=instants, mode="linear", align_corners=True)[0].T
    roll = torch.linspace(-0.5, 0.5, instants) * math.radians(source.uniform(-ROLL, ROLL)) * min(1, extent / 8)
    return Motion(path - path.mean(0), roll)


def sampling_grid(offset: Tensor, roll: float, centre: tuple[float, float], side: int, device: torch.device) -> Tensor:
    """Grid (1,side,side,2) for grid_sample: a roll about `centre` (pixels from the crop's middle), then a shift."""
    cos, sin = math.cos(roll), math.sin(roll)
    x, y = centre
    shift_x = float(offset[0]) + x - cos * x + sin * y
    shift_y = float(offset[1]) + y - sin * x - cos * y
    matrix = torch.tensor([[cos, -sin, 2 * shift_x / side], [sin, cos, 2 * shift_y / side]], device=device)
    return F.affine_grid(matrix[None], [1, 1, side, side], align_corners=False)


def near_mask(side: int, source: random.Random, device: torch.device) -> Tensor:
    """(1,1,side,side) in [0,1]: the nearer part of the scene, a soft-edged random blob."""
    coarse = torch.tensor([[source.gauss(0, 1) for _ in range(4)] for _ in range(4)], device=device)
    field = F.interpolate(coarse[None, None], size=(side, side), mode="bicubic", align_corners=False)
    return torch.sigmoid(field * 12)


def expose(light: Tensor, source: random.Random, extent: float) -> Tensor:
    """(1,3,S,S) linear light -> (1,3,S,S) linear light, averaged over one random exposure of `extent` pixels.

    In a share LAYERS of the exposures the scene has two depths, or an object that moves by itself: a nearer layer with its
    own path, which for an object is up to OBJECT[1] pixels longer than `extent`.
    """
    side, device = light.shape[-1], light.device
    kind = source.random()
    near = None if kind < 1 - LAYERS else near_mask(side, source, device)
    # Two depths: the farther layer moves less. An object: the near layer adds its own straight movement.
    parallax = source.uniform(0.3, 0.9) if 1 - LAYERS <= kind < 1 - LAYERS / 2 else 1.0
    heading, speed = source.uniform(0, 2 * math.pi), source.uniform(*OBJECT) if kind >= 1 - LAYERS / 2 else 0.0
    motion = random_motion(source, extent, speed)
    instants = len(motion.roll)
    centre = (source.uniform(-2, 2) * side / 2, source.uniform(-2, 2) * side / 2)
    total = torch.zeros_like(light)
    layers = light if near is None else torch.cat([light * near, near], 1)
    for i in range(instants):
        roll, offset = float(motion.roll[i]), motion.path[i]
        grid = sampling_grid(offset * parallax, roll, centre, side, device)
        seen = F.grid_sample(light, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
        if near is not None:
            along = (i / (instants - 1) - 0.5) * speed
            own = offset + torch.tensor([math.cos(heading) * along, math.sin(heading) * along])
            grid = sampling_grid(own, roll, centre, side, device)
            front = F.grid_sample(layers, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
            seen = front[:, :3] + seen * (1 - front[:, 3:])
        total += seen
    return total / instants
