"""Run every case and keep the results: ``python -m softdial_site.crosswalk``."""

import sys

from softdial_site.crosswalk import run
from softdial_site.crosswalk.cases import lacking
from softdial_site.crosswalk.record import DATA, changes, other_versions, read, write


def main() -> int:
    if missing := lacking():
        print(f"not installed: {', '.join(missing)}; make crosswalk installs them")
        return 1
    if wrong := run.disagreements():
        print("these calls do not give what softdial gives:", *wrong, sep="\n")
        return 1
    now = run.everything()
    if DATA.exists():
        kept = read()
        print(*other_versions(kept, now), *changes(kept, now), sep="\n")
    write(now)
    print(f"written to {DATA}; look at /reference/crosswalk/ before you commit it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
