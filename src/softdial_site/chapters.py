"""Chapters as notebooks: the verified doctests of a Markdown page become cells with outputs."""

import ast
import re
from textwrap import dedent

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from softdial_site.explorers import EXPLORERS
from softdial_site.notebooks import output
from softdial_site.snippets import split

SECTIONS = {"extension": ".md", "split_at_heading": True}  # each begins with a cell of its own
BOX = re.compile(
    r'(?m)^(?:!!!|\?\?\?\+?) [\w ]+?(?: "(?P<title>.+)")?$(?P<inside>(?:\n(?: {4}.*| *$))*)'
)
PLAY = re.compile(r"!\[\]\(play:([\w-]+)\)")


def read(markdown: str) -> NotebookNode:
    """Read a page as a notebook, with what its cells print."""
    page = new_notebook()
    for cell in jupytext.reads(_opened(PLAY.sub(_still, markdown)), fmt=SECTIONS).cells:
        if cell.cell_type == "markdown":
            page.cells.append(cell)
            continue
        for code, printed in split(cell.source):
            outputs = [output(printed, result=_returns(code))] if printed else []
            page.cells.append(new_code_cell(code, outputs=outputs))
    return page


def _still(play: re.Match[str]) -> str:
    """The figure of an explorer, and a link to where it moves."""
    return f"![](fig:{EXPLORERS[play[1]].figure})\n\n[Turn the dial on the site.](#)"


def _opened(markdown: str) -> str:
    """The page without boxes: each becomes its title and what is in it."""
    return BOX.sub(_inside, markdown)


def _inside(box: re.Match[str]) -> str:
    title = f"**{box['title']}**\n" if box["title"] else ""
    return title + _opened(dedent(box["inside"]))


def _returns(code: str) -> bool:
    """Whether the output of a cell is the value of its last line, not what that prints."""
    last = ast.parse(code).body[-1]
    return isinstance(last, ast.Expr) and not ast.unparse(last).startswith("print(")
