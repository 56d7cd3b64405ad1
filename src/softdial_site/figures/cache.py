"""The key of a kept drawing: it changes with a source or a version."""

from importlib.metadata import version
from pathlib import Path

from softdial_site import kept
from softdial_site.figures.catalog import FOLDER, catalog

CORE = FOLDER.parents[1] / "softdial"  # the package whose numbers are drawn


def key(chapter: Path, core: Path) -> str:
    """A digest of everything that decides how the figures of a chapter look."""
    machinery = set(FOLDER.glob("*.py")) - set(catalog().values())
    sources = [chapter, *sorted(machinery), *sorted(core.rglob("*.py"))]
    return kept.digest(
        *(part for path in sources for part in (path.name, path.read_bytes())),
        *map(version, ("matplotlib", "numpy")),
    )
