"""Doctests in the source, clean code on the page.

One split serves the Markdown pages, the notebook and the docstrings; one plugin runs them all.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from pathlib import Path

import griffe
import pytest
from pymdownx.superfences import SuperFencesException
from sybil import Document, Example, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.integration.pytest import SybilItem
from sybil.parsers.abstract import DocTestStringParser
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.region import Lexeme
from sybil.sybil import SybilCollection

from softdial_site.crosswalk import lacking

WIDTH, PAIRS = 72, 3
Pairs = list[tuple[str, str]]

NUMPY_SCALAR = re.compile(r"\bnp\.[A-Za-z]\w*\(")
LONG_FLOAT = re.compile(r"\d\.\d{9,}")
WORDS = re.compile(r"\b(?!array|dtype|True|False)[A-Za-z]{4}")


class SnippetError(ValueError):
    """A snippet that must stop the build, because not all of it would be checked."""


# --- the split ---------------------------------------------------------------------------------


def split(source: str) -> Pairs:
    """Split a fence into pairs of code without prompts and the output it prints."""
    lines = source.strip("\n").split("\n")
    for line in lines:
        if len(line) > WIDTH:
            raise SnippetError(f"a line of {len(line)} > {WIDTH} columns: {line}")
    pairs = _pairs(lines) if lines[0].startswith(">>>") else _statements(lines)
    for code, output in pairs:
        _check_code(code)
        _check_output(output)
    if sum(bool(output) for _, output in pairs) > PAIRS:
        raise SnippetError(f"more than {PAIRS} outputs in one fence; split it")
    return pairs


def _statements(lines: list[str]) -> Pairs:
    if any(">>>" in line for line in lines):
        raise SnippetError("a fence with prompts must begin with one")
    return [("\n".join(lines), "")]


def _pairs(lines: list[str]) -> Pairs:
    """Follow doctest line by line: prompt, continuation, output up to a blank line."""
    pairs: list[tuple[list[str], list[str]]] = []
    before = ""
    for line in lines:
        kind = _kind(line, before)
        if kind == "prompt" and (not pairs or pairs[-1][1]):
            pairs.append(([], []))
        code, output = pairs[-1]
        if kind == "prompt" and before == "more" and code[-1].startswith(" "):
            code.append("")  # else an interactive prompt takes the next line for the same block
        if kind in ("prompt", "more"):
            code.append(line[4:])
        elif kind == "output":
            output.append(line)
        elif not output:
            code.append("")
        before = kind
    return [("\n".join(code).strip("\n"), "\n".join(output)) for code, output in pairs]


def _kind(line: str, before: str) -> str:
    if line == ">>>" or line.startswith(">>> "):
        return "prompt"
    if before in ("prompt", "more") and (line == "..." or line.startswith("... ")):
        return "more"
    if line.lstrip().startswith(">>>"):
        raise SnippetError(f"a prompt must stand at the margin, with a space after it: {line}")
    if not line.strip():
        return "blank"
    if before == "blank":
        raise SnippetError(f"text after a blank line is neither run nor compared: {line}")
    return "output"


def _check_code(code: str) -> None:
    if re.search(r"#\s*doctest:", code):
        raise SnippetError(f"no doctest directives: {code}")
    try:
        compile(code, "<snippet>", "exec")
    except SyntaxError as error:
        raise SnippetError(f"not Python: {code}") from error


def _check_output(output: str) -> None:
    if NUMPY_SCALAR.search(output):
        raise SnippetError(f"a bare NumPy scalar; print it formatted: {output}")
    if LONG_FLOAT.search(output):
        raise SnippetError(f"a float of more than 8 digits; print it formatted: {output}")
    if "..." in output and not output.startswith("Traceback "):
        raise SnippetError(f"'...' hides output outside a traceback: {output}")


# --- the look ----------------------------------------------------------------------------------


def snippet_html(pairs: Iterable[tuple[str, str]], highlight: Callable[[str], str]) -> str:
    """Put code and outputs into one frame; only code gets a copy button."""
    parts = []
    for code, output in pairs:
        parts.append(highlight(code))
        if output:
            parts.append(output_html(output))
    return f'<div class="snippet">{"".join(parts)}</div>'


def output_html(output: str) -> str:
    """An output, without a copy button; nobody searches for one of numbers alone."""
    apart = "" if WORDS.search(output) else " data-search-exclude"
    return (
        f'<div class="output no-copy" role="group" aria-label="output"{apart}>'
        f"<pre><code>{escape(output, quote=False)}</code></pre></div>"
    )


def fence(source, language, css_class, options, md, **kwargs) -> str:
    """Format a ``python`` fence for superfences, which lets only its own exception through."""
    highlight = md.preprocessors["fenced_code_block"].highlight
    try:
        pairs = split(source)
    except SnippetError as error:
        raise SuperFencesException(str(error)) from error
    return snippet_html(
        pairs,
        lambda code: highlight(code, "python", {}, md, classes=[], id_value="", attrs={}),
    )


def only_python(language, inputs, options, attrs, md) -> bool:
    """Refuse fences with options: Sybil would pass over them without a word."""
    if inputs or attrs:
        raise SuperFencesException(f"write the fence as ```python alone, without {inputs | attrs}")
    return True


class Fences(griffe.Extension):
    """Put the examples of docstrings into fences, so that they look like those of pages.

    The siblings below "See Also" become a list of links.
    """

    def on_instance(self, *, obj: griffe.Object, **kwargs) -> None:
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(docstring: str) -> str:
    """Wrap each run of examples, up to the blank line that ends it, in a python fence."""
    text, heading, siblings = docstring.partition("\nSee Also\n--------\n")
    text = re.sub(r"(?m)^>>> (?:.+\n?)+", _fence_of, text)
    return text + heading + re.sub(r"(?m)^(\w+) : ", r"* [`\1`][softdial.\1]: ", siblings)


def _fence_of(run: re.Match[str]) -> str:
    return f"```python\n{run[0].rstrip()}\n```\n"


# --- the run -----------------------------------------------------------------------------------


class Evaluator(DocTestEvaluator):
    """Compare outputs exactly; of Python's own exceptions compare the type alone.

    Their texts change from one Python to the next; those of the package are part of its contract.
    """

    def __call__(self, sybil_example: Example) -> str:
        example = sybil_example.parsed
        if example.exc_msg is None:
            return super().__call__(sybil_example)
        try:
            exec(compile(example.source, "<snippet>", "exec"), sybil_example.namespace)
        except Exception as error:
            return _difference(example.exc_msg.strip(), error)
        return f"expected an exception: {example.exc_msg}"


def _difference(wanted: str, error: Exception) -> str:
    kind = type(error).__name__
    got = f"{kind}: {error}" if _from_package(error) else kind
    wanted = wanted if _from_package(error) else wanted.partition(":")[0]
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
        self.doctest_parser = DocTestStringParser(Evaluator())


def docstring_examples(document: Document) -> Iterable[Region]:
    """The examples of a module's docstrings."""
    return DocTestStringParser(Evaluator())(document.text, document.path)


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
