"""Draws figures in a process of its own, so that no earlier import of a changed source survives.

``python -m softdial_site.figures.draw NAME …`` prints one JSON object: a drawing by name.
"""

import base64
import importlib
import io
import json
import re
import sys
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from softdial_site.figures.catalog import catalog
from softdial_site.figures.registry import REGISTRY, Declared
from softdial_site.figures.script import script
from softdial_site.figures.svg import LICENSE, Lean

WIDTH = 2000
EDGE = 6  # points of white above and below what is drawn


def draw(name: str) -> dict[str, Any]:
    """Everything a page and a download need of one figure, as plain data."""
    chapter = catalog()[name]
    importlib.import_module(f"softdial_site.figures.{chapter.stem}")
    declared = REGISTRY[name]
    svg, png = render(name, declared)
    claim, reading = words(declared.caption)
    lean = Lean(name, svg)
    return {
        "caption": declared.caption,
        "values": declared.values,
        "script": script(chapter, declared.draw.__name__, f"{name}.svg"),
        "alt": declared.alt,
        "inline": lean.inline(declared.alt, reading),
        "svg": lean.standalone(claim, declared.alt),
        "png": base64.b64encode(png).decode(),
    }


def render(name: str, declared: Declared) -> tuple[str, bytes]:
    """Matplotlib's own SVG and PNG of one drawing, the same bytes each time."""
    svg, png = io.StringIO(), io.BytesIO()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": name})
        figure = declared.draw()
        # Figures stay inside their axes; clip paths would only add ids.
        for artist in figure.findobj():
            artist.set_clip_on(False)
        marks = {"Software": None, "Description": declared.alt, "Copyright": f"CC BY 4.0 {LICENSE}"}
        box = trimmed(figure)
        dpi = WIDTH / figure.get_figwidth()
        figure.savefig(png, format="png", dpi=dpi, metadata=marks, bbox_inches=box)
        figure.savefig(
            svg, format="svg", transparent=True, metadata={"Date": None}, bbox_inches=box
        )
    return svg.getvalue(), png.getvalue()


def trimmed(figure: Figure) -> Bbox:
    """The box, in inches, that leaves the same white above and below all that is drawn."""
    drawn = figure.get_tightbbox()
    low, high = round(72 * drawn.y0) - EDGE, round(72 * drawn.y1) + EDGE
    return Bbox.from_extents(0, low / 72, figure.get_figwidth(), high / 72)


def words(caption: str) -> tuple[str, str]:
    """Claim and reading of a caption, without markup and without the link at its end."""
    claim, reading = re.fullmatch(r"\*\*(.+?)\*\* (.+?) [^.]*\[.*", caption).groups()
    return claim, re.sub("[`*]", "", reading)


def _noted(name: str) -> dict[str, Any]:
    try:
        return draw(name)
    except Exception as error:
        error.add_note(f"while drawing figure {name}")
        raise


if __name__ == "__main__":
    print(json.dumps({name: _noted(name) for name in sys.argv[1:]}))
