"""Copying works the way readers do it: a block alone, or a chapter from its top."""

import ast
import doctest
import inspect
import re

import pytest

import sites
import softdial
from pasting import paste, raises
from running import needs_extra
from softdial_site.snippets import fenced, split

DOCS = sites.ROOT / "docs"
FENCE = re.compile(r"(?ms)^(?P<indent> *)```python\n(?P<code>.*?)^(?P=indent)```$")
# On these pages each block is copied alone; a chapter is read, and copied, from its top.
ALONE = [
    sites.ROOT / "README.md",
    DOCS / "index.md",
    DOCS / "reference" / "crosswalk.md",
    DOCS / "reference" / "pitfalls.md",
    DOCS / "reference" / "questions.md",
    *sorted((DOCS / "recipes").glob("*.md")),
]
CHAPTERS = sorted((DOCS / "learn").glob("*.md"))


def marked(page):
    """A page as a parameter, marked if it needs the libraries of the crosswalk."""
    marks = [pytest.mark.crosswalk] if needs_extra(page) else []
    return pytest.param(page, marks=marks, id=page.name)


def fences(markdown):
    """Yield the source of each python fence of a page."""
    for found in FENCE.finditer(markdown):
        yield re.sub(rf"(?m)^{found['indent']}", "", found["code"])


def blocks(fence):
    """Yield what the copy buttons of a fence copy, and the exception that it shows."""
    for code, output in split(fence):
        yield code, raises(output)


def page_blocks(page):
    return [block for fence in fences(page.read_text("utf-8")) for block in blocks(fence)]


def imports(code):
    return [ast.unparse(node) for node in ast.walk(ast.parse(code)) if is_import(node)]


def is_import(node):
    return isinstance(node, ast.Import | ast.ImportFrom)


def late_imports(markdown):
    """List the imports that a chapter makes after its first block."""
    codes = [code for fence in fences(markdown) for code, _ in split(fence)]
    return [statement for code in codes[1:] for statement in imports(code)]


def first_examples():
    for name in softdial.__all__:
        text = fenced(inspect.getdoc(getattr(softdial, name)))
        yield name, next(fences(text))


class TestBlocksAlone:
    @pytest.mark.parametrize("page", [marked(page) for page in ALONE])
    def test_each_block_of_the_page_runs_alone(self, page):
        found = page_blocks(page)
        assert found
        assert [fault for block in found if (fault := paste(block))] == []

    @pytest.mark.parametrize(("name", "fence"), list(first_examples()))
    def test_the_first_example_of_every_docstring_runs_alone(self, name, fence):
        assert paste(next(blocks(fence))) == ""


class TestPagesOfTheCrosswalk:
    # of the other pages, test_clipboard runs in their order what their buttons copy
    @pytest.mark.crosswalk
    def test_their_blocks_run_in_their_order_too(self):
        special = [page for page in ALONE if needs_extra(page)]
        assert special
        assert [fault for page in special if (fault := paste(*page_blocks(page)))] == []


class TestChapters:
    @pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.name)
    def test_the_first_block_holds_all_imports(self, page):
        assert late_imports(page.read_text("utf-8")) == []

    @pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.name)
    def test_all_code_of_the_page_runs_as_one_script(self, page):
        script = "\n\n".join(code for code, wanted in page_blocks(page) if not wanted)
        assert paste((script, "")) == ""


class TestBlocks:
    def test_the_exception_of_a_traceback_is_told(self):
        fence = ">>> 1 / 0\nTraceback (most recent call last):\n    ...\nZeroDivisionError: x\n"
        assert list(blocks(fence)) == [("1 / 0", "ZeroDivisionError")]

    def test_a_block_ends_with_its_output(self):
        assert list(blocks(">>> 1\n1\n>>> 2\n2\n")) == [("1", ""), ("2", "")]


class TestLateImports:
    def test_an_import_in_a_later_block_is_found(self):
        page = "```python\n>>> import math\n```\n\n```python\n>>> import numpy as np\n```\n"
        assert late_imports(page) == ["import numpy as np"]

    def test_an_import_within_a_definition_is_found(self):
        page = "```python\nimport math\n```\n\n```python\ndef f():\n    import cmath\n```\n"
        assert late_imports(page) == ["import cmath"]


class TestFences:
    def test_fences_in_boxes_are_found(self):
        assert list(fences("!!! note\n\n    ```python\n    >>> 1\n    1\n    ```\n")) == [
            ">>> 1\n1\n"
        ]

    def test_examples_are_as_many_as_doctest_finds(self):
        text = CHAPTERS[0].read_text("utf-8")
        ours = sum(len(doctest.DocTestParser().get_examples(fence)) for fence in fences(text))
        assert ours == text.count(">>> ")
