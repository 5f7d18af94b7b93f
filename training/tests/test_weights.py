"""weights.bin and the tensor list: what the page's importer will do with a checkpoint gives the shipped bytes."""

import json

import numpy as np
import pytest
import torch
from conftest import seeded_network

import limpid.export.__main__ as command
from limpid.blend import blend
from limpid.export.catalogue import MODELS
from limpid.export.checkpoint import fill, load_checkpoint, rounded, unpack
from limpid.export.folder import export
from limpid.export.listing import list_of
from limpid.grow import grow
from limpid.grow import main as grow_main
from limpid.networks import build

RECORD = {"summary": "test", "data": "test", "minutes": 0, "iterations": 0, "machine": "test", "date": "2026-01-01"}


@pytest.fixture(scope="module", params=list(MODELS))
def folder(request, tmp_path_factory):
    """A folder exported from seeded weights: (model, state dict, path)."""
    model = MODELS[request.param]
    state = seeded_network(model.network).state_dict()
    path = tmp_path_factory.mktemp(model.id)
    assert export(model.id, state, path, RECORD) < 1e-4
    return model, state, path


def rebuild(tensors, size, state):
    """Written from contract/manifest.ts alone: slice, reshape, place."""
    file = np.zeros(size, np.uint8)
    for entry in tensors:
        source = entry["source"]
        values = state[source["tensor"]].numpy()
        assert list(values.shape) == source["shape"]
        if "slice" in source:
            cut = source["slice"]
            values = np.take(values, range(cut["start"], cut["end"]), axis=cut["axis"])
        values = values.reshape(entry["shape"]).astype("<f2")
        file[entry["offset"] : entry["offset"] + values.nbytes] = np.frombuffer(values.tobytes(), np.uint8)
    return file.tobytes()


def test_tensor_list_rebuilds_the_file(folder):
    _, state, path = folder
    weights = json.loads((path / "manifest.json").read_text())["weights"]
    shipped = (path / "weights.bin").read_bytes()
    assert len(shipped) == weights["bytes"]
    assert rebuild(weights["tensors"], weights["bytes"], state) == shipped


def test_folder_gives_the_state_dict_back(folder):
    """Every tensor that the page uses comes back as its float16 value, under every name it has."""
    model, state, path = folder
    torch.manual_seed(9)
    back = unpack(path, build(model.network))
    unused = {"mimo": ("ConvsOut.",), "mssn": ("tail1_1", "tail2_", "tail3_1", "tail3_2")}.get(model.network[:4], ())
    for name, value in rounded(dict(state)).items():
        assert name.startswith(unused) if unused and name.startswith(unused) else torch.equal(back[name], value), name


def test_manifest_has_the_contracts_fields(folder):
    model, _, path = folder
    manifest = json.loads((path / "manifest.json").read_text())
    contract = (path_of_contract() / "manifest.ts").read_text()
    body = contract.split("export interface Manifest {")[1].split("\n}")[0]
    fields = [line.split("readonly ")[1].split(":")[0] for line in body.splitlines() if line.startswith("  readonly")]
    required = {f for f in fields if not f.endswith("?")}
    allowed = required | {f.rstrip("?") for f in fields}
    assert required <= set(manifest) <= allowed
    assert manifest["halo"] % manifest["multiple"] == 0
    assert ("scale" in manifest) == model.liif
    assert manifest.get("halfSizeInput", False) == (model.network == "mssnet")
    golden = manifest["golden"]
    answer = np.frombuffer((path / golden["output"]["file"]).read_bytes(), "<f4")
    assert answer.size == 3 * golden["outputWidth"] * golden["outputHeight"]


def path_of_contract():
    from pathlib import Path

    return Path(__file__).parents[2] / "contract"


def test_wrong_checkpoints_are_named(tmp_path):
    state = seeded_network("liif-edsr").state_dict()
    with pytest.raises(ValueError, match="imnet.layers.8.bias"):
        fill(build("liif-edsr"), {k: v for k, v in state.items() if k != "imnet.layers.8.bias"})
    with pytest.raises(ValueError, match=r"encoder.head.0.weight has shape \(64, 3, 1, 1\)"):
        fill(build("liif-edsr"), state | {"encoder.head.0.weight": torch.zeros(64, 3, 1, 1)})
    state["imnet.layers.8.bias"] = torch.tensor([0.0, float("nan"), 0.0])
    with pytest.raises(ValueError, match="imnet.layers.8.bias"):
        export("liif-edsr", state, tmp_path, RECORD)


def test_a_failed_export_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    folder = tmp_path / "liif-edsr"
    folder.mkdir()
    (folder / "weights.bin").write_bytes(b"before")
    monkeypatch.setattr("limpid.export.folder.golden_difference", lambda *_: 1.0)
    with pytest.raises(ValueError, match="differ from the network"):
        export("liif-edsr", seeded_network("liif-edsr").state_dict(), folder, RECORD)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {"weights.bin": b"before"}
    assert list(tmp_path.iterdir()) == [folder]


def test_a_new_model_is_listed_once_and_at_the_end(tmp_path, monkeypatch):
    """By the command: its folder's list is that of the checkout around it; without one nothing is written."""
    models = tmp_path / "public" / "models"
    monkeypatch.setattr(command, "export", lambda *_: 0.0)
    monkeypatch.setattr(command, "load_checkpoint", lambda _: {"model": {}, "record": RECORD | {"minutes": 1}})
    monkeypatch.setattr("sys.argv", ["export", "liif-rdn", "--weights", "none.pt", "--models", str(models)])
    command.main()
    assert list(tmp_path.iterdir()) == []
    ids = tmp_path / "contract" / "model-ids.json"
    ids.parent.mkdir()
    ids.write_text('["mimo-unet-plus"]')
    for _ in range(2):
        command.main()
        assert ids.read_text() == '[\n  "mimo-unet-plus",\n  "liif-rdn"\n]\n'


def test_the_pages_list_has_every_shipped_folder():
    models = path_of_contract().parent / "public" / "models"
    assert sorted(json.loads(list_of(models).read_text())) == sorted(folder.name for folder in models.iterdir())


def test_authors_layouts_are_read(tmp_path):
    state = seeded_network("liif-edsr").state_dict()
    layouts = {
        "liif": {"model": {"name": "liif", "args": {}, "sd": state}, "epoch": 3},
        "mssnet": {"model_state_dict": {f"module.{k}": v for k, v in state.items()}},
        "bare": dict(state),
        "limpid": {"model": state, "iterations": 5},
    }
    for name, saved in layouts.items():
        torch.save(saved, tmp_path / name)
        loaded = load_checkpoint(tmp_path / name)["model"]
        assert all(torch.equal(loaded[k], v) for k, v in state.items()) and len(loaded) == len(state)


@pytest.mark.parametrize("small,big", [("liif-edsr", "liif-rdn"), ("mimo-unet", "mimo-unet-plus")])
def test_grown_network_computes_the_same(small, big):
    state = seeded_network(small).state_dict()
    networks = [fill(build(small), dict(state)), fill(build(big), grow(state))]
    image = torch.rand(1, 3, 12, 20, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        before, after = (n.latent(image * 2 - 1) if hasattr(n, "imnet") else n(image)[-1] for n in networks)
    assert (before - image.mean()).abs().max() > 0.05
    assert (before - after).abs().max() < 1e-5
    with pytest.raises(ValueError):
        grow({"other": torch.zeros(1)})


def test_growing_says_in_a_sentence_what_it_cannot_read(tmp_path, monkeypatch):
    torch.save({"model": {"other": torch.zeros(1)}}, tmp_path / "other.pt")
    for source, said in ((tmp_path / "none.pt", "No such file"), (tmp_path / "other.pt", "larger sibling")):
        monkeypatch.setattr("sys.argv", ["grow", str(source), str(tmp_path / "big.pt")])
        with pytest.raises(SystemExit, match=f"error: .*{said}"):
            grow_main()
    assert not (tmp_path / "big.pt").exists()


def test_blend_lies_between_and_refuses_strangers():
    start, trained = (seeded_network("liif-edsr", seed).state_dict() for seed in (1, 2))
    for name, value in blend(start, trained, 0.25).items():
        assert torch.allclose(value, 0.75 * start[name] + 0.25 * trained[name], atol=1e-6)
    assert all(torch.equal(value, trained[name]) for name, value in blend(start, trained, 1).items())
    with pytest.raises(ValueError, match="one network"):
        blend(start, seeded_network("mimo-unet").state_dict(), 0.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        blend(start, trained, 1.6)
