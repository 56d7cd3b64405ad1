"""What a visit loads, compressed as servers send it; test_pages weighs every page."""

import gzip
import random

import pytest
from harness import reading

import sites
from tools import assert_none

PAGE, FIGURE, FONT, INDEX = 110_000, 6_000, 75_000, 110_000
APART = {"math.woff2": FONT, "search_index.json": INDEX}


def weight(data):
    return len(gzip.compress(data, 9))


def first_visit(chromium, site, path):
    """Return the files of a first visit: a fresh profile, until the page has all it wants."""
    with reading(chromium, site) as reader:
        reader.open_whole(path)
        return reader.loaded


def too_heavy(path, files):
    """Yield what is above its limit: the page as a whole, font and search index apart."""
    sizes = {file.name: weight(file.read_bytes()) for file in files if file.name in APART}
    yield from (f"/{path}: {name} {size}" for name, size in sizes.items() if size > APART[name])
    total = sum(weight(file.read_bytes()) for file in files if file.name not in APART)
    if total > PAGE:
        yield f"/{path}: {total} in all"


def heavy_figures(site, path):
    for figure in sites.parse(site, path).select("figure.fig > svg"):
        if (size := weight(str(figure).encode())) > FIGURE:
            yield f"/{path}: {figure.find_parent('figure')['id']} {size}"


class TestWeights:
    def test_no_figure_is_too_heavy(self, site, pages):
        assert_none(finding for path in pages for finding in heavy_figures(site, path))

    def test_the_math_font_is_loaded_only_where_formulas_stand(self, chromium, site):
        def fonts(path):
            return [
                file.name for file in first_visit(chromium, site, path) if file.suffix == ".woff2"
            ]

        assert fonts("learn/temperature/") == ["math.woff2"]
        assert fonts("") == []

    def test_the_worker_of_the_search_is_loaded_when_the_search_is_opened(self, reader):
        page = reader.open_whole("learn/odds/")
        page.locator("article a").first.focus()  # any other focus than the search's
        page.wait_for_timeout(300)
        assert "workers" not in {file.parent.name for file in reader.loaded}

        page.keyboard.press("/")
        page.keyboard.type("temperature")
        page.locator(".md-search-result__item").first.wait_for()
        assert "workers" in {file.parent.name for file in reader.loaded}
        assert_none(reader.trouble)

    def test_a_heavy_script_is_found(self, planted):
        noise = random.Random(1).randbytes(PAGE).hex()
        with planted("", f"// {noise}") as reader:
            reader.open_whole("")

            assert any("in all" in finding for finding in too_heavy("", reader.loaded))

    @pytest.mark.parametrize("name", APART)
    def test_a_heavy_font_and_index_are_found(self, tmp_path, name):
        (tmp_path / name).write_bytes(random.Random(1).randbytes(APART[name] + 1000))

        assert [name in finding for finding in too_heavy("", [tmp_path / name])] == [True]

    def test_a_heavy_figure_is_found(self, tmp_path):
        noise = random.Random(1).randbytes(FIGURE).hex()
        html = f'<figure class="fig" id="fig-x"><svg><path d="{noise}"/></svg></figure>'
        (tmp_path / "index.html").write_text(html)

        assert [finding[:10] for finding in heavy_figures(tmp_path, "")] == ["/: fig-x 6"]
