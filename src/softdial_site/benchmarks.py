"""Tables and the figure of the benchmarks page, from the results of ``make bench``."""

import json
import math
import re
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

from softdial_site import places
from softdial_site.tables import plain, scrolling, spelled

DATA = Path(__file__).parents[2] / "data" / "benchmarks.json"
Results = dict[str, Any]
NUMBERS = re.compile(r"(?<!,) ")  # a line breaks behind a comma alone
NORMALIZERS = ("softmax", "log_softmax", "logsumexp")
GOAL = "Our time divided by theirs; 0.5 is half their time. An asterisk marks what misses its goal."


def read(path: Path = DATA) -> Results:
    """The kept results; a row without ratios would leave a table without a word."""
    results = json.loads(path.read_text("utf-8"))
    if not all(row["ratios"] for row in results["rows"]):
        raise ValueError(f"{path.name} lacks ratios")
    return results


def place(html: str, results: Results) -> str:
    """Replace each ``![](bench:name)`` of a page by its table or figure."""
    makers = {name: partial(make, results) for name, make in MAKERS.items()}
    return places.fill(html, "bench", makers)


def normalizer(results: Results, function: str) -> str:
    """The ratios of one function: a row for each input, columns for both types."""
    rows = [row for row in results["rows"] if row["function"] == function]
    types = list(dict.fromkeys(row["dtype"] for row in rows))
    names = list(rows[0]["ratios"])  # a plain case is beside every peer
    head = [f"{name} {kind}" for kind in types for name in names]
    body = []
    for given in dict.fromkeys(row["input"] for row in rows):
        found = {row["dtype"]: row for row in rows if row["input"] == given}
        cells = [_ratio(found.get(kind), name) for kind in types for name in names]
        body.append([NUMBERS.sub("\N{NO-BREAK SPACE}", given), *cells])
    return scrolling("cases ratios", f"{function}. {GOAL}", plain(["input", *head], body))


def draws(results: Results) -> str:
    """The ratios of drawing and truncation, each beside what one writes without the package."""
    body = [
        [row["function"], f"{row['input']}, {row['dtype']}", name, _ratio(row, name)]
        for row in results["rows"]
        for name in row["ratios"]
        if row["function"] not in NORMALIZERS and name not in ("copy", "exp")
    ]
    head = ["function", "input", "beside", "ratio"]
    return scrolling("cases", f"Draws and truncation. {GOAL}", plain(head, body))


def _ratio(row: dict[str, Any] | None, name: str) -> str:
    if row is None or name not in row["ratios"]:
        return "\N{EN DASH}"
    over = name == next(iter(row["ratios"])) and row["ratios"][name] > row["goal"]
    return f"{row['ratios'][name]:g}" + "*" * over


def sums(results: Results) -> str:
    """The errors of float32 sums along the first axis."""
    head = list(results["sums"][0])
    rows = [row.values() for row in results["sums"]]
    body = [[shape, *(f"{error:g}" for error in errors)] for shape, *errors in rows]
    caption = "Largest relative error of float32 sums along axis 0, × 2⁻²⁴"
    return scrolling("cases", caption, plain(head, body))


def mutants(results: Results) -> str:
    """What no test noticed, and why that is right."""
    found = results["mutants"]
    caption = f"{found['noticed']} of {found['tried']} changes noticed, {found['there']} possible"
    body = [[one["change"], one["reason"] or "not told apart yet"] for one in found["survivors"]]
    return scrolling("changes", f"{caption}. Not noticed:", plain(["change", "why"], body))


def machine(results: Results) -> str:
    """Where and when this was measured."""
    told = {"date": spelled(results["date"]), "machine": results["machine"]} | results["versions"]
    told |= dict.fromkeys(results["missing"], "not installed, so not measured")
    return scrolling("cases", "Measured on", plain([], told.items()))


# --- the figure: one dot for each case -----------------------------------------------------------

WIDTH, LEFT, RIGHT, STEP, TOP = 360, 112, 12, 24, 30
LOW, HIGH = 1 / 5, 1.4
MARKS = {1: "1 = SciPy's time", 1 / 4: "¼", 1 / 2: "½"}


def chart(results: Results) -> str:
    """The ratios to SciPy of softmax, one line for each shape; the case of the median is told."""
    shapes: dict[str, list[float]] = {}
    for row in results["rows"]:
        if row["function"] == "softmax":
            shape = row["input"].split(", ")[0]
            shapes.setdefault(shape, []).append(row["ratios"]["SciPy"])
    ratios = [ratio for group in shapes.values() for ratio in group]
    under = sum(ratio < 1 for ratio in ratios)
    height = TOP + STEP * len(shapes) + 30
    parts = [_mark(ratio, name, height) for ratio, name in MARKS.items()]
    for number, (shape, group) in enumerate(shapes.items()):
        y = TOP + STEP * (number + 0.5)
        parts.append(_text(LEFT - 14, y + 3, shape, "end"))
        parts += [_dot(ratio, y) for ratio in group]
    told = escape(f"softmax takes less time than SciPy's in {under} of {len(ratios)} cases.")
    reading = "One dot for each case, a line for each shape; left of 1 is faster."
    return (
        f'<figure class="fig" id="bench-chart"><svg viewBox="0 0 {WIDTH} {height}" font-size="10" '
        f'role="img" fill="var(--fig-ink)" aria-labelledby="bench-chart-title">'
        f'<title id="bench-chart-title">{told} The median ratio is {median(ratios):.2g}.</title>'
        f"{''.join(parts)}</svg><figcaption data-search-exclude>"
        f"<p><strong>{told}</strong> {reading}</p></figcaption></figure>"
    )


def _across(ratio: float) -> float:
    share = math.log(min(max(ratio, LOW), HIGH) / LOW) / math.log(HIGH / LOW)
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _mark(ratio: float, name: str, height: int) -> str:
    x = _across(ratio)
    color, width = ("ink", 1.2) if ratio == 1 else ("quiet", 0.5)
    stroke = f'stroke="var(--fig-{color})" stroke-width="{width}"'
    return f'<path d="M{x} {TOP}V{height - 26}" {stroke}/>' + _text(x, height - 12, name, "middle")


def _dot(ratio: float, y: float) -> str:
    return f'<circle cx="{_across(ratio)}" cy="{y}" r="3" fill="var(--fig-ink)" opacity=".55"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


MAKERS: dict[str, Callable[[Results], str]] = {
    **{name: partial(normalizer, function=name) for name in NORMALIZERS},
    "draws": draws,
    "sums": sums,
    "mutants": mutants,
    "machine": machine,
    "chart": chart,
}
