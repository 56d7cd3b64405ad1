"""The notebooks of the chapters print the same when run again, and nothing in them misleads."""

import ast
import contextlib
import io
import os
import re
from urllib.parse import urldefrag

import nbformat
import pytest
from nbclient import NotebookClient

import sites
from tools import assert_none

CHAPTERS = sorted((sites.ROOT / "docs" / "learn").glob("*.*"), key=lambda file: file.stem)
chapters = pytest.mark.parametrize("source", CHAPTERS, ids=lambda file: file.stem)
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")


def read(site, source):
    return nbformat.read(site / "learn" / source.stem / f"{source.stem}.ipynb", as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


# --- running them -------------------------------------------------------------------------------


def differences(notebook):
    """Yield the cells that give anything but what stands below them, run in order."""
    names = {"__name__": "__main__"}
    for cell in code(notebook):
        if (given := run(cell.source, names)) != (shown := outputs(cell)):
            yield f"{cell.source}\nshows {shown}\ngives {given}"


def run(source, names):
    """Run a cell as a notebook does; return what it printed, the value of its end, its error."""
    *body, last = ast.parse(source).body
    value, error, stdout = None, "", io.StringIO()
    with contextlib.redirect_stdout(stdout):
        try:
            exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
            else:
                exec(compile(ast.Module([last], []), "<cell>", "exec"), names)
        except Exception as raised:
            error = type(raised).__name__
    return stdout.getvalue(), "" if value is None else repr(value), error


def outputs(cell):
    """What stands below a cell: prints, result, and the type of an error."""
    found = {"stream": "", "execute_result": "", "error": ""}
    for output in cell.outputs:
        found[output.output_type] += {
            "stream": lambda o: o.text,
            "execute_result": lambda o: o.data["text/plain"],
            "error": lambda o: o.ename,
        }[output.output_type](output)
    return tuple(found.values())


class TestRunning:
    @chapters
    def test_every_cell_gives_what_stands_below_it(self, site, source):
        assert_none(differences(read(site, source)))

    @chapters
    def test_cells_that_raise_let_the_next_one_run(self, site, source):
        for cell in code(read(site, source)):
            raises = any(output.output_type == "error" for output in cell.outputs)
            assert ("raises-exception" in cell.metadata.get("tags", [])) == raises

    @pytest.mark.filterwarnings("ignore::Warning:jupyter_client", "ignore::Warning:zmq")
    def test_a_kernel_agrees(self, site):
        notebook = read(site, sites.ROOT / "docs" / "learn" / "temperature.md")
        before = [outputs(cell) for cell in code(notebook)]
        assert any(error for _, _, error in before)
        NotebookClient(notebook, kernel_name="python3").execute()
        assert [outputs(cell) for cell in code(notebook)] == before

    @pytest.mark.parametrize("other", ["1 + 2", "print(2)", "1 / 0", "x = 2"])
    def test_a_cell_that_gives_something_else_is_found(self, other):
        cell = nbformat.v4.new_code_cell("1 + 1")
        cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "2"})]
        notebook = nbformat.v4.new_notebook(cells=[cell])
        assert list(differences(notebook)) == []
        cell.source = other
        (found,) = differences(notebook)
        assert found.startswith(f"{other}\nshows ('', '2', '')")


# --- reading them -------------------------------------------------------------------------------


def misleading(site, notebook):
    """Yield the links of a notebook that lead nowhere, and the pictures that are not inside."""
    base, ids = sites.address(site), {}
    for cell in notebook.cells:
        for picture, target in LINK.findall(cell.source) if cell.cell_type == "markdown" else []:
            url, anchor = urldefrag(target)
            if picture:
                if url.removeprefix("attachment:") not in cell.get("attachments", {}):
                    yield f"{target} is not inside"
            elif not url.startswith("https://"):
                yield f"{target} leads nowhere"
            elif url.startswith(base):
                path = url.removeprefix(base)
                if not sites.page_file(site, path).is_file():
                    yield f"{target} leads nowhere"
                    continue
                if path not in ids:
                    ids[path] = {tag["id"] for tag in sites.parse(site, path).select("[id]")}
                if anchor and anchor not in ids[path]:
                    yield f"{target} has no such anchor"


class TestReading:
    @chapters
    def test_links_lead_to_the_site_and_pictures_are_inside(self, site, source):
        assert_none(misleading(site, read(site, source)))

    @chapters
    def test_every_figure_and_every_heading_of_the_page_is_there(self, site, source):
        path = f"learn/{source.stem}/"
        text = "\n".join(cell.source for cell in read(site, source).cells)
        assert re.findall(r"attachment:([\w-]+)\.png", text) == sites.figures(site, path)
        headings = sites.parse(site, path).article.select("h1, h2, h3")
        assert len(re.findall(r"(?m)^#{1,3} ", text)) == len(headings)

    @chapters
    def test_the_page_offers_it_below_its_lead_and_the_button_for_its_code(self, site, source):
        article = sites.parse(site, f"learn/{source.stem}/").article
        link = article.select_one(".lead + .copy-all-line + .download a[download]")
        assert link["href"] == f"{source.stem}.ipynb"

    def test_the_exercises_are_offered_and_lead_to_what_helps(self, site):
        path = "teach/exercises/"
        link = sites.parse(site, path).article.select_one(".lead + .download a[download]")
        notebook = nbformat.read(site / path / link["href"], as_version=4)
        assert f"goes with [a page of softdial]({sites.address(site)}{path})" in (
            notebook.cells[0].source
        )
        assert any("def check(" in cell.source for cell in code(notebook))
        assert_none(misleading(site, notebook))

    def test_the_first_cell_tells_where_it_comes_from_and_what_it_needs(self, site):
        notebook = read(site, sites.ROOT / "docs" / "learn" / "temperature.md")
        first = notebook.cells[0].source
        assert f"]({sites.address(site)}learn/temperature/)" in first
        package = os.environ.get("PACKAGE") or f"{sites.address(site)}dist/"
        assert f"%pip install {package}" in first
        assert "MIT-0" in first
        seed = read(site, sites.ROOT / "docs" / "learn" / "seed.py")  # runs without the package
        assert "install" not in seed.cells[0].source

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("[x](https://softdial.test/book/none/)", "leads nowhere"),
            ("[x](../odds.md)", "leads nowhere"),
            ("[x](https://softdial.test/book/learn/odds/#none)", "has no such anchor"),
            ("![x](attachment:none.png)", "is not inside"),
        ],
    )
    def test_what_leads_astray_is_found(self, site, text, found):
        text = text.replace("https://softdial.test/book/", sites.address(site))
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
        (fault,) = misleading(site, notebook)
        assert fault.endswith(found)
