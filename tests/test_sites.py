import pytest

import sites


@pytest.fixture
def folder(tmp_path):
    for name in ("index.html", "404.html", "learn/odds/index.html", "learn/seed.css"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'<link rel="canonical" href="https://a.test/b/"><p>{name}</p>')
    return tmp_path


class TestPages:
    def test_pages_stand_as_in_links(self, folder):
        assert sites.pages(folder) == ["", "404.html", "learn/odds/"]

    def test_every_page_leads_back_to_its_file(self, folder):
        files = [sites.page_file(folder, path) for path in sites.pages(folder)]

        assert all(file.is_file() for file in files)


class TestSources:
    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("", "index.md"),
            ("learn/odds/", "learn/odds.md"),
            ("learn/seed/", "learn/seed.py"),
            ("recipes/", "recipes/index.md"),
        ],
    )
    def test_every_page_has_its_own(self, path, name):
        assert sites.source(path) == sites.ROOT / "docs" / name

    def test_the_page_for_missing_addresses_has_none(self):
        assert sites.source("404.html") is None


class TestFigures:
    def test_they_are_named_in_their_order_and_cards_are_none(self, tmp_path):
        figures = [("fig card", "fig-a"), ("fig", "fig-c"), ("fig", "fig-b"), ("fig", "bench-d")]
        html = "".join(f'<figure class="{look}" id="{name}">' for look, name in figures)
        (tmp_path / "index.html").write_text(html)

        assert sites.figures(tmp_path, "") == ["c", "b"]


class TestKind:
    def test_an_explorer_makes_a_page_a_kind_of_its_own(self, tmp_path):
        for name, html in {"a": "<p>", "b": "<p>", "c": "<temperature-explorer>"}.items():
            (tmp_path / "learn" / name).mkdir(parents=True)
            (tmp_path / "learn" / name / "index.html").write_text(f"<article>{html}</article>")

        assert sites.one_of_each_kind(tmp_path) == ["learn/b/", "learn/c/"]


class TestAddress:
    def test_the_address_is_the_one_the_site_was_built_for(self, folder):
        assert sites.address(folder) == "https://a.test/b/"

    def test_a_site_built_without_address_says_how_to_build_it(self, folder):
        (folder / "index.html").write_text("<p>nowhere</p>")

        with pytest.raises(pytest.fail.Exception, match="SITE_URL"):
            sites.address(folder)


class TestBuild:
    def test_a_build_that_fails_shows_its_log(self, tmp_path):
        (tmp_path / "mkdocs.yml").write_text("site_name: no docs\n")

        with pytest.raises(pytest.fail.Exception, match="docs_dir"):
            sites.build(tmp_path / "out", source=tmp_path)
