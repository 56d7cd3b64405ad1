"""The code gate: the code lines a page shows are the code lines that ran, in order."""

import doctest
import importlib
import inspect
import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from sybil import Document

from running import PageParser, cells

NOT_PYTHON = {"language-text", "language-sh"}
DIRECTIVE = re.compile(r"(?m)^::: (\S+)$")


class GateError(ValueError):
    """A built page that shows code which did not run, or hides code which did."""


def check(page: str, source: Path) -> None:
    """Compare a built page with its source."""
    if ">>>" in BeautifulSoup(page, "html.parser").get_text():
        raise GateError(f"{source}: a prompt stands on the page")
    shown, ran = list(shown_lines(page)), list(ran_lines(source))
    if shown != ran:
        difference = unified_diff(ran, shown, "ran", "shown", lineterm="", n=1)
        raise GateError("\n".join([f"{source}: not the code that ran", *difference]))


def shown_lines(page: str) -> Iterator[str]:
    """The code lines of a built page; a block that is not accounted for is an error."""
    soup = BeautifulSoup(page, "html.parser")
    for block in soup.select("article pre"):
        if not _accounted(block):
            yield from _lines(block.get_text())


def _accounted(block: Tag) -> bool:
    """Whether a block is an output, a signature, marked as no Python, or the code of a figure."""
    frame = block.find_parent(class_=["output", "doc-signature", "fig-source"])
    language = block.find_parent(class_=re.compile("^language-"))
    classes = set(language["class"]) if language else set()
    if not frame and not classes & {"language-python", *NOT_PYTHON}:
        raise GateError(f"a block that nothing checks:\n{block.get_text()}")
    return bool(frame) or bool(classes & NOT_PYTHON)


def ran_lines(source: Path) -> Iterator[str]:
    """The code lines of a page's source that the plugin runs."""
    text = source.read_text("utf-8")
    document = Document(text, str(source))
    regions = cells(document) if source.suffix == ".py" else PageParser()(document)
    parts = [(region.start, _code_of(region.parsed)) for region in regions]
    parts += [(found.start(), _examples(found[1])) for found in DIRECTIVE.finditer(text)]
    for _, code in sorted(parts):
        yield from _lines(code)


def _code_of(parsed: doctest.Example | str) -> str:
    return parsed.source if isinstance(parsed, doctest.Example) else str(parsed)


def _examples(name: str) -> str:
    """The code of a public function's docstring."""
    module, _, function = name.rpartition(".")
    text = inspect.getdoc(getattr(importlib.import_module(module), function))
    return "".join(example.source for example in doctest.DocTestParser().get_examples(text))


def _lines(code: str) -> Iterator[str]:
    """The lines that do something: comments and blank lines are none of the run."""
    for line in code.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.rstrip()
