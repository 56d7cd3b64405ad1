"""The libraries side by side: tables of what each gives for the same input.

``crosswalk.toml`` says what is called, as text that the page shows and ``bench.libraries``
evaluates; ``data/crosswalk.json`` keeps what came of it, with versions and date.
"""

import json
import re
import tomllib
from functools import partial
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from softdial_site import places
from softdial_site.tables import plain, scrolling, spelled

DATA = Path(__file__).parents[2] / "data" / "crosswalk.json"
REFRESH = "python -m bench.crosswalk"
Results = dict[str, Any]
SAME = "Gray: as in the first column."

# What the extra brings, as imported; Dask is for the recipe.
EXTRA = ["torch", "jax", "sklearn", "transformers", "dask", "distributed"]


class Task(NamedTuple):
    """One task: an anchor, its name, and the call of each library."""

    anchor: str
    name: str
    calls: dict[str, str]


class Table(NamedTuple):
    """A table of edge cases: columns are calls, rows are inputs."""

    says: str
    calls: dict[str, str]
    inputs: dict[str, dict[str, Any]]


CASES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
TASKS = [Task(anchor, **task) for anchor, task in CASES["tasks"].items()]
TABLES = {name: Table(**table) for name, table in CASES["tables"].items()}


def lacking() -> list[str]:
    """The libraries of the extra that are not installed."""
    return [name for name in EXTRA if find_spec(name) is None]


def library(column: str) -> str:
    """The library of a column, whose head is its name, alone or before what is called."""
    return column.partition(":")[0]


# --- results ------------------------------------------------------------------------------------


def read(path: Path = DATA) -> Results:
    """The kept results; they must answer every case."""
    results = json.loads(path.read_text("utf-8"))
    for name, table in TABLES.items():
        wanted = {label: set(table.calls) for label in table.inputs}
        kept = {label: set(row) for label, row in results["cells"].get(name, {}).items()}
        if kept != wanted:
            raise ValueError(f"{path.name} does not fit the cases of {name}: run {REFRESH}")
    return results


# --- tables -------------------------------------------------------------------------------------


def place(html: str, results: Results) -> str:
    """Replace each ``![](cases:name)`` of a page by its table."""
    makers = {name: partial(_cases, name, results) for name in TABLES}
    makers |= {"calls": _calls, "versions": partial(_versions, results)}
    return places.fill(html, "cases", makers)


def _versions(results: Results) -> str:
    caption = f"Last run on {spelled(results['date'])} with"
    return scrolling("versions", caption, plain([], results["versions"].items()))


def _calls() -> str:
    head = _row("<th scope='col'>library</th>", "<th scope='col'>call</th>")
    parts = [f"<thead>{head}</thead>"]
    for task in TASKS:
        title = f'<th colspan="2" scope="rowgroup" id="call-{task.anchor}">{escape(task.name)}</th>'
        rows = [
            _row(f'<th scope="row">{name}</th>', f"<td>{_code(call)}</td>")
            for name, call in task.calls.items()
        ]
        parts.append(f"<tbody>{_row(title)}{''.join(rows)}</tbody>")
    return scrolling("calls", "One task, one call for each library", "".join(parts))


def _cases(name: str, results: Results) -> str:
    table = TABLES[name]
    heads = [_head(column, call) for column, call in table.calls.items()]
    head = _row('<td class="corner"></td>', *heads)
    rows = []
    for label, row in results["cells"][name].items():
        ours, *theirs = (row[column] for column in table.calls)
        cells = [_cell(ours), *(_cell(text, ours) for text in theirs)]
        rows.append(_row(f'<th scope="row">{_unbroken(label)}</th>', *cells))
    body = f"<thead>{head}</thead><tbody>{''.join(rows)}</tbody>"
    return scrolling("cases", f"{table.says}. {SAME}", body)


def _head(column: str, call: str) -> str:
    shown = call.replace("{}", "f")
    return f'<th scope="col">{escape(library(column))} {_code(shown)}</th>'


def _cell(text: str, ours: str = "") -> str:
    same = ' class="same"' if text == ours else ""
    return f"<td{same}>{_unbroken(text)}</td>"


def _unbroken(text: str) -> str:
    """Text whose minus signs and exponents stay at their numbers."""
    return re.sub(r"\S*-\S*", r"<span>\g<0></span>", escape(text))


def _row(*cells: str) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _code(call: str) -> str:
    """Code that may be broken inside a long name and after its dots, signs and brackets."""
    place = r"(?<=[.=_(])(?=[a-zA-Z])|(?<=[a-z])(?=[A-Z])"
    return f"<code>{re.sub(place, '<wbr>', escape(call, quote=False))}</code>"
