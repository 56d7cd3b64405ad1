import re
from functools import cache
from pathlib import Path

import material
import pytest
from bs4 import BeautifulSoup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import BashLexer, PythonLexer

import sites
from softdial_site import lean

SOURCES = sorted((sites.ROOT / "src" / "softdial_site").glob("*.py"))
SHELL = (
    'make test  # all\nif [ "$CI" = true ]; then echo \'a\' "$HOME" | grep -v "b" && exit 1; fi\n'
)
(THEME,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.css")
STYLES = THEME.read_text("utf-8") + (sites.ROOT / "docs/assets/site.css").read_text("utf-8")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOR = re.compile(r"--md-code-hl-(\w+)-color: var\(--(?:fig|site)-(\w+)\)")


def pre(code, lexer):
    return highlight(code, lexer(), HtmlFormatter())


@cache
def looks():
    """Map each class of Pygments to how the style sheets show it, ink being the rule."""
    colors = dict(COLOR.findall(STYLES))
    found = {}
    for selectors, style in RULE.findall(STYLES):
        for name in re.findall(r"\.(\w+)", selectors) if ".highlight " in selectors else ():
            look = found.setdefault(name, {"color": "ink"})
            for part, value in (line.split(":", 1) for line in style.split(";") if ":" in line):
                variable = re.search(r"--md-code-hl-(\w+)-color", value)
                look[part.strip()] = colors[variable[1]] if variable else value.strip()
    return found


def letters(html):
    """List every letter of the code with how it looks; a blank looks like any other."""
    shown = looks()
    return [
        (letter, shown.get(" ".join(text.parent.get("class", [])), {"color": "ink"}))
        for text in BeautifulSoup(html, "html.parser").find_all(string=True)
        for letter in text
        if not letter.isspace()
    ]


class TestLooks:
    def test_they_are_read_from_the_style_sheets(self):
        shown = looks()
        assert shown["n"] == {"color": "ink"}
        assert shown["p"] == {"color": "quiet"}
        assert shown["k"] == {"color": "ink", "font-weight": "600"}
        assert shown["c1"] == {"color": "quiet", "font-style": "italic"}


class TestCode:
    @pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
    def test_every_letter_of_python_looks_as_before(self, path):
        html = pre(path.read_text("utf-8"), PythonLexer)
        assert letters(lean.code(html)) == letters(html)

    def test_so_does_every_letter_for_the_shell(self):
        html = pre(SHELL, BashLexer)
        assert letters(lean.code(html)) == letters(html)

    def test_the_text_keeps_its_blanks(self):
        html = pre(SHELL, BashLexer)
        assert lean.TAG.sub("", lean.code(html)) == lean.TAG.sub("", html)

    def test_what_looks_alike_is_one(self):
        html = pre('print(["a", "b"], x)', PythonLexer)
        quiet = '<span class="p">(["a", "b"],</span>'
        assert f'print{quiet} x<span class="p">)</span>' in lean.code(html)

    def test_most_elements_go(self):
        html = "".join(pre(path.read_text("utf-8"), PythonLexer) for path in SOURCES)
        assert lean.code(html).count("<span") < html.count("<span") / 2

    def test_only_code_is_touched(self):
        html = '<p><span class="n">x</span></p>'
        block = pre("x", PythonLexer)
        assert lean.code(f"{block}{html}{block}").count(html) == 1

    def test_no_element_is_left_for_ink_nor_a_second_one_for_quiet(self):
        blocks = [pre(path.read_text("utf-8"), PythonLexer) for path in SOURCES]
        left = set(re.findall('<span class="(\\w+)"', lean.code("".join(blocks))))
        alike = [looks()["n"], looks()["p"]]
        assert {name for name in left if looks().get(name, alike[0]) in alike} == {"p"}

    @pytest.mark.parametrize(("kind", "name"), [("INK", "k"), ("QUIET", "c1"), ("INK", "p")])
    def test_a_wrong_list_is_found(self, monkeypatch, kind, name):
        monkeypatch.setattr(lean, kind, re.compile(lean.SPAN.format(name)))
        html = pre("for x in (1, 2): pass  # twice", PythonLexer)
        assert letters(lean.code(html)) != letters(html)
