"""Chapters as notebooks: the verified doctests of a Markdown page become cells with outputs."""

import ast
import re
from collections.abc import Iterable, Iterator
from textwrap import dedent

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from softdial_site.notebooks import NotebookError, Printed
from softdial_site.snippets import split

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
BOX = re.compile(r'(?:!!!|\?\?\?\+?) [\w ]+?(?: "(?P<title>.+)")?')
FENCE = re.compile(r"(?P<indent> *)```python")
PLACE = re.compile(r"!\[\]\((?P<kind>fig|play):[\w-]+\)")
Part = tuple[str, str]


def read(markdown: str, figures: Iterable[str]) -> tuple[NotebookNode, list[list[Printed]]]:
    """Read a page as a notebook, with what its cells print.

    ``figures`` are the names of the figures that the page shows, in its order: an explorer is
    told by its figure.
    """
    names = iter(figures)
    page, outputs = new_notebook(metadata={"kernelspec": KERNEL}), []
    quiet = _quiet(markdown)
    for kind, text in _cells(_parts(markdown.splitlines())):
        if kind == "text":
            page.cells.append(
                new_markdown_cell(PLACE.sub(lambda place: _drawn(place, names), text))
            )
            continue
        for code, output in split(text):
            page.cells.append(new_code_cell(code.strip("\n")))
            outputs.append([Printed(output, _returns(code, quiet))] if output else [])
    if left := list(names):
        raise NotebookError(f"figures that the page shows and its source does not: {left}")
    return page, outputs


def _drawn(place: re.Match[str], names: Iterator[str]) -> str:
    name = next(names, None)
    if name is None:
        raise NotebookError(f"the page does not show {place[0]}")
    play = "\n\n[Turn the dial on the site.](#)" if place["kind"] == "play" else ""
    return f"![](fig:{name}){play}"


# --- the cells ----------------------------------------------------------------------------------


def _parts(lines: list[str]) -> Iterator[Part]:
    """The lines of text and the fences of a page; a box becomes its title and what is in it."""
    rest = iter(lines)
    line = next(rest, None)
    while line is not None:
        following = None
        if fence := FENCE.fullmatch(line):
            yield "code", dedent("\n".join(_until(rest, f"{fence['indent']}```")))
        elif box := BOX.fullmatch(line):
            if box["title"]:
                yield "text", f"**{box['title']}**"
            inner, following = _indented(rest)
            yield from _parts(inner)
        else:
            yield "text", line
        line = following if following is not None else next(rest, None)


def _until(lines: Iterator[str], end: str) -> Iterator[str]:
    for line in lines:
        if line == end:
            return
        yield line
    raise NotebookError(f"a fence without its end {end!r}")


def _indented(lines: Iterator[str]) -> tuple[list[str], str | None]:
    """The lines of a box without their indent, and the line after it."""
    inner = []
    for line in lines:
        if line.strip() and not line.startswith("    "):
            return inner, line
        inner.append(line[4:])
    return inner, None


def _cells(parts: Iterable[Part]) -> Iterator[Part]:
    """Join lines of text to cells; a section begins with a cell of its own."""
    text: list[str] = []
    for kind, part in [*parts, ("code", "")]:
        if text and (kind == "code" or part.startswith("## ")):
            if joined := re.sub(r"\n{3,}", "\n\n", "\n".join(text)).strip():
                yield "text", joined
            text = []
        if kind == "text":
            text += ["", part, ""] if part.startswith("**") else [part]
        elif part:
            yield kind, part


# --- results and prints -------------------------------------------------------------------------


def _quiet(markdown: str) -> set[str]:
    """The functions that print and return nothing."""
    codes = [code for kind, code in _parts(markdown.splitlines()) if kind == "code"]
    trees = [ast.parse(code) for fence in codes for code, _ in split(fence)]
    made = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {"print"} | {node.name for node in made if not any(map(_gives, ast.walk(node)))}


def _gives(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) and node.value is not None


def _returns(code: str, quiet: set[str]) -> bool:
    """Whether the output of a cell is the value of its last line."""
    last = ast.parse(code).body[-1]
    if not isinstance(last, ast.Expr):
        return False
    call = last.value
    return not (isinstance(call, ast.Call) and getattr(call.func, "id", "") in quiet)
