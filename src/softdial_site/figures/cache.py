"""Drawings kept between builds; a changed source, an old version or a damaged file is a miss."""

import hashlib
import json
import os
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from softdial_site.figures.catalog import FOLDER, catalog


def core_folder() -> Path:
    """Where the package lies whose numbers are drawn, found without importing it."""
    return Path(find_spec("softdial").submodule_search_locations[0])


def key(chapter: Path, core: Path) -> str:
    """A digest of everything that decides how the figures of a chapter look."""
    machinery = set(FOLDER.glob("*.py")) - set(catalog().values())
    sources = [chapter, *sorted(machinery), *sorted(core.rglob("*.py"))]
    return _digest(
        *(part for path in sources for part in (path.name.encode(), path.read_bytes())),
        *(version(package).encode() for package in ("matplotlib", "numpy")),
    )


def load(file: Path, key: str) -> dict[str, Any] | None:
    """The stored drawing, or None if it belongs to another key or is damaged."""
    try:
        seal, _, payload = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return json.loads(payload) if seal == _digest(key.encode(), payload).encode() else None


def store(file: Path, key: str, drawing: dict[str, Any]) -> None:
    """Keep a drawing, whole or not at all."""
    payload = json.dumps(drawing).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    partial.write_bytes(_digest(key.encode(), payload).encode() + b"\n" + payload)
    partial.replace(file)


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
