"""Training records: each run is told by itself, and checkpoints of the older style keep what they say."""

import pytest
import torch
from conftest import seeded_network
from test_training import settings

from limpid.blend import main as blend_main
from limpid.credits import CREDITS, licences, read_credits
from limpid.export.__main__ import record_of
from limpid.export.checkpoint import load_checkpoint
from limpid.grow import main as grow_main
from limpid.records import machine, recipe, run_of, runs_behind, told_apart, trained_on

PICTURES = {"CC0": 2}
# As checkpoints were written before there were runs: `data` of the last run, the rest of all.
OLD = {"summary": "Ours.", "data": "2 pictures, sharp; blended", "minutes": 90.0, "machine": "a core", "date": "2026-11-21"}


def run(minutes=3.0, iterations=5, **changes) -> dict:
    return run_of(settings("mimo-unet-realblur", **changes), minutes, iterations, PICTURES, "cpu", 346.2)


def test_runs_add_up_and_each_keeps_its_recipe():
    first = trained_on({}, run(3, 5))
    saved = {"iterations": first["iterations"], "record": first}
    second = trained_on(saved, run(4.5, 7, rate=1e-4, teacher="mssnet-realblur-r", taught=0.5))
    assert (second["minutes"], second["iterations"]) == (7.5, 12)
    assert [r["rate"] for r in second["runs"]] == [5e-4, 1e-4] and second["runs"][0] == first["runs"][0]
    assert second["runs"][1]["teacher"] == {"model": "mssnet-realblur-r", "share": 0.5, "minutes": 346.2}
    assert "teacher" not in second["runs"][0] and "2 runs" in second["data"] and "one run" in first["data"]


def test_a_recipe_says_what_the_inputs_had():
    told = recipe(settings("mimo-unet-realblur", longest=24.0, pages=16, page_share=0.1), 272)
    for part in ("272 photographs", "10 % of the crops came from 16 drawn pages", "at most 24 pixels", "2 to 16 pixels more",
                 "30 % of the blurred daylight inputs had Gaussian noise with a standard deviation of up to 0.01",
                 "85 % of the daylight exposures were averaged in encoded values", "10 % of the pairs were in low light"):
        assert part in told
    assert "low light" not in recipe(settings("mimo-unet-plus", realblur=False), 272)
    liif = recipe(settings("liif-edsr"), 272)
    assert "factors from 1 to 4" in liif and "In 20 % of the groups" in liif and "nearest cell" in liif
    clean = recipe(settings("liif-edsr", flawed=0.0), 272)
    assert "from 1 to 4, without any flaw added. " in clean and "groups of crops" not in clean
    assert "first 3 of the six" in recipe(settings("mssnet-realblur-r", stages=3), 272)
    assert all(sentence.endswith(".") for sentence in (told, liif))


def test_a_machine_is_told_in_words(monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    for cores, threads, told in ((2, 1, "one thread of an x86-64 CPU with two cores"), (16, 8, "8 threads of an x86-64 CPU with 16 cores")):
        monkeypatch.setattr("os.cpu_count", lambda: cores)
        assert machine("cpu", threads) == told


def test_a_checkpoint_of_the_older_style_is_trained_on_and_exported():
    start = {"iterations": 8, "record": OLD}
    saved = {"iterations": 20, "start": start, "record": OLD | {"data": "3 pictures", "minutes": 150.5, "machine": "a core; then a box"}}
    first, second = runs_behind(saved)
    assert (first["minutes"], first["iterations"], first["machine"]) == (90.0, 8, "a core")
    assert (second["minutes"], second["iterations"], second["machine"]) == (60.5, 12, "a box")
    assert second["data"] == "Its record of that time says: 3 pictures."
    later = trained_on(saved, run(2, 4))
    assert (later["minutes"], later["iterations"], len(later["runs"])) == (152.5, 24, 3)
    exported = record_of(saved, {})
    assert exported["runs"] == [first, second] and list(exported)[-1] == "runs"
    # What the shipped record knows about the time before stands in its place.
    known = [run(60, 5), run(30, 3)]
    shipped = record_of(saved, {}, {"summary": "Theirs.", "runs": known})
    assert shipped["runs"] == [*known, second] and shipped["summary"] == "Theirs."
    for other in ([], known[:1], [run(60, 5), run(30, 4)]):
        assert told_apart(exported, {"runs": other}) == exported


def test_weights_without_a_record_count_their_iterations_and_no_runs():
    assert runs_behind({"iterations": 9}) == []
    record = trained_on({"iterations": 9, "record": {"summary": "Trained on by Limpid from x.pt."}}, run(3, 5))
    assert (record["iterations"], record["minutes"], len(record["runs"])) == (14, 3, 1)
    assert record["summary"] == "Trained on by Limpid from x.pt."
    with pytest.raises(ValueError, match="give --summary"):
        record_of({"iterations": 9}, {})


def test_a_grown_copy_says_so_until_it_is_trained_on(tmp_path, monkeypatch):
    small = {"model": seeded_network("mimo-unet").state_dict(), "iterations": 7, "record": OLD}
    torch.save(small, tmp_path / "small.pt")
    monkeypatch.setattr("sys.argv", ["grow", str(tmp_path / "small.pt"), str(tmp_path / "big.pt")])
    grow_main()
    grown = load_checkpoint(tmp_path / "big.pt")
    assert grown["record"]["sameAs"] == "mimo-unet-realblur" and grown["record"]["minutes"] == OLD["minutes"]
    assert record_of(grown, {"machine": "another"})["machine"] == "another"
    assert record_of(grown, {})["sameAs"] == "mimo-unet-realblur" and "sameAs" not in record_of(small, {})
    later = trained_on(grown, run(3, 5))
    assert later["iterations"] == 12 and "sameAs" not in later


def test_a_remark_travels_with_the_record_until_another_is_given():
    saved = {"iterations": 1, "record": OLD | {"remark": "an early checkpoint"}}
    assert record_of(saved, {})["remark"] == "an early checkpoint"
    assert record_of(saved, {"remark": "well trained"})["remark"] == "well trained"
    assert trained_on(saved, run())["remark"] == "an early checkpoint"
    assert "remark" not in trained_on({}, run())


def test_a_blend_notes_its_share_at_the_last_run(tmp_path, monkeypatch):
    def blend(start, trained, out, share) -> dict:
        words = ["blend", start, trained, out, "--share", share]
        monkeypatch.setattr("sys.argv", [str(word) for word in words])
        blend_main()
        return load_checkpoint(out)["record"]

    weights = {"a": torch.ones(2)}
    record = trained_on({"iterations": 7, "record": OLD | {"sameAs": "liif-edsr"}}, run())
    a, b, c, d = (tmp_path / f"{name}.pt" for name in "abcd")
    torch.save({"model": weights}, a)
    torch.save({"model": weights, "iterations": 12, "record": record}, b)
    told = blend(a, b, c, 0.65)
    assert [r.get("blended") for r in told["runs"]] == [None, 0.65] and "sameAs" not in told
    assert [r.get("blended") for r in blend(a, c, d, 0.8)["runs"]] == [None, 0.52]
    assert blend(b, a, d, 1.2) == {}


def test_credits_name_272_pictures_each_with_author_licence_and_source(tmp_path):
    rows = read_credits()
    assert len(rows) == 272 and all(all(row.values()) for row in rows.values())
    assert not any(value.startswith(("/", "http")) for row in rows.values() for value in row.values())
    counts = licences([*rows, "mine.png"])
    assert counts["CC BY-SA 4.0"] == 127 and counts["not listed in CREDITS.tsv"] == 1 and sum(counts.values()) == 273
    lines = CREDITS.read_text().splitlines()
    for wrong in ([*lines, lines[1]], [*lines, "new.png\tsomebody\t\tnothing\tx/y\tnew.png"]):
        (tmp_path / "CREDITS.tsv").write_text("\n".join(wrong))
        with pytest.raises(ValueError, match="twice or without a licence"):
            read_credits(tmp_path / "CREDITS.tsv")
