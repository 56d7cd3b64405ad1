import pytest

from gate import GateError, check, ran_lines, shown_lines
from test_snippets import rendered

GOOD = "```python\n>>> x = 1\n>>> x\n1\n```\n\n```sh\nmake test\n```\n"


def gate(folder, text):
    """Render a page, then hold it against its source."""
    source = folder / "page.md"
    source.write_text(text)
    check(f"<article>{rendered(text)}</article>", source)


class TestCheck:
    def test_a_page_that_shows_what_ran_passes(self, tmp_path):
        gate(tmp_path, GOOD)

    @pytest.mark.parametrize(
        "escape",
        [
            "```py\nx = 1\n```",
            "```py\n>>> 1\n1\n```",
            "```Python\nx = 1\n```",
            "```python3\nx = 1\n```",
            "```py\n# it gives 0.5\n```",
            "``` python\nx = 1\n```",
            "```pycon\n>>> 1\n1\n```",
            "``` { .python }\nx = 1\n```",
            "```{.python}\nx = 1\n```",
            "```\nx = 1\n```",
            "<!--\n```python\nx = 1\n```\n-->",
            "<pre><code>x = 1</code></pre>",
            "<pre><code># it gives 0.5</code></pre>",
            "    >>> 1\n    1",
            "````text\n```python\nx = 1\n```\n````",
            "> A quote says `>>> 1`.",
            "```python\n>>> 1\n1\n",
        ],
    )
    def test_code_that_escapes_the_run_or_the_page_fails(self, tmp_path, escape):
        with pytest.raises((GateError, ValueError)):
            gate(tmp_path, f"{GOOD}\n{escape}\n")

    def test_another_order_fails(self, tmp_path):
        source = tmp_path / "page.md"
        source.write_text("```python\nx = 1\n```\n\n```python\ny = 2\n```\n")
        page = rendered("```python\ny = 2\n```\n\n```python\nx = 1\n```\n")

        with pytest.raises(GateError, match="not the code that ran"):
            check(f"<article>{page}</article>", source)


class TestShownLines:
    def test_outputs_shell_and_figure_sources_are_left_out(self):
        page = (
            f'<article>{rendered(GOOD)}<details class="fig-source"><pre>y</pre></details></article>'
        )

        assert list(shown_lines(page)) == ["x = 1", "x"]


class TestRanLines:
    def test_a_directive_stands_for_the_examples_of_the_docstring(self, tmp_path):
        source = tmp_path / "api.md"
        source.write_text("::: softdial.softmax\n\n```python\n>>> a = 1\n```\n")
        lines = list(ran_lines(source))

        assert "from softdial import softmax" in lines
        assert lines[-1] == "a = 1"

    def test_the_cells_of_the_notebook_are_its_code(self, tmp_path):
        source = tmp_path / "seed.py"
        source.write_text("# %% [markdown]\n# text\n\n# %%\nx = 1\n# why\n\n\n# %%\nx\n")

        assert list(ran_lines(source)) == ["x = 1", "x"]

    def test_comments_and_blank_lines_are_none(self, tmp_path):
        source = tmp_path / "page.md"
        source.write_text("```python\nif x:  \n    # why\n\n    y = 1\n```\n")

        assert list(ran_lines(source)) == ["if x:", "    y = 1"]
