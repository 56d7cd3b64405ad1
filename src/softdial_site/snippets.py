"""Doctests in the source, clean code on the page.

One split serves the Markdown pages, the notebook and the docstrings.
"""

import re
from collections.abc import Callable, Iterable
from doctest import DocTestParser
from html import escape

import griffe
from pymdownx.superfences import SuperFencesException

WIDTH, PAIRS = 72, 3
Pairs = list[tuple[str, str]]

EXAMPLE = r"^>>>(?: .*)?\n(?:\.\.\.(?: .*)?\n)*"
# code, which ends with an example; its output, up to a blank line or the next prompt
PAIR = re.compile(rf"(?m)((?:\n|{EXAMPLE})*{EXAMPLE})((?:(?!\s*>>>).*\S.*\n)*)")
PROMPTS = "prompts stand at the margin, a space after each, no text before or after a blank line"

NUMPY_SCALAR = re.compile(r"\bnp\.[A-Za-z]\w*\(")
STACK = re.compile(r"Traceback (?!.*\n {4}\.\.\.\n\w)")
LONG_FLOAT = re.compile(r"\d\.\d{9,}")
WORDS = re.compile(r"\b(?!array|dtype|True|False)[A-Za-z]{4}")


# --- the split ---------------------------------------------------------------------------------


def split(source: str) -> Pairs:
    """Split a fence into pairs of code without prompts and the output it prints."""
    source = source.strip("\n") + "\n"
    if long := re.search(rf".{{{WIDTH + 1},}}", source):
        raise ValueError(f"a line of {len(long[0])} > {WIDTH} columns: {long[0]}")
    pairs = _pairs(source) if ">>>" in source else [(source.strip("\n"), "")]
    for code, output in pairs:
        _check_code(code)
        _check_output(output)
    if sum(bool(output) for _, output in pairs) > PAIRS:
        raise ValueError(f"more than {PAIRS} outputs in one fence; split it")
    return pairs


def _pairs(source: str) -> Pairs:
    if left := PAIR.sub("", source):
        raise ValueError(f"{PROMPTS}: {left!r}")
    pairs = [(_bare(code), output.rstrip("\n")) for code, output in PAIR.findall(source)]
    compared = [example.want for example in DocTestParser().get_examples(source) if example.want]
    if compared != [f"{output}\n" for _, output in pairs if output]:
        raise ValueError(f"doctest does not compare all of this output: {source}")
    return pairs


def _bare(code: str) -> str:
    """Code without its prompts."""
    # an empty line after a block, else an interactive prompt takes the next line for its own
    code = re.sub(r"(?m)^(\.\.\.  .*\n)(?=>>>)", r"\1\n", code)
    return re.sub(r"(?m)^(?:>>>|\.\.\.) ?", "", code).strip("\n")


def _check_code(code: str) -> None:
    if re.search(r"#\s*doctest:", code):
        raise ValueError(f"no doctest directives: {code}")
    try:
        compile(code, "<snippet>", "exec")
    except SyntaxError as error:
        raise ValueError(f"not Python: {code}") from error


def _check_output(output: str) -> None:
    if NUMPY_SCALAR.search(output):
        raise ValueError(f"a bare NumPy scalar; print it formatted: {output}")
    if LONG_FLOAT.search(output):
        raise ValueError(f"a float of more than 8 decimals; print it formatted: {output}")
    if STACK.match(output):
        raise ValueError(f"the lines of a traceback are not compared; write '    ...': {output}")


# --- the look ----------------------------------------------------------------------------------


def snippet_html(pairs: Iterable[tuple[str, str]], highlight: Callable[[str], str]) -> str:
    """Put code and outputs into one frame; only code gets a copy button."""
    parts = (highlight(code) + (output_html(output) if output else "") for code, output in pairs)
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
    except ValueError as error:  # ours, or doctest's own
        raise SuperFencesException(str(error)) from error
    return snippet_html(pairs, lambda code: highlight(code, language, options, md, **kwargs))


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
    text = re.sub(r"(?m)^(>>> .+(?:\n.+)*)\n?", r"```python\n\1\n```\n", text)
    return text + heading + re.sub(r"(?m)^(\w+) : ", r"* [`\1`][softdial.\1]: ", siblings)
