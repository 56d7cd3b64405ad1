"""The key of a kept drawing: it changes with a source or a version."""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from softdial_site import kept
from softdial_site.figures.catalog import FOLDER, catalog


def core_folder() -> Path:
    """Where the package lies whose numbers are drawn, found without importing it."""
    return Path(find_spec("softdial").submodule_search_locations[0])


def key(chapter: Path, core: Path) -> str:
    """A digest of everything that decides how the figures of a chapter look."""
    machinery = set(FOLDER.glob("*.py")) - set(catalog().values())
    sources = [chapter, *sorted(machinery), *sorted(core.rglob("*.py"))]
    return kept.digest(
        *(part for path in sources for part in (path.name.encode(), path.read_bytes())),
        *(version(package).encode() for package in ("matplotlib", "numpy")),
    )
