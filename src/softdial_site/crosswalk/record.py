"""The results kept in the repository, and how they differ from a new run."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from softdial_site.crosswalk.cases import TABLES

DATA = Path(__file__).parents[3] / "data" / "crosswalk.json"
REFRESH = "python -m softdial_site.crosswalk"
Results = dict[str, Any]


class CrosswalkError(ValueError):
    """Results that do not fit the cases, or a page that asks for a table there is not."""


def read(path: Path = DATA) -> Results:
    """The kept results; they must answer every case."""
    results = json.loads(path.read_text("utf-8"))
    for name, table in TABLES.items():
        wanted = {label: set(table.calls) for label in table.inputs}
        kept = {label: set(row) for label, row in results["cells"].get(name, {}).items()}
        if kept != wanted:
            raise CrosswalkError(f"{path.name} does not fit the cases of {name}: run {REFRESH}")
    return results


def write(results: Results, path: Path = DATA) -> None:
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(results, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", "utf-8", newline="\n")


def changes(kept: Results, now: Results) -> Iterator[str]:
    """Yield every cell that is not what the page says."""
    for name, rows in kept["cells"].items():
        for label, row in rows.items():
            for column, cell in row.items():
                found = now["cells"][name][label][column]
                if found != cell:
                    yield f"{name}, {label}, {column}: the page says {cell!r}, now {found!r}"


def other_versions(kept: Results, now: Results) -> Iterator[str]:
    """Yield every library whose version is not the one the page names."""
    for name, version in kept["versions"].items():
        if now["versions"][name] != version:
            yield f"{name}: the page says {version}, now {now['versions'][name]}"
