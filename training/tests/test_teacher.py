"""Goals from a teacher: what the loss compares with, what stays as it is, what is refused."""

import random
import sys

import pytest
import torch
from PIL import Image
from test_training import drawn_picture, pool, settings

import limpid.train as train
from limpid.export.checkpoint import load_checkpoint
from limpid.losses import pyramid_loss, reduced_to
from limpid.networks import build
from limpid.tasks import task_for
from limpid.teacher import Teacher, load_teacher
from limpid.trainer import Trainer


def test_the_loss_is_shared_between_sharp_picture_and_teacher():
    torch.manual_seed(4)
    made, student = settings("mimo-unet-realblur", taught=0.25), build("mimo-unet").eval()
    teacher = Teacher(build("mssnet"), "cpu")
    batch = task_for(made).batch(pool(), random.Random(2))
    source = random.Random(0)
    with torch.no_grad():
        outputs = student(batch.blurred)
        sharp, taught = pyramid_loss(outputs, batch.sharp), pyramid_loss(outputs, teacher(batch.blurred))
        assert not torch.isclose(sharp, taught)
        assert torch.isclose(task_for(made, teacher).loss(student, batch, source), 0.75 * sharp + 0.25 * taught)
        assert torch.isclose(task_for(made).loss(student, batch, source), sharp)


def test_without_its_frequency_part_the_loss_is_the_colours_alone():
    torch.manual_seed(4)
    student = build("mimo-unet").eval()
    made = settings("mimo-unet-realblur", frequency=0.0)
    batch = task_for(made).batch(pool(), random.Random(2))
    with torch.no_grad():
        outputs = student(batch.blurred)
        goals = [reduced_to(output.shape[-2:], batch.sharp, False) for output in outputs]
        colours = sum((output - goal).abs().mean() for output, goal in zip(outputs, goals))
        assert torch.isclose(task_for(made).loss(student, batch, random.Random(0)), colours)
        whole = task_for(settings("mimo-unet-realblur")).loss(student, batch, random.Random(0))
        assert whole > colours * 1.5


def test_a_student_learns_towards_its_teacher_who_stays():
    torch.manual_seed(5)
    teacher = Teacher(build("mimo-unet"), "cpu")
    before = {k: v.clone() for k, v in teacher.network.state_dict().items()}
    made = settings("mimo-unet-realblur", taught=1.0, iterations=8)
    trainer = Trainer(build("mimo-unet"), made, "cpu", teacher)
    image = trainer.task.batch(pool(), random.Random(7)).blurred

    def distance() -> float:
        with torch.no_grad():
            return float((trainer.network(image)[-1] - teacher(image)).abs().mean())

    first = distance()
    for _ in range(8):
        trainer.step(pool())
    assert distance() < first
    assert all(torch.equal(v, before[k]) for k, v in teacher.network.state_dict().items())


def test_an_mssnet_teaches_with_the_u_nets_that_were_trained(tmp_path):
    network, image = build("mssnet").eval(), torch.rand(1, 3, 32, 48)
    torch.save({"model": network.state_dict(), "stages": 3}, tmp_path / "three.pt")
    with torch.no_grad():
        taught = load_teacher("mssnet-realblur-r", tmp_path / "three.pt", "cpu")(image)
        assert torch.allclose(taught, network(image)[2], atol=1e-5)
    torch.save({"model": network.state_dict(), "stages": 1}, tmp_path / "one.pt")
    with pytest.raises(ValueError, match="half the size"):
        load_teacher("mssnet-realblur-r", tmp_path / "one.pt", "cpu")
    with pytest.raises(ValueError, match="deblurring model, not liif-edsr"):
        load_teacher("liif-edsr", tmp_path / "three.pt", "cpu")
    with pytest.raises(ValueError, match="tensor .* is missing"):
        load_teacher("mimo-unet-plus", tmp_path / "three.pt", "cpu")


def test_command_line_trains_with_a_teacher_and_records_it(tmp_path, monkeypatch):
    def run(*words) -> None:
        monkeypatch.setattr(sys, "argv", ["train", *map(str, words)])
        train.main()

    Image.fromarray(drawn_picture(0)).save(tmp_path / "0.png")
    common = ("--data", tmp_path, "--pages", "0", "--iterations", "1", "--batch", "1", "--patch", "32", "--threads", "1", "--cpu")
    teacher, out = tmp_path / "teacher.pt", tmp_path / "student.pt"
    run("mssnet-realblur-r", *common, "--stages", "2", "--out", teacher)
    assert load_checkpoint(teacher)["stages"] == 2
    run("mimo-unet-realblur", *common, "--teacher", "mssnet-realblur-r", teacher, "--out", out)
    (run_told,) = load_checkpoint(out)["record"]["runs"]
    assert run_told["data"].endswith("The pictures of MSSNet RealBlur-R were goals beside the sharp ones, for 50 % of the loss.")
    taught_by = load_checkpoint(teacher)["record"]["minutes"]
    assert run_told["teacher"] == {"model": "mssnet-realblur-r", "share": 0.5, "minutes": taught_by}
    with pytest.raises(SystemExit, match="--teacher is for deblurring"):
        run("liif-edsr", *common, "--teacher", "mssnet-realblur-r", teacher, "--out", out)
    with pytest.raises(SystemExit, match="--taught must be above 0"):
        run("mimo-unet-realblur", *common, "--teacher", "mssnet-realblur-r", teacher, "--taught", "0", "--out", out)
    with pytest.raises(SystemExit, match="No such file"):
        run("mimo-unet-realblur", *common, "--teacher", "mssnet-realblur-r", tmp_path / "none.pt", "--out", out)
