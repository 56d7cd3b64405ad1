"""Dots lie on their curves, labels stand at the T they name, bars are as long as their shares."""

import importlib
import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

from softdial_site.figures import index, plans
from softdial_site.figures.catalog import catalog
from softdial_site.figures.registry import REGISTRY
from softdial_site.figures.style import (
    INK,
    STANDARD,
    dot,
    label,
    look,
    panel,
    short,
    temperature_axis,
)

# Here dots are data of their own, with no curve through them.
FREE = {
    "calibration-reliability",
    "physics-cooling",
    "sampling-gumbel",
}


def distance(point, line):
    """How far a point is from a line of many points."""
    start, step = line[:-1], np.diff(line, axis=0)
    long = np.maximum((step**2).sum(1), 1e-12)
    along = np.clip(((point - start) * step).sum(1) / long, 0, 1)
    return np.nanmin(np.hypot(*(point - start - along[:, None] * step).T))


def stray(ax):
    """Yield the dots that lie on no line, by more than a pixel, and the labels at a wrong T."""
    found = [line.get_xydata().astype(float) for line in ax.lines]
    for bundle in ax.collections:
        found += getattr(bundle, "get_segments", list)()
    lines = [ax.transData.transform(line) for line in found if len(line) > 1]
    for line in ax.lines:
        for at in line.get_xydata() if line.get_marker() == "o" else ():
            place = ax.transData.transform(at)
            if min((distance(place, other) for other in lines), default=np.inf) > 1:
                yield f"a dot at {at}"
    if any(tick.get_text().startswith("T = ") for tick in ax.get_xticklabels()):
        for text in ax.texts:
            named = re.search(r"\bT = (\S+)", text.get_text())
            if named and named[1] != short(text.xy[0]):
                yield f"{text.get_text()!r} at T = {text.xy[0]}"


def drawing(name):
    importlib.import_module(f"softdial_site.figures.{catalog()[name].stem}")
    return REGISTRY[name].draw()


def bars(name):
    """The bars of a figure of one axes: left, bottom, width and height of each."""
    (ax,) = drawing(name).axes
    return np.array([bar.get_bbox().bounds for bar in ax.patches])


class TestBars:
    def test_on_the_dial_both_shares_of_a_temperature_stand_on_each_other(self):
        columns = bars("index-dial").reshape(len(index.STOPS), 2, 4)
        assert np.allclose(columns[..., 3], index.PAIRS[:, ::-1])
        assert np.allclose(columns[:, 0, 1], 0)
        assert np.allclose(columns[:, 1, 1], columns[:, 0, 3])
        assert np.allclose(columns[..., 0] + columns[..., 2] / 2, np.arange(6)[:, None])

    def test_on_the_dial_they_have_the_color_of_their_temperature(self):
        (ax,) = drawing("index-dial").axes
        found = [to_hex(bar.get_edgecolor()).upper() for bar in ax.patches[1::2]]
        assert found == [look(stop)["color"] for stop in index.STOPS]

    def test_on_the_board_both_shares_stand_beside_each_other(self):
        rows = bars("plans-board").reshape(3, 2, 4)
        assert np.allclose(rows[..., 2] / rows[..., 2].sum(1, keepdims=True), plans.SHARES[:, ::-1])
        assert np.allclose(rows[:, 1, 0], rows[:, 0, 0] + rows[:, 0, 2])

    def test_on_the_board_a_gap_is_what_is_written_before_it(self):
        (ax,) = drawing("plans-board").axes
        found = [re.fullmatch(r"(\S*) ?log 3 = .*", text.get_text()) for text in ax.texts]
        factors = [{"": 1, "½": 0.5, "2": 2}[gap[1]] for gap in found if gap]
        assert np.allclose(np.multiply(factors, np.log(3)), plans.GAPS)

    def test_on_the_line_each_token_has_its_stretch_and_the_point_is_on_pot(self):
        line = bars("plans-line")
        assert np.allclose(line[:, 0] + line[:, 2], plans.STEPS)
        assert np.allclose(line[:, 2], plans.CHANCES)
        assert plans.TOKENS[np.searchsorted(plans.STEPS, plans.U)] == "pot"
        (ax,) = drawing("plans-line").axes
        names = {text.get_text(): text.xy[0] for text in ax.texts}
        assert np.allclose([names[name] for name in plans.TOKENS], line[:, 0] + line[:, 2] / 2)


class TestPoints:
    @pytest.mark.parametrize("name", sorted({*catalog()} - FREE))
    def test_dots_and_temperatures_are_where_they_belong(self, name):
        assert [fault for ax in drawing(name).axes for fault in stray(ax)] == []

    @pytest.mark.parametrize("name", sorted(FREE))
    def test_what_is_free_needs_to_be(self, name):
        assert [fault for ax in drawing(name).axes for fault in stray(ax)]

    @pytest.mark.parametrize(
        ("at", "text", "fault"),
        [((2, 0.6), "T = 2", "a dot at"), ((2, 0.5), "T = 4", "'T = 4' at T = 2")],
    )
    def test_one_beside_its_place_is_found(self, at, text, fault):
        ax = panel(STANDARD)
        temperature_axis(ax, 0.5, 8)
        ax.plot([0.5, 4, 8], [0.5, 0.5, 0.5])
        dot(ax, at, INK)
        label(ax, text, at)

        (found,) = stray(ax)
        assert found.startswith(fault)
