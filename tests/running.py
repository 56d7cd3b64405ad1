"""The plugin of pytest that runs what readers copy: pages, docstrings, the notebook.

It is loaded before coverage is measured, so nothing here may import ``softdial``.
"""

import re
from collections.abc import Iterable
from contextlib import redirect_stdout
from doctest import DONT_ACCEPT_BLANKLINE, DONT_ACCEPT_TRUE_FOR_1
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.integration.pytest import SybilItem
from sybil.parsers.abstract import DocTestStringParser
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.region import Lexeme
from sybil.sybil import SybilCollection

from softdial_site.crosswalk import lacking

EXACT = DONT_ACCEPT_BLANKLINE | DONT_ACCEPT_TRUE_FOR_1  # pages show an output as it is written


class Evaluator(DocTestEvaluator):
    """Compare outputs exactly; of Python's own exceptions compare the type alone.

    Their texts change from one Python to the next; those of the package are part of its contract.
    """

    def __call__(self, sybil_example: Example) -> str:
        example = sybil_example.parsed
        if example.exc_msg is None:
            return super().__call__(sybil_example)
        printed = StringIO()
        try:
            with redirect_stdout(printed):
                exec(compile(example.source, "<snippet>", "exec"), sybil_example.namespace)
        except Exception as error:
            if before := printed.getvalue():
                return f"the page does not show what is printed before the error: {before}"
            return _difference(example.exc_msg.strip(), error)
        return f"expected an exception: {example.exc_msg}"


def _difference(wanted: str, error: Exception) -> str:
    kind = type(error).__name__
    got = f"{kind}: {error}" if _from_package(error) else kind
    wanted = wanted if _from_package(error) else re.sub(":.*", "", wanted, count=1)
    return "" if got == wanted else f"expected {wanted}\nbut got  {got}"


def _from_package(error: BaseException) -> bool:
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return bool(frame) and frame.tb_frame.f_globals.get("__name__", "").startswith("softdial")


class PageParser(PythonCodeBlockParser):
    """The fences of a Markdown page, as Sybil finds them."""

    def __init__(self) -> None:
        super().__init__()
        self.doctest_parser = DocTestStringParser(Evaluator(EXACT))


def docstring_examples(document: Document) -> Iterable[Region]:
    """The examples of a module's docstrings."""
    return DocTestStringParser(Evaluator(EXACT))(document.text, document.path)


CELL = re.compile(r"(?ms)^# %%[^\n]*\n(.*?)(?=^# %%|\Z)")


def cells(document: Document) -> Iterable[Region]:
    """The code cells of a notebook in percent format."""
    for cell in CELL.finditer(document.text):
        if not cell[0].startswith("# %% [markdown]"):
            code = Lexeme(cell[1].strip("\n"), 0, 1)
            yield Region(cell.start(), cell.end(), code, PythonEvaluator())


def collection(root: Path) -> SybilCollection:
    """Everything a reader may copy: pages, docstrings, the notebook."""
    pages = ["README.md", "docs/*.md", "docs/*/*.md"]
    return SybilCollection(
        [
            Sybil([PageParser()], patterns=pages, path=str(root)),
            Sybil([docstring_examples], patterns=["src/softdial/*.py"], path=str(root)),
            Sybil(
                [cells],
                patterns=["docs/learn/*.py"],
                path=str(root),
                document_types={".py": Document},
            ),
        ]
    )


# Pages whose front matter says so need libraries that the lock does not hold.
EXTRA = re.compile(r"\A---\n(?:(?!---\n).*\n)*?extra: crosswalk\n")


@cache  # it is asked for each example of the page
def needs_extra(page: Path) -> bool:
    """Whether the snippets of a page need the libraries that ``make crosswalk`` installs."""
    return page.suffix == ".md" and bool(EXTRA.match(page.read_text("utf-8")))


class Collector:
    """The hooks that pytest calls for each file, and for all that it found."""

    def __init__(self, root: Path) -> None:
        self.pytest_collect_file = collection(root).pytest()

    @pytest.hookimpl(tryfirst=True)  # before -m takes its choice
    def pytest_collection_modifyitems(self, config, items) -> None:
        for item in items:
            if isinstance(item, SybilItem) and needs_extra(item.path):
                item.add_marker("crosswalk")
        missing = lacking()
        if missing and "crosswalk" not in config.option.markexpr:  # asked for, it fails
            skip = pytest.mark.skip(f"no {', '.join(missing)}: run make crosswalk")
            for item in items:
                if item.get_closest_marker("crosswalk"):
                    item.add_marker(skip)


def pytest_configure(config) -> None:
    config.addinivalue_line("markers", "crosswalk: needs what make crosswalk installs")
    config.pluginmanager.register(Collector(config.rootpath))
