"""Pyodide, taken from its npm package: pinned, checked by its hash, never in the repository."""

import hashlib
import json
import shutil
import subprocess
import tarfile
from base64 import b64encode
from pathlib import Path

# To raise the pin, write the new version and what `npm view pyodide@VERSION dist.integrity` says.
VERSION = "314.0.7"
INTEGRITY = (
    "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pO"
    "ttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
SESSION = Path(__file__).with_name("session.py")
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"


class UnavailableError(Exception):
    """Pyodide cannot be fetched here."""


class PyodideError(ValueError):
    """A package that is not the pinned one."""


def files(cache: Path) -> dict[str, bytes]:
    """The files that a browser needs, by name; the package is fetched once and kept in a cache."""
    archive = cache / f"pyodide-{VERSION}.tgz"
    if not archive.exists():
        fetch(cache)
    check(archive)
    with tarfile.open(archive) as package:
        found = {name: package.extractfile(f"package/{name}").read() for name in (*CORE, LOCK)}
    found[LOCK] = json.dumps(json.loads(found[LOCK]) | {"packages": {}}).encode()  # none is here
    return found | {"session.py": SESSION.read_bytes()}


def fetch(folder: Path) -> None:
    """Let npm put the package into a folder."""
    npm = shutil.which("npm")
    if not npm:
        raise UnavailableError("npm is missing")
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "pack", f"pyodide@{VERSION}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise UnavailableError(f"npm pack failed: {done.stderr.strip()}")


def check(archive: Path) -> None:
    """Refuse a package whose bytes are not those of the pin, and forget it."""
    found = f"sha512-{b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()}"
    if found != INTEGRITY:
        archive.unlink()
        raise PyodideError(f"{archive.name} is not the pinned package: {found}")
