"""Which frames of code run in the browser: those that need the standard library alone.

A page says ``run: python`` in its front matter if every frame does, and ``run: partly`` if some
do. A frame does not if it imports anything else, or uses a name that such a frame has bound.
"""

import ast
import symtable
import sys
from collections.abc import Iterable, Iterator
from copy import copy

from bs4 import BeautifulSoup

CODE = ".language-python code"
SCRIPT = '<script type="module" async src="{assets}live.js"></script>'


class LiveError(ValueError):
    """A page that promises to run in the browser and would not."""


def mark(html: str, run: str, assets: str, version: str) -> str:
    """Turn the frames that can run into elements, and add the script that brings them to life.

    ``assets`` is the URL of the folder of assets as seen from the page, and ``version`` that of
    the interpreter.
    """
    if run not in ("python", "partly"):
        raise LiveError(f"run: {run}; write python or partly")
    page = BeautifulSoup(html, "html.parser")
    frames = page.select(".snippet")
    codes = ["\n".join(block.get_text() for block in frame.select(CODE)) for frame in frames]
    for frame, code, given in zip(frames, codes, preludes(codes), strict=True):
        if given is not None:
            frame.name = "live-python"
            frame["version"] = version
            if given:
                frame["given"] = given
        elif run == "python":
            raise LiveError(f"run: python, but this needs more than the standard library:\n{code}")
    if not page.select("live-python"):
        raise LiveError("run: partly, but nothing on the page can run")
    return f"{page}\n{SCRIPT.format(assets=assets)}"


def preludes(codes: Iterable[str]) -> list[str | None]:
    """For each code in the order of a page: what must run before it, or None if it cannot run.

    What must run before it are imports from the standard library that stand among others.
    """
    lacking: dict[str, str] = {}  # name: its import, or nothing if it cannot be had
    found: list[str | None] = []
    for code in codes:
        bound, used = names(code)
        imported = imports(code)
        wanted = (used - bound) & lacking.keys()
        if all(imported.values()) and all(lacking[name] for name in wanted):
            found.append("\n".join(sorted(lacking[name] for name in wanted)))
            lacking = {name: given for name, given in lacking.items() if name not in bound}
        else:
            found.append(None)
            lacking |= {name: imported.get(name, "") for name in bound}
    return found


def imports(code: str) -> dict[str, str]:
    """The names that a code imports, each with its import if that is of the standard library."""
    found = {}
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                one = copy(node)
                one.names = [alias]
                origin = node.module if isinstance(node, ast.ImportFrom) else alias.name
                known = (origin or "").partition(".")[0] in sys.stdlib_module_names
                name = alias.asname or alias.name.partition(".")[0]
                found[name] = ast.unparse(one) if known else ""
    return found


def names(code: str) -> tuple[set[str], set[str]]:
    """The names that a code binds for what follows, and those of the page that it uses."""
    top = symtable.symtable(code, "<frame>", "exec")
    bound = {
        symbol.get_name()
        for symbol in top.get_symbols()
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
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
