"""Copying works the way readers do it: a block alone, or a chapter from its top."""

import ast
import doctest
import inspect
import os
import re
import subprocess
import sys

import pytest

import sites
import softdial
from softdial_site.snippets import fenced, split

DOCS = sites.ROOT / "docs"
FENCE = re.compile(r"(?ms)^(?P<indent> *)```python\n(?P<code>.*?)^(?P=indent)```$")
# On these pages each block is copied alone; a chapter is read, and copied, from its top.
ALONE = [
    sites.ROOT / "README.md",
    DOCS / "index.md",
    DOCS / "reference" / "pitfalls.md",
    *sorted((DOCS / "recipes").glob("*.md")),
]
CHAPTERS = sorted((DOCS / "learn").glob("*.md"))

# Runs one block as pasted; a block that shows an exception must raise exactly it.
PASTE = """
import sys
code, wanted = sys.stdin.read().split("\\0")
try:
    exec(compile(code, "<pasted>", "exec"), {})
except Exception as error:
    raised = type(error).__name__
else:
    raised = ""
sys.exit(0 if raised == wanted else f"{raised or 'nothing'} was raised, not {wanted or 'nothing'}")
"""


def fences(markdown):
    """Yield the source of each python fence of a page."""
    for found in FENCE.finditer(markdown):
        yield re.sub(rf"(?m)^{found['indent']}", "", found["code"])


def raises(output):
    """Return the type of the exception that an output shows."""
    last = re.findall(r"(?m)^([A-Za-z_][\w.]*)(?::|$)", output)
    return last[-1].rpartition(".")[2] if output.startswith("Traceback") else ""


def blocks(fence):
    """Yield what the copy buttons of a fence copy, and the exception that it shows."""
    for code, output in split(fence):
        yield code, raises(output)


def paste(code, wanted=""):
    """Run a block in a fresh process; return what went wrong."""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", PASTE],
        input=f"{code}\0{wanted}",
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    return done.stderr.strip()


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
    @pytest.mark.parametrize(
        "page", [page for page in ALONE if page.exists()], ids=lambda p: p.name
    )
    def test_each_block_of_the_page_runs_alone(self, page):
        found = [block for fence in fences(page.read_text("utf-8")) for block in blocks(fence)]
        assert found
        assert [fault for block in found if (fault := paste(*block))] == []

    def test_the_first_example_of_every_docstring_runs_alone(self):
        # one process for all, each block in names of its own: a process each costs 3 s
        script = "".join(
            f"exec(compile({code!r}, {name!r}, 'exec'), {{}})\n"
            for name, fence in first_examples()
            for code, _ in list(blocks(fence))[:1]
        )
        assert paste(script) == ""


class TestChapters:
    @pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.name)
    def test_the_first_block_holds_all_imports(self, page):
        assert late_imports(page.read_text("utf-8")) == []

    @pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.name)
    def test_all_code_of_the_page_runs_as_one_script(self, page):
        pairs = [block for fence in fences(page.read_text("utf-8")) for block in blocks(fence)]
        assert paste("\n\n".join(code for code, wanted in pairs if not wanted)) == ""


class TestPaste:
    def test_a_missing_import_is_noticed(self):
        assert "NameError was raised" in paste("softmax([0.0, 1.0])")

    def test_an_exception_that_is_shown_must_come(self):
        assert paste("1 / 0", "ZeroDivisionError") == ""
        assert "nothing was raised, not ZeroDivisionError" in paste("1 / 1", "ZeroDivisionError")

    def test_a_warning_is_noticed(self):
        assert "RuntimeWarning" in paste("import numpy as np\nnp.log(np.zeros(1))")


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
