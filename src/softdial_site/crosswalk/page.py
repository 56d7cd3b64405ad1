"""Tables of the crosswalk in the HTML of a page."""

import re
from collections.abc import Callable
from datetime import date
from html import escape

from softdial_site import places
from softdial_site.crosswalk.cases import TABLES, TASKS
from softdial_site.crosswalk.record import CrosswalkError, Results
from softdial_site.tables import plain, scrolling

SAME = "Gray: as in the first column."


def place(html: str, results: Callable[[], Results]) -> str:
    """Replace each ``![](cases:name)`` of a page by its table."""
    return places.fill(html, "cases", lambda name: table_html(name, results()), CrosswalkError)


def table_html(name: str, results: Results) -> str:
    """The table of a name: the calls, the versions, or one of edge cases."""
    if name == "calls":
        return scrolling("calls", "One task, one call for each library", _calls())
    if name == "versions":
        day = date.fromisoformat(results["date"])
        caption = f"Last run on {day.day} {day:%B %Y} with"
        return scrolling("versions", caption, plain([], results["versions"].items()))
    if name not in TABLES:
        raise CrosswalkError(f"there are no cases {name}; there are {', '.join(TABLES)}")
    return scrolling("cases", f"{TABLES[name].says}. {SAME}", _cases(name, results))


def _calls() -> str:
    head = _row("<th scope='col'>library</th>", "<th scope='col'>call</th>")
    parts = [f"<thead>{head}</thead>"]
    for task in TASKS:
        title = f'<th colspan="2" scope="rowgroup" id="call-{task.anchor}">{escape(task.name)}</th>'
        rows = [
            _row(f'<th scope="row">{library}</th>', f"<td>{_code(call)}</td>")
            for library, call in task.calls.items()
        ]
        parts.append(f"<tbody>{_row(title)}{''.join(rows)}</tbody>")
    return "".join(parts)


def _cases(name: str, results: Results) -> str:
    table = TABLES[name]
    heads = [_head(column, call) for column, call in table.calls.items()]
    head = _row('<td class="corner"></td>', *heads)
    rows = []
    for label, row in results["cells"][name].items():
        ours = next(iter(row.values()))
        cells = [_cell(row[column], ours, first=not k) for k, column in enumerate(table.calls)]
        rows.append(_row(f'<th scope="row">{_unbroken(label)}</th>', *cells))
    return f"<thead>{head}</thead><tbody>{''.join(rows)}</tbody>"


def _head(column: str, call: str) -> str:
    library = column.partition(":")[0]
    shown = call.replace("{}", "f")
    return f'<th scope="col">{escape(library)} {_code(shown)}</th>'


def _cell(text: str, ours: str, *, first: bool) -> str:
    same = ' class="same"' if text == ours and not first else ""
    return f"<td{same}>{_unbroken(text)}</td>"


def _unbroken(text: str) -> str:
    """Text whose minus signs and exponents stay at their numbers."""
    return re.sub(r"\S*-\S*", r"<span>\g<0></span>", escape(text))


def _row(*cells: str) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _code(call: str) -> str:
    """Code that may be broken inside a long name and after its dots and signs."""
    text = re.sub(r"(?<=[.=_])(?=[a-zA-Z])|(?<=[a-z])(?=[A-Z])", "<wbr>", escape(call, quote=False))
    return f"<code>{text}</code>"
