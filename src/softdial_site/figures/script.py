"""The code shown below a figure: its function and all it needs, as one script that runs alone."""

import ast
import sys
from collections.abc import Iterable
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from softdial_site.figures.catalog import FOLDER

HEAD = "# Copy freely (MIT-0). Needs softdial and matplotlib."


class Part(NamedTuple):
    """One top-level statement of a module, with the names it binds and uses."""

    binds: set[str]
    uses: set[str]
    text: str


class Import(NamedTuple):
    """One imported name; ``import math`` has no source."""

    source: str
    spelled: str
    local: str


def script(chapter: Path, function: str, file: str) -> str:
    """Return the shortest script that draws ``function`` of ``chapter`` and saves ``file``."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in (chapter, FOLDER / "style.py")}
    parts = [part for path, tree in trees.items() for part in _parts(path, tree)]
    needed = _needed(function, parts)
    imports = {name for tree in trees.values() for name in _imports(tree) if name.local in needed}
    body = _spaced([part.text for part in parts if part.binds & needed])
    return f'{HEAD}\n{_head(imports)}\n\n{body}\n\n\n{function}().savefig("{file}")\n'


def _imports(tree: ast.Module) -> Iterable[Import]:
    for node in tree.body:
        source = getattr(node, "module", "")
        if isinstance(node, ast.Import | ast.ImportFrom) and "softdial_site" not in source:
            for alias in node.names:
                yield Import(source, ast.unparse(alias), alias.asname or alias.name)


def _parts(path: Path, tree: ast.Module) -> Iterable[Part]:
    lines = path.read_text("utf-8").splitlines()
    for node in tree.body:
        text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []
            yield Part({node.name}, _names(node, ast.Load), text)
        elif isinstance(node, ast.Assign):
            yield Part(_names(node, ast.Store), _names(node, ast.Load), text)


def _names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    names = [child for child in ast.walk(node) if isinstance(child, ast.Name)]
    return {name.id for name in names if isinstance(name.ctx, context)}


def _needed(function: str, parts: list[Part]) -> set[str]:
    needed: set[str] = set()
    fresh = {function}
    while fresh:
        needed |= fresh
        fresh = {name for part in parts if part.binds & fresh for name in part.uses} - needed
    return needed


def _head(imports: Iterable[Import]) -> str:
    def rank(line: str) -> tuple[bool, bool, str]:
        return line.split()[1] not in sys.stdlib_module_names, line.startswith("from"), line

    lines = []
    for source, group in groupby(sorted(imports), lambda name: name.source):
        names = [name.spelled for name in group]
        lines += (
            [f"from {source} import {', '.join(names)}"]
            if source
            else [f"import {name}" for name in names]
        )
    blocks = groupby(sorted(lines, key=rank), lambda line: rank(line)[0])
    return "\n\n".join("\n".join(block) for _, block in blocks)


def _spaced(texts: list[str]) -> str:
    spaced = texts[0]
    for before, text in pairwise(texts):
        apart = before.startswith("def ") or text.startswith("def ")
        spaced += ("\n\n\n" if apart else "\n") + text
    return spaced
