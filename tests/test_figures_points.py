"""In a figure dots lie on their curves, and a label that names a temperature stands there."""

import importlib
import re

import numpy as np
import pytest

from softdial_site.figures.catalog import catalog
from softdial_site.figures.registry import REGISTRY
from softdial_site.figures.style import INK, STANDARD, dot, label, panel, short, temperature_axis

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
