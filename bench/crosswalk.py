"""Run every case of the crosswalk and keep the results: ``python -m bench.crosswalk``."""

import json
import sys
from collections.abc import Iterator

from bench import libraries, record
from softdial_site.crosswalk import DATA, Results, lacking


def main() -> int:
    if missing := lacking():
        print(f"not installed: {', '.join(missing)}; make crosswalk installs them")
        return 1
    if wrong := libraries.disagreements():
        print("these calls do not give what softdial gives:", *wrong, sep="\n")
        return 1
    now = libraries.everything()
    kept = json.loads(DATA.read_text("utf-8"))  # of other cases, perhaps
    print(*other_versions(kept, now), *changes(kept, now), sep="\n")
    record.save(now, DATA)
    return 0


def changes(kept: Results, now: Results) -> Iterator[str]:
    """Yield every cell that is not what the page says."""
    old, new = (
        {
            (name, label, column): cell
            for name, rows in results["cells"].items()
            for label, row in rows.items()
            for column, cell in row.items()
        }
        for results in (kept, now)
    )
    for place in old | new:
        cell, found = old.get(place), new.get(place)
        if found != cell:
            yield f"{', '.join(place)}: the page says {cell!r}, now {found!r}"


def other_versions(kept: Results, now: Results) -> Iterator[str]:
    """Yield every library whose version is not the one the page names."""
    for name in kept["versions"] | now["versions"]:
        version, found = (results["versions"].get(name) for results in (kept, now))
        if found != version:
            yield f"{name}: the page says {version}, now {found}"


if __name__ == "__main__":
    sys.exit(main())
