import json

import nbformat
import pytest
from bs4 import BeautifulSoup

from softdial_site.notebooks import (
    download,
    fill,
    keep_outputs,
    markdown,
    offer,
    offer_code,
    origin,
    output,
    read,
    services,
)

SOURCE = """\
# ---
# jupyter:
#   description: One claim.
# ---

# %% [markdown]
# # A title {#title}
#
# The lead.
# { .lead }
#
# ![](fig:seed-dial)
#
# <aside class="note" markdown="1">
#
# See [odds](odds.md#log) and [elsewhere](https://softdial.test/).
#
# </aside>

# %%
x = 1
x

# %%
print("a")
"""


def cell(code, *outputs, count=1):
    """One code cell as mkdocs-jupyter writes it: two elements, one in the other."""
    areas = "".join(
        f'<div class="jp-OutputArea-output {kind}" data-mime-type="{mime}"><pre>{text}</pre></div>'
        for kind, mime, text in outputs
    )
    return (
        f'<div class="jp-CodeCell"><div class="jp-CodeCell" id="cell-id={count}">'
        f'<div class="highlight-ipynb"><pre>{code}\n</pre></div>{areas}</div></div>'
    )


RESULT = ("jp-OutputArea-executeResult", "text/plain", "1")
STREAM = ("", "text/plain", "a\n")
RAN = cell("x = 1\nx", RESULT) + cell('print("a")', STREAM, count=2)
OUTPUTS = [[output("1", result=True)], [output("a", result=False)]]


def outputs(notebook):
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def executed(html=RAN):
    notebook = read(SOURCE)
    keep_outputs(html, notebook)
    return notebook


class TestRead:
    def test_the_header_holds_the_description(self):
        assert read(SOURCE).metadata.description == "One claim."

    def test_text_and_code_come_in_order(self):
        assert [cell.cell_type for cell in read(SOURCE).cells] == ["markdown", "code", "code"]


class TestMarkdown:
    def test_code_cells_become_python_fences(self):
        assert '```python\nx = 1\nx\n```\n\n```python\nprint("a")\n```' in markdown(read(SOURCE))

    def test_text_cells_stay_as_they_are(self):
        assert markdown(read(SOURCE)).startswith("# A title {#title}\n\nThe lead.\n{ .lead }\n")


class TestKeepOutputs:
    def test_each_cell_gives_what_it_printed_once(self):
        assert outputs(executed()) == OUTPUTS

    def test_other_code_than_the_notebooks_is_refused(self):
        with pytest.raises(ValueError, match="the cells that ran are not those"):
            executed(RAN.replace("x = 1", "x = 2"))

    def test_a_cell_that_did_not_run_is_noticed(self):
        with pytest.raises(ValueError, match="the cells that ran are not those"):
            executed(cell("x = 1\nx", RESULT))

    @pytest.mark.parametrize("mime", ["image/png", "application/vnd.jupyter.stderr"])
    def test_pictures_and_warnings_are_refused(self, mime):
        bad = RAN.replace("text/plain", mime, 1)
        with pytest.raises(ValueError, match=f"a cell gave {mime}"):
            executed(bad)


class TestFill:
    PAGE = '<div class="snippet"><pre>x</pre></div><div class="snippet"><pre>y</pre></div>'

    def test_each_output_stands_in_the_frame_of_its_code(self):
        frames = BeautifulSoup(fill(self.PAGE, executed()), "html.parser").select(".snippet")
        assert [frame.select_one(".output").get_text() for frame in frames] == ["1", "a"]

    def test_a_page_with_other_snippets_is_refused(self):
        with pytest.raises(ValueError, match="zip"):
            fill(f"{self.PAGE}{self.PAGE}", executed())


class TestOffer:
    def test_the_download_is_linked_below_the_lead(self):
        (link,) = self.links({})
        assert (link["href"], link.get_text(), "download" in link.attrs) == (
            "a.ipynb",
            "Take it",
            True,
        )

    def test_so_is_where_it_opens(self):
        _, link = self.links({"Colab": "https://a.test/"})
        assert (link["href"], link.get_text()) == ("https://a.test/", "Open it in Colab")

    def links(self, elsewhere):
        lead = '<p class="lead">Lead\nand more.</p><p>Text.</p>'
        page = offer(lead, "a.ipynb", "Take it", elsewhere)
        return BeautifulSoup(page, "html.parser").select(".lead + .download a")


class TestOfferCode:
    def test_the_button_is_below_the_lead_above_the_links(self):
        page = offer_code(offer('<p class="lead">Lead.</p>', "a.ipynb", "Take it", {}))
        (button,) = BeautifulSoup(page, "html.parser").select(".lead + p:has(+ .download) button")
        assert button.has_attr("disabled")


class TestServices:
    def test_they_read_the_branch_of_a_repository_on_github(self):
        assert services("https://github.com/team/book", "learn/odds/odds.ipynb") == {
            "Colab": "https://colab.research.google.com/github/team/book/blob/notebooks"
            "/learn/odds/odds.ipynb",
            "Binder": "https://mybinder.org/v2/gh/team/book/notebooks"
            "?urlpath=lab/tree/learn/odds/odds.ipynb",
        }

    @pytest.mark.parametrize("repository", ["", "https://code.test/team/book"])
    def test_there_is_none_for_another_repository(self, repository):
        assert services(repository, "learn/odds/odds.ipynb") == {}


class TestOrigin:
    def test_it_links_the_page_and_tells_how_to_install(self):
        text = origin("https://a.test/odds/", "pip install softdial")
        assert "This notebook goes with [a page of softdial](https://a.test/odds/)." in text
        assert "`%pip install softdial`" in text
        assert text.endswith(
            "\n> Code is MIT-0, copy it freely; prose and figures are "
            "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)."
        )

    def test_without_an_address_and_a_need_nothing_is_promised(self):
        text = origin(None)
        assert "](" not in text.replace("](https://creativecommons.org", "")
        assert "install" not in text


def picture(name):
    return f"alt of {name}", "cG5n"


def nowhere(address):
    return None


class TestDownload:
    def made(self, link=nowhere):
        text = download(executed(), "> Head", picture, link)
        return text, nbformat.reads(text, as_version=4)

    def test_it_is_valid_and_the_same_each_time(self):
        text, notebook = self.made()
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec.name == "python3"
        assert text == self.made()[0]
        assert text.endswith("}\n")

    def test_one_that_is_not_stops_the_build(self):
        notebook = executed()
        notebook.cells[1].outputs[0].output_type = "guess"
        with pytest.raises(nbformat.ValidationError):
            download(notebook, "> Head", picture, nowhere)

    def test_of_the_metadata_of_cells_what_folds_them_is_kept(self):
        notebook = executed()
        notebook.cells[1].metadata = {"jupyter": {"source_hidden": True}, "time": "now"}
        text = download(notebook, "> Head", picture, nowhere)
        assert json.loads(text)["cells"][2]["metadata"] == {"jupyter": {"source_hidden": True}}

    def test_results_and_prints_are_told_apart(self):
        _, notebook = self.made()
        kinds = [cell.outputs[0].output_type for cell in notebook.cells if "outputs" in cell]
        assert kinds == ["execute_result", "stream"]

    def test_cells_count_as_they_ran(self):
        cells = json.loads(self.made()[0])["cells"]
        assert [cell.get("execution_count") for cell in cells] == [None, None, 1, 2]
        assert cells[2]["outputs"][0]["execution_count"] == 1
        assert [cell["id"] for cell in cells] == ["cell-1", "cell-2", "cell-3", "cell-4"]

    def test_the_figure_is_inside(self):
        text = self.made()[1].cells[1]
        assert "![alt of seed-dial](attachment:seed-dial.png)" in text.source
        assert text.attachments["seed-dial.png"] == {"image/png": "cG5n"}
        assert "attachments" not in self.made()[1].cells[0]

    def test_marks_of_the_sites_markdown_are_gone(self):
        source = self.made()[1].cells[1].source
        assert source.startswith("# A title\n\nThe lead.\n\n")
        assert "markdown=" not in source

    def test_links_lead_to_the_site(self):
        addresses = {"odds.md#log": "https://softdial.test/learn/odds/#log"}
        source = self.made(lambda address: addresses.get(address, address))[1].cells[1].source
        assert "[odds](https://softdial.test/learn/odds/#log)" in source
        assert "[elsewhere](https://softdial.test/)" in source

    def test_links_without_an_address_become_text(self):
        assert "See odds and elsewhere." in self.made()[1].cells[1].source

    def test_the_head_is_the_first_cell(self):
        assert self.made()[1].cells[0].source == "> Head"

    def test_a_traceback_becomes_an_error_that_a_run_survives(self):
        shown = "Traceback (most recent call last):\n    ...\nValueError: one;\ntwo"
        notebook = executed()
        notebook.cells[1].outputs = [output(shown, result=True)]
        text = download(notebook, "> Head", picture, nowhere)
        cell = json.loads(text)["cells"][2]
        assert cell["metadata"]["tags"] == ["raises-exception"]
        assert cell["outputs"][0]["ename"] == "ValueError"
        assert cell["outputs"][0]["evalue"] == "one;\ntwo"
        assert cell["outputs"][0]["traceback"] == shown.split("\n")
        assert "tags" not in json.loads(text)["cells"][3]["metadata"]

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            (r"odds\(^{1/T}\) and \( x \)", "odds$^{1/T}$ and $x$"),
            ("`a \\(` and \\(y\\)", "`a \\(` and $y$"),
            ("``a ` \\(`` and \\(y\\) or `b`", "``a ` \\(`` and $y$ or `b`"),
            ("\\[\nx = 1\n% say: x is one\n\\]", "$$\nx = 1\n$$"),
            ("\\[x = 1\\]", "$$\nx = 1\n$$"),
        ],
    )
    def test_formulas_stand_between_dollars(self, text, written):
        assert self.of_text(text) == written

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("[a [b] c](x.html)", "a [b] c"),
            ("[a](x.html) b [c](y.html)", "a b c"),
            ("[a](x.html)) b", "a) b"),
            ("![words](x.png)", "![words](x.png)"),
        ],
    )
    def test_links_are_found_by_their_brackets(self, text, written):
        assert self.of_text(text) == written

    @pytest.mark.parametrize(
        "text",
        [
            "!!! note",
            "??? note",
            '=== "Tab"',
            "::: softdial.softmax",
            "text[^1]\n\n[^1]: more",
            "![](play:dial)",
            "{ :x }",
            "{ .x } y",
            "{#x} y",
            "fig:dial",
            "see a.md#x",
            "see a.md?x",
            "(a.md)",
            r"\[ x",
            r"x \]",
            r"\( x",
            r"x \)",
            "```python",
            '[x](a.md "title")',
            "[`x`][softdial.x]",
            "[x]\n\n[x]: a.md",
        ],
    )
    def test_what_a_notebook_does_not_understand_stops_the_build(self, text):
        with pytest.raises(ValueError, match="does not understand"):
            self.of_text(text)

    def of_text(self, text):
        notebook = read("# %% [markdown]\n" + "\n".join(f"# {line}" for line in text.split("\n")))
        made = download(notebook, "> Head", picture, nowhere)
        return "".join(json.loads(made)["cells"][1]["source"])
