"""Live Python: the code of a page runs where it is read, in the reader's own browser.

The interpreter is Pyodide; ``docs/assets/live_session.py`` runs in it.
"""

import ast
import hashlib
import json
import shutil
import subprocess
import symtable
import sys
import tarfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup

# To raise the pin, write the new version and what `npm view pyodide@VERSION dist.integrity` says.
VERSION = "314.0.7"
INTEGRITY = (
    "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pO"
    "ttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"

CODE = ".language-python code"
SCRIPT = '<script type="module" async src="{assets}live.js"></script>'
GIVEN = {"math"}  # what every session has: pages import it beside NumPy


class UnavailableError(Exception):
    """Pyodide cannot be fetched here."""


# --- the interpreter ----------------------------------------------------------------------------


def files(cache: Path) -> dict[str, bytes]:
    """The files that a browser needs, by name; the package is fetched once and kept in a cache."""
    archive = cache / f"pyodide-{VERSION}.tgz"
    if not archive.exists():
        fetch(cache)
    integrity = f"sha512-{b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()}"
    if integrity != INTEGRITY:
        archive.unlink()
        raise ValueError(f"{archive.name} is not the pinned package: {integrity}")
    with tarfile.open(archive) as package:
        found = {name: package.extractfile(f"package/{name}").read() for name in (*CORE, LOCK)}
    found[LOCK] = json.dumps(json.loads(found[LOCK]) | {"packages": {}}).encode()  # none is here
    return found


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


# --- the frames ---------------------------------------------------------------------------------


def mark(html: str, run: str, assets: str) -> str:
    """Turn the frames that can run into elements, and add the script that brings them to life.

    A page says ``run: python`` in its front matter if every frame can, and ``run: partly`` if
    some can. ``assets`` is the URL of the folder of assets as seen from the page.
    """
    page = BeautifulSoup(html, "html.parser")
    frames = page.select(".snippet")
    codes = ["\n".join(block.get_text() for block in frame.select(CODE)) for frame in frames]
    alive = ready(codes)
    if not any(alive) or not (run == "partly" or (run == "python" and all(alive))):
        lacking = [code for code, runs in zip(codes, alive, strict=True) if not runs]
        rule = "write python if all its code can run, partly if some; this cannot"
        raise ValueError("\n\n".join([f"run: {run}; {rule}:", *lacking]))
    for frame, runs in zip(frames, alive, strict=True):
        if runs:
            frame.name = "live-python"
            frame["version"] = VERSION
    return f"{page}\n{SCRIPT.format(assets=assets)}"


def ready(codes: Iterable[str]) -> list[bool]:
    """For each code in the order of a page: whether it can run, with what it uses of the page.

    It cannot if it imports more than the standard library, or uses a name from code that cannot.
    """
    lacking: set[str] = set()
    found = []
    for code in codes:
        bound, used = names(code)
        runs = not strangers(code) and not (used - bound) & lacking
        lacking = lacking - bound if runs else lacking | (bound - GIVEN)
        found.append(runs)
    return found


def strangers(code: str) -> set[str]:
    """What a code imports that is not of the standard library."""
    roots = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            roots |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add("." if node.level else node.module.partition(".")[0])
    return roots - sys.stdlib_module_names


def names(code: str) -> tuple[set[str], set[str]]:
    """The names that a code binds for what follows, and those of the page that it uses."""
    top = symtable.symtable(code, "<frame>", "exec")
    bound = {
        symbol.get_name()
        for symbol in top.get_symbols()
        if symbol.is_assigned() or symbol.is_imported()
    }
    used = {
        symbol.get_name()
        for table in _with_children(top)
        for symbol in table.get_symbols()
        if symbol.is_referenced() and symbol.is_global()
    }
    return bound, used


def _with_children(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _with_children(child)
