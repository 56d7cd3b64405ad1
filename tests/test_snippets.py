import os
import subprocess
import sys
from itertools import product

import markdown
import pytest
from bs4 import BeautifulSoup
from pymdownx.superfences import SuperFencesException
from sybil import Document

import running
import sites
from softdial_site import snippets
from softdial_site.snippets import fenced, snippet_html, split


def rendered(text):
    """Render Markdown as the site does."""
    custom = {
        "name": "python",
        "class": "python",
        "format": snippets.fence,
        "validator": snippets.only_python,
    }
    options = {
        "pymdownx.superfences": {"custom_fences": [custom], "disable_indented_code_blocks": True},
        "pymdownx.highlight": {"pygments_lang_class": True, "default_lang": "python"},
    }
    names = ["admonition", "pymdownx.details", "pymdownx.superfences", "pymdownx.highlight"]
    return BeautifulSoup(
        markdown.markdown(text, extensions=names, extension_configs=options), "html.parser"
    )


def run(folder, text, name="docs/page.md", options=()):
    """Run a page through the plugin in a process and a project of its own."""
    page = folder / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    plugin = ["-q", "-p", "running", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *plugin, *options, page.parent]
    paths = [page.parent, sites.ROOT / "tests", sites.ROOT / "src"]  # Sybil imports what it reads
    own = {"PYTHONPATH": os.pathsep.join(map(os.fspath, paths))}
    alone = os.environ | own | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def in_fence(code):
    return f"# Page\n\n```python\n{code}\n```\n"


TRACEBACK = "Traceback (most recent call last):"

# Lines that a doctest is made of, and some that look like them.
PROMPTS = (">>> x", ">>> if x:", ">>>", ">>> # why", ">>>x", "  >>> x", "\t>>> x")
MORE = ("...     y", "... # why", "...", "...y", " ... y")
OTHERS = ("1", "  1", "x >>> 1", "", "  ", "\t")


def parts(examples):
    """The lines of code, without comments, and the outputs of pairs of both."""
    codes, outputs = zip(*examples, strict=True) if examples else ((), ())
    lines = [line for code in codes for line in code.splitlines()]
    return (
        [line for line in lines if line.strip() and "#" not in line],
        [output.rstrip("\n") for output in outputs if output],
    )


class TestSplit:
    @pytest.mark.parametrize(
        ("source", "pairs"),
        [
            (">>> 1 + 1\n2", [("1 + 1", "2")]),
            (">>> x = 1\n>>> x\n1\n>>> x + 1\n2", [("x = 1\nx", "1"), ("x + 1", "2")]),
            (">>> for x in [1]:\n...     x\n1", [("for x in [1]:\n    x", "1")]),
            (">>> if 1:\n...     x = 1\n>>> x\n1", [("if 1:\n    x = 1\n\nx", "1")]),
            (
                ">>> if 1:\n...     x = 1\n...     y = 2\n>>> x\n1",
                [("if 1:\n    x = 1\n    y = 2\n\nx", "1")],
            ),
            (">>> # why\n>>> 1\n1", [("# why\n1", "1")]),
            (">>> x = 1", [("x = 1", "")]),
            (">>> x[..., 0]\n1", [("x[..., 0]", "1")]),
            (">>> x = 1\n\n>>> x\n1", [("x = 1\n\nx", "1")]),
            ("\n>>> 1\n1\n\n>>> 2\n2\n", [("1", "1"), ("2", "2")]),
            ("def f():\n    return 1", [("def f():\n    return 1", "")]),
            (">>> print('a\\n  b')\na\n  b", [("print('a\\n  b')", "a\n  b")]),
            (
                ">>> 1 / 0\nTraceback (most recent call last):\n    ...\nZeroDivisionError: x",
                [
                    (
                        "1 / 0",
                        "Traceback (most recent call last):\n    ...\nZeroDivisionError: x",
                    )
                ],
            ),
        ],
    )
    def test_code_loses_its_prompts_and_keeps_its_output(self, source, pairs):
        assert split(source) == pairs

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            (">>> 1\n1\n\ny = 2", "after a blank line"),
            (">>> 1  # doctest: +SKIP\n2", "directives"),
            (">>> 1 #doctest:+ELLIPSIS\n1", "directives"),
            (">>>1\n1", "a space after each"),
            (">>> 1\n  >>> 2", "at the margin"),
            ("x = 1\n>>> x\n1", "no text before"),
            ("  >>> 1\n  1", "at the margin"),
            (">>> 1\n\t>>> 2", "at the margin"),
            (">>> # why\n1", "does not compare"),
            (">>> # why\n...\n1", "does not compare"),
            (">>> x = 1\n>>>\n1", "does not compare"),
            (">>> 1 +\n1", "not Python"),
            ("x = (", "not Python"),
            ("  x = 1", "not Python"),
            (">>> x\nnp.float64(0.5)", "NumPy scalar"),
            (">>> x\n[np.True_, np.int64(3)]", "NumPy scalar"),
            (">>> x\n0.445289318", "8 decimals"),
            (f">>> x\n{TRACEBACK}\n    0.9\nValueError: x", "lines of a traceback"),
            (f">>> x\n{TRACEBACK}\nValueError: x", "lines of a traceback"),
            (f">>> x\n{TRACEBACK}\n    ...\n    0.9\nValueError: x", "lines of a traceback"),
            (f">>> x\n{'x' * 73}", "a line of 73 > 72 columns"),
            ("\n".join(f">>> {n}\n{n}" for n in range(4)), "more than 3"),
        ],
    )
    def test_what_would_escape_a_check_is_refused(self, source, reason):
        with pytest.raises(ValueError, match=reason):
            split(source)

    def test_what_is_as_wide_or_prints_as_often_as_may_be_is_taken(self):
        assert split(f">>> x\n{'x' * 72}") == [("x", "x" * 72)]
        assert len(split("\n".join(f">>> {n}\n{n}" for n in range(3)))) == 3

    @pytest.mark.parametrize("first", PROMPTS)
    def test_of_whatever_it_takes_sybil_runs_and_compares_the_same(self, first):
        for lines in product(PROMPTS + MORE + OTHERS, repeat=3):
            source = "\n".join([first, *lines])
            try:
                pairs = split(source)
            except ValueError:
                continue
            regions = running.PageParser()(Document(in_fence(source), "page.md"))
            ran = [(region.parsed.source, region.parsed.want) for region in regions]
            assert parts(pairs) == parts(ran), source


class TestSnippetHtml:
    def test_output_stands_apart_and_is_escaped(self):
        page = BeautifulSoup(
            snippet_html([("a < b", "<True>")], lambda code: f"<pre>{len(code)}</pre>"),
            "html.parser",
        )

        assert page.select_one(".snippet > pre").text == "5"
        assert page.select_one(".snippet > .output.no-copy > pre > code").text == "<True>"

    @pytest.mark.parametrize(
        ("output", "searched"),
        [
            ("array([0.25, 0.75])", False),
            ("T = 0.5: 9.0000", False),
            ("array([True, False])", False),
            ("dtype('<f8')", False),
            ("1.1 nats", True),
            ("ValueError: p must be in [0, 1]", True),
            ("array([1.], dtype=float32)", True),
        ],
    )
    def test_outputs_with_words_are_searched(self, output, searched):
        box = BeautifulSoup(snippet_html([("x", output)], str), "html.parser").select_one(".output")
        assert ("data-search-exclude" not in box.attrs) == searched

    def test_silent_code_has_no_output_box(self):
        assert "output" not in snippet_html([("x = 1", "")], str)


class TestFence:
    @pytest.mark.parametrize("prefix", ["", "    ", "        "])
    def test_a_fence_at_any_depth_shows_code_and_output(self, prefix):
        heads = {"": "", "    ": "!!! note\n\n", "        ": "!!! note\n\n    ??? note\n\n"}
        lines = ["```python", ">>> x = 1", ">>> x", "1", "```"]
        page = rendered(heads[prefix] + "\n".join(prefix + line for line in lines))

        assert [code.text.strip() for code in page.select("pre > code")] == ["x = 1\nx", "1"]
        assert page.select_one(".snippet > .language-python.highlight > pre > code")

    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            (">>> 1  # doctest: +SKIP\n2", "directives"),
            (">>> x\n...y", "lacks blank"),
            (">>> x\n ... y", "lacks blank"),
        ],
    )
    def test_a_refused_snippet_stops_the_build(self, code, reason):
        with pytest.raises(SuperFencesException, match=reason):
            rendered(in_fence(code))


class TestOnlyPython:
    @pytest.mark.parametrize("options", ['title="x"', 'hl_lines="1"', 'linenums="1"'])
    def test_options_stop_the_build(self, options):
        with pytest.raises(SuperFencesException, match="alone"):
            rendered(f"```python {options}\n>>> 1\n1\n```")

    def test_attributes_do_too(self):
        with pytest.raises(SuperFencesException, match="title"):
            snippets.only_python("python", {}, {}, {"title": "x"}, None)


class TestFenced:
    def test_each_run_of_examples_becomes_a_fence(self):
        text = "Say.\n\n>>> 1\n1\n\nMore.\n\n>>> for x in []:\n...     x\n\nNotes\n-----\nEnd.\n"

        assert fenced(text) == (
            "Say.\n\n```python\n>>> 1\n1\n```\n\nMore.\n\n"
            "```python\n>>> for x in []:\n...     x\n```\n\nNotes\n-----\nEnd.\n"
        )

    def test_text_without_examples_stays_as_it_is(self):
        assert fenced("Say.\n\nMore.") == "Say.\n\nMore."

    def test_an_example_may_end_the_text(self):
        assert fenced("Say.\n\n>>> 1\n1") == "Say.\n\n```python\n>>> 1\n1\n```\n"

    def test_siblings_become_links(self):
        text = "Say.\n\nSee Also\n--------\nlogit : the way back.\n"

        assert fenced(text).endswith("--------\n* [`logit`][softdial.logit]: the way back.\n")


class TestCollection:
    @pytest.mark.parametrize(
        "file",
        [sites.ROOT / "README.md", *sites.sources(), *sites.ROOT.glob("src/softdial/*.py")],
        ids=lambda file: file.relative_to(sites.ROOT).as_posix(),
    )
    def test_every_page_and_module_is_read(self, file):
        assert any(sybil.should_parse(file) for sybil in running.collection(sites.ROOT))

    def test_the_whole_of_the_checks_runs_what_it_reads(self, pytestconfig):
        assert pytestconfig.pluginmanager.has_plugin("running")
        assert {*pytestconfig.getini("testpaths")} == {"README.md", "docs", "src", "tests"}


class TestPlugin:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("docs/page.md", in_fence(">>> 1 + 1\n2")),
            ("docs/learn/page.md", in_fence(">>> x = 1\n>>> x\n1")),
            ("README.md", in_fence("x = 1")),
            ("docs/learn/notebook.py", "# %% [markdown]\n# 1 / 0\n\n# %%\nx = 1\n\n# %%\nx + 1\n"),
            ("src/softdial/module.py", '"""Say.\n\n>>> 1 + 1\n2\n"""\n'),
        ],
    )
    def test_what_readers_copy_is_run(self, tmp_path, name, text):
        code, report = run(tmp_path, text, name)

        assert code == 0, report
        assert "passed" in report

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("docs/page.md", in_fence(">>> 1 + 1\n3")),
            ("docs/page.md", in_fence(">>> 1 / 3\n0.3333")),
            ("docs/page.md", in_fence(">>> print('some text')\nsome ...")),
            ("docs/page.md", in_fence(">>> print(1, '', 2, sep='\\n')\n1\n<BLANKLINE>\n2")),
            ("docs/page.md", in_fence(">>> 3 > 2\n1")),
            ("docs/page.md", in_fence("1 / 0")),
            ("docs/page.md", in_fence("x = 1\n>>> x\n1")),
            ("docs/learn/notebook.py", "# %%\n1 / 0\n"),
            ("src/softdial/module.py", '"""Say.\n\n>>> 1 + 1\n3\n"""\n'),
        ],
        ids=["value", "rounding", "gap", "blank", "truth", "error", "mixed", "cell", "docstring"],
    )
    def test_what_is_wrong_fails(self, tmp_path, name, text):
        code, report = run(tmp_path, text, name)

        assert code == 1, report

    @pytest.mark.parametrize(
        ("example", "passes"),
        [
            (">>> 1 / 0\n{}ZeroDivisionError: other words", True),
            (">>> 1 / 0\n{}ValueError: division by zero", False),
            (">>> 1 / 0\n{}ZeroDivisionError: other words\n0.9", False),
            (">>> 1 / 1\n{}ZeroDivisionError: division by zero", False),
            (">>> print(2) or 1 / 0\n{}ZeroDivisionError: division by zero", False),
            (">>> import softdial\n>>> softdial.softmax(1.0)\n{}ValueError: other words", False),
        ],
        ids=["own-text-free", "type", "more-text", "no-error", "printed", "package-text"],
    )
    def test_of_pythons_own_errors_only_the_type_counts(self, tmp_path, example, passes):
        head = f"{TRACEBACK}\n    ...\n"

        assert (run(tmp_path, in_fence(example.format(head)))[0] == 0) is passes
