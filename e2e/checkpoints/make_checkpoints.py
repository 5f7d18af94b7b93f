"""Checkpoints as the authors' training code saves them, with seeded random weights and PyTorch's answers.

    python e2e/checkpoints/make_checkpoints.py OUT [--make liif-edsr:zip mssnet:legacy ...] [--trained liif-edsr ...] [--seed 1]

OUT gets input.png, one answer per network (raw float32, little-endian, planar (3,H,W), not clamped), each network's
checkpoint in the forms asked for (all of them unless told), and checkpoints.json that lists them:

    [{"network", "file", "form", "answer", "width", "height", "scale"}, ...]

Forms: `zip` and `legacy` (before PyTorch 1.6) in the authors' full structure, for the networks in --trained (all unless
told) with Adam's moments, which make a file three times as large; `half`, the state dict alone in float16. An importer
must give the answer within 2e-3 from each of them. Needs torch, numpy and Pillow.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from limpid.export.catalogue import MODELS  # noqa: E402
from limpid.networks import NETWORKS, build  # noqa: E402
from limpid.networks.liif import enlarge  # noqa: E402

# Odd, so that each network that wants a multiple gets a picture grown by its edge; not square, so that no axis is taken
# for the other.
WIDTH, HEIGHT = 45, 29
SCALE = 2.5
MULTIPLE = {model.network: model.multiple for model in MODELS.values()}

# As the authors name their files (MSSNet: the last one that its training script writes).
FILES = {
    "liif-edsr": "edsr-baseline-liif.pth",
    "liif-rdn": "rdn-liif.pth",
    "mimo-unet": "MIMO-UNet.pkl",
    "mimo-unet-plus": "MIMO-UNetPlus.pkl",
    "mssnet": "model_03000E.pt",
}

# Factors on PyTorch's default weights with which every layer shows in the answer.
STRENGTH = {"liif-edsr": 1.3, "liif-rdn": 1.3, "mimo-unet": 1.2, "mimo-unet-plus": 1.0, "mssnet": 0.9}
# Standard deviation of what the network adds: LIIF around grey, the deblurring networks around their input.
SPREAD = 0.1


def picture(seed: int) -> np.ndarray:
    """(HEIGHT,WIDTH,3) bytes between 70 and 180: smooth colours, an edge and texture."""
    noise = np.random.default_rng(seed).normal(0, 6, (HEIGHT, WIDTH, 3))
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    smooth = np.stack([np.sin(x / 7), np.cos(y / 5), np.sin((x + y) / 9)], -1) * 30
    edge = np.where(x * 0.7 + y > 35, 20.0, -20.0)[..., None]
    return (125 + smooth + edge + noise).clip(70, 180).round().astype(np.uint8)


@torch.no_grad()
def answer(name: str, network: nn.Module, image: Tensor) -> Tensor:
    """(1,3,h,w) in [0,1] -> (3,H,W), not clamped."""
    if name.startswith("liif"):
        return enlarge(network, image, *(math.floor(side * SCALE + 0.5) for side in (HEIGHT, WIDTH)))[0]
    right, bottom = -WIDTH % MULTIPLE[name], -HEIGHT % MULTIPLE[name]
    padded = F.pad(image, (0, right, 0, bottom), mode="replicate")
    return network(padded)[-1][0, :, :HEIGHT, :WIDTH]


@torch.no_grad()
def seeded_network(name: str, seed: int, image: Tensor) -> nn.Module:
    """The full-size network; its last layer is scaled so that the answer to `image` stays near [0,1]."""
    torch.manual_seed(seed)
    network = build(name).eval()
    for parameter in network.parameters():
        if parameter.dim() > 1:
            parameter.mul_(STRENGTH[name])
    if name.startswith("liif"):
        last = network.imnet.layers[-1]
        added = answer(name, network, image) * 2 - 1
        mean = added.mean((1, 2))
        factor = 2 * SPREAD / (added - mean[:, None, None]).std()
        last.bias.sub_(mean)
        last.weight.mul_(factor)
        last.bias.mul_(factor)
        return network
    last = network.tail3_3 if name == "mssnet" else network.feat_extract[5].main[0]
    factor = SPREAD / (answer(name, network, image) - image[0]).std()
    for parameter in last.parameters():
        parameter.mul_(factor)
    return network


def authors_state(name: str, network: nn.Module) -> dict[str, Tensor]:
    """The state dict with what the authors' has beside it: EDSR's frozen mean shifts, which nothing uses."""
    state = dict(network.state_dict())
    if name == "liif-edsr":
        for shift in ("sub_mean", "add_mean"):
            state |= {f"encoder.{shift}.weight": torch.eye(3)[:, :, None, None], f"encoder.{shift}.bias": torch.ones(3)}
    return state


def with_training_state(name: str, network: nn.Module, state: dict[str, Tensor], trained: bool) -> dict:
    """What the authors' training loop saves; when `trained`, Adam has taken one step, so that its moments are there."""
    optimizer = torch.optim.Adam(network.parameters(), lr=0.0)
    if trained:
        for parameter in network.parameters():
            parameter.grad = torch.full_like(parameter, 1e-3)
        optimizer.step()
    moments = optimizer.state_dict()
    if name.startswith("liif"):
        spec = {"name": "liif", "args": {"encoder_spec": {"name": FILES[name]}, "imnet_spec": {"name": "mlp"}}, "sd": state}
        return {"model": spec, "optimizer": {"name": "adam", "args": {"lr": 1e-4}, "sd": moments}, "epoch": 1000}
    if name.startswith("mimo"):
        scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [500, 1000], 0.5)
        return {"model": state, "optimizer": moments, "scheduler": scheduler.state_dict(), "epoch": 3000}
    return {"model_state_dict": state, "optimizer_state_dict": moments, "epoch": 3000, "all_step": 789000}


FORMS = ("zip", "legacy", "half")


def save_forms(name: str, network: nn.Module, out: Path, forms: list[str], trained: bool) -> Iterator[tuple[str, str]]:
    """Writes the checkpoint in each of the forms; yields (form, file name)."""
    state = authors_state(name, network)
    full = with_training_state(name, network, state, trained)
    stem, suffix = Path(FILES[name]).stem, Path(FILES[name]).suffix

    writers = {
        "zip": lambda file: torch.save(full, file),
        "legacy": lambda file: torch.save(full, file, _use_new_zipfile_serialization=False),
        "half": lambda file: torch.save({k: v.half() for k, v in state.items()}, file),
    }
    for form in forms:
        file = f"{stem}.{form}{suffix}"
        writers[form](out / file)
        yield form, file


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("out", type=Path)
    every = [f"{name}:{form}" for name in NETWORKS for form in FORMS]
    ask.add_argument("--make", nargs="+", choices=every, default=every, metavar="NETWORK:FORM")
    ask.add_argument("--trained", nargs="+", choices=NETWORKS, default=list(NETWORKS))
    ask.add_argument("--seed", type=int, default=1)
    options = ask.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pixels = picture(options.seed)
    Image.fromarray(pixels).save(options.out / "input.png")
    image = torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255
    made = []
    forms: dict[str, list[str]] = {}
    for wanted in options.make:
        name, form = wanted.split(":")
        forms.setdefault(name, []).append(form)
    for name, asked in forms.items():
        network = seeded_network(name, options.seed, image)
        exact = answer(name, network, image).contiguous()
        exact.numpy().astype("<f4").tofile(options.out / f"{name}.f32")
        height, width = exact.shape[1:]
        scale = SCALE if name.startswith("liif") else 1
        for form, file in save_forms(name, network, options.out, asked, name in options.trained):
            made.append({
                "network": name, "file": file, "form": form,
                "answer": f"{name}.f32", "width": width, "height": height, "scale": scale,
            })  # fmt: skip
        print(f"{name}: answer {width} x {height} in {float(exact.min()):.2f} to {float(exact.max()):.2f}")
    (options.out / "checkpoints.json").write_text(json.dumps(made, indent=1) + "\n")


if __name__ == "__main__":
    main()
