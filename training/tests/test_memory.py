"""The memory measurement, on a graph whose need is known."""

import sys

import pytest

from limpid.export.builder import GraphBuilder
from limpid.export.weights import WeightTable
from limpid.memory import first_graph_feeds, growth


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_growth_is_that_of_the_live_tensors(tmp_path):
    """A 64-channel tensor of 512 x 512 pixels takes 64 MiB; the graph holds two of them at once."""
    g = GraphBuilder("hand", WeightTable({}))
    x = g.input("image", (1, 3, "height", "width"))
    wide = g.concat(*[x] * 21)
    squared = g.mul(wide, wide)
    g.output(g.node("Sub", squared, g.node("Sin", wide)), "out", (1, 63, "height", "width"))
    (tmp_path / "g.onnx").write_bytes(g.model().SerializeToString())
    size = 63 * 512 * 512 * 4
    measured = growth(tmp_path / "g.onnx", first_graph_feeds(512, False))
    assert 1.9 * size < measured < 3.3 * size
