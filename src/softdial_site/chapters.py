"""Chapters as notebooks: the verified doctests of a Markdown page become cells with outputs."""

import ast
import re
from collections.abc import Iterator
from itertools import cycle
from textwrap import dedent

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from softdial_site.explorers import EXPLORERS
from softdial_site.notebooks import output
from softdial_site.snippets import split

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
BOX = re.compile(
    r'(?m)^(?:!!!|\?\?\?\+?) [\w ]+?(?: "(?P<title>.+)")?$(?P<inside>(?:\n(?: {4}.*| *$))*)'
)
FENCE = re.compile(r"(?ms)^ *```python\n(.*?)^ *```$")
PLAY = re.compile(r"!\[\]\(play:([\w-]+)\)")


def read(markdown: str) -> NotebookNode:
    """Read a page as a notebook, with what its cells print."""
    page = new_notebook(metadata={"kernelspec": KERNEL})
    markdown = _opened(PLAY.sub(_still, markdown))
    quiet = _quiet(markdown)
    for kind, text in _cells(markdown):
        if kind == "text":
            page.cells.append(new_markdown_cell(text))
            continue
        for code, printed in split(text):
            outputs = [output(printed, result=_returns(code, quiet))] if printed else []
            page.cells.append(new_code_cell(code.strip("\n"), outputs=outputs))
    return page


def _still(play: re.Match[str]) -> str:
    """The figure of an explorer, and a link to where it moves."""
    return f"![](fig:{EXPLORERS[play[1]].figure})\n\n[Turn the dial on the site.](#)"


# --- the cells ----------------------------------------------------------------------------------


def _opened(markdown: str) -> str:
    """The page without boxes: each becomes its title and what is in it."""
    return BOX.sub(_inside, markdown)


def _inside(box: re.Match[str]) -> str:
    title = f"\n**{box['title']}**\n" if box["title"] else ""
    return title + _opened(dedent(box["inside"]))


def _cells(markdown: str) -> Iterator[tuple[str, str]]:
    """Text and code in turn; a section begins with a cell of its own."""
    for kind, piece in zip(cycle(["text", "code"]), FENCE.split(markdown), strict=False):
        if kind == "code":
            yield kind, dedent(piece)
            continue
        for section in re.split(r"(?m)^(?=## )", piece):
            if text := re.sub(r"\n{3,}", "\n\n", section).strip():
                yield kind, text


# --- results and prints -------------------------------------------------------------------------


def _quiet(markdown: str) -> set[str]:
    """The functions that print and return nothing."""
    codes = [code for kind, code in _cells(markdown) if kind == "code"]
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
