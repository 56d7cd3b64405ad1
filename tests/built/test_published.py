"""What search engines, link previews and maintainers see, with an address and without one."""

import os
import re
import shutil
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

import sites
import softdial

SOCIAL = 'link[rel="canonical"], meta[property^="og:"], meta[name^="twitter:"]'
HOME = "https://github.com/team/softdial"
PAGE = "teach/quiz/index.html"  # in which a fault is planted


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A build without any address."""
    folder = tmp_path_factory.mktemp("bare")
    return sites.build(folder, SITE_URL="", REPOSITORY="", PACKAGE="")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A build of a public repository with a released package."""
    return sites.build(tmp_path_factory.mktemp("home"), REPOSITORY=HOME, PACKAGE="softdial")


def contents(site):
    """The pages that readers look for."""
    return [path for path in sites.pages(site) if path != "404.html"]


class TestWithAnAddress:
    def test_every_page_has_its_canonical_address(self, site):
        for path in contents(site):
            link = sites.parse(site, path).select_one('link[rel="canonical"]')
            assert link["href"] == sites.address(site) + path

    def test_every_page_tells_the_three_licenses(self, site):
        for path in sites.pages(site):
            told = sites.parse(site, path).select_one(".md-copyright").get_text()
            for part in ("CC BY 4.0", "code blocks MIT-0", "package MIT"):
                assert part in told, path

    def test_every_page_has_a_preview_with_its_own_words_and_an_image(self, site):
        image = f"{sites.address(site)}figures/index-dial.png"
        for path in contents(site):
            page = sites.parse(site, path)
            said = {meta["property"]: meta["content"] for meta in page.select("meta[property]")}
            assert said["og:title"] in page.h1.get_text()
            assert said["og:description"] == page.select_one('[name="description"]')["content"]
            assert said["og:url"] == sites.address(site) + path
            assert said["og:image"] == image
            card = page.select_one('meta[name="twitter:card"]')
            assert card["content"] == "summary_large_image"
        assert (site / "figures" / "index-dial.png").read_bytes()[:4] == b"\x89PNG"

    def test_the_sitemap_lists_every_page(self, site):
        tree = ElementTree.parse(site / "sitemap.xml")
        places = [place.text for place in tree.iterfind(".//{*}loc")]
        assert sorted(places) == [sites.address(site) + path for path in contents(site)]

    def test_robots_are_told_of_the_sitemap(self, site):
        assert f"Sitemap: {sites.address(site)}sitemap.xml" in (site / "robots.txt").read_text()

    def test_models_find_every_page_with_its_description(self, site):
        listed = re.findall(r"\]\((\S+)\): (.+)", (site / "llms.txt").read_text("utf-8"))
        assert sorted(place for place, _ in listed) == [
            sites.address(site) + path for path in contents(site)
        ]
        assert all(len(description) > 20 for _, description in listed)

    def test_a_lost_reader_finds_every_page(self, site):
        base, links = sites.address(site), sites.parse(site, "404.html").select("article a")
        places = {urljoin(base, link["href"]) for link in links}
        assert places == {base + path for path in contents(site)}

    def test_the_install_line_names_the_wheel_of_this_site(self, site):
        (wheel,) = (site / "dist").iterdir()
        line = sites.parse(site, "").select_one(".language-sh code").get_text()
        package = os.environ.get("PACKAGE") or f"{sites.address(site)}dist/{wheel.name}"
        assert line.strip() == f"pip install {package}"


class TestTheChecksThemselves:
    @pytest.mark.parametrize(
        ("file", "old", "new", "check"),
        [
            (PAGE, 'canonical" href="', 'canonical" href="x', "its_canonical_address"),
            (PAGE, "MIT-0", "MIT", "the_three_licenses"),
            (PAGE, 'og:title" content="', 'og:title" content="x', "a_preview"),
            (PAGE, 'og:description" content="', 'og:description" content="x', "a_preview"),
            (PAGE, 'og:url" content="', 'og:url" content="x', "a_preview"),
            (PAGE, 'og:image" content="', 'og:image" content="x', "a_preview"),
            (PAGE, "summary_large_image", "summary", "a_preview"),
            ("figures/index-dial.png", "PNG", "GIF", "a_preview"),
            ("sitemap.xml", "teach/quiz/", "teach/", "the_sitemap_lists"),
            ("robots.txt", "sitemap.xml", "map.xml", "robots"),
            ("llms.txt", "teach/quiz/", "teach/", "models_find"),
            ("llms.txt", "): ", "): x\n", "models_find"),
            ("404.html", "/teach/quiz/", "/teach/", "a_lost_reader"),
            ("index.html", "pip install ", "pip install x", "the_install_line"),
        ],
    )
    def test_a_planted_fault_is_found(self, site, tmp_path, file, old, new, check):
        copy = tmp_path / "site"
        shutil.copytree(site, copy, copy_function=os.link)
        content = (site / file).read_bytes()
        fault = content.replace(old.encode(), new.encode())
        assert fault != content
        (copy / file).unlink()  # the link alone
        (copy / file).write_bytes(fault)
        checks = TestWithAnAddress()
        (test,) = (getattr(checks, name) for name in dir(checks) if check in name)

        with pytest.raises(AssertionError):
            test(copy)


class TestWithoutAnAddress:
    def test_addresses_are_left_out_not_wrong(self, bare):
        for path in sites.pages(bare):
            assert sites.parse(bare, path).select(SOCIAL) == []

    def test_robots_are_told_of_no_sitemap(self, bare):
        assert "Sitemap" not in (bare / "robots.txt").read_text()

    def test_links_for_models_are_relative(self, bare):
        listed = re.findall(r"\]\(([^)]*)\):", (bare / "llms.txt").read_text("utf-8"))
        assert all((bare / place / "index.html").is_file() for place in listed)
        assert len(listed) == len(contents(bare))
        assert "" not in listed

    def test_nothing_leads_to_a_repository(self, bare):
        page = sites.parse(bare, "learn/odds/")
        assert [link.get_text() for link in page.select(".page-actions a")] == ["Cite"]
        assert len(page.select(".download a")) == 1


class TestWithARepository:
    def test_every_page_can_be_edited_and_reported(self, released):
        for path in contents(released):
            edit, report, source, cite = sites.parse(released, path).select(".page-actions a")
            edited = edit["href"].removeprefix(f"{HOME}/edit/main/")
            assert (sites.ROOT / edited).is_file()
            assert report["href"].startswith(f"{HOME}/issues/new?title=")
            assert source["href"] == HOME
            assert cite["href"].endswith("#cite")

    def test_every_function_leads_to_its_code(self, released):
        page = sites.parse(released, "reference/api/")
        headings = page.select("h3[id^='softdial.']")
        assert len(headings) == len(softdial.__all__)
        for heading in headings:
            name = heading["id"].removeprefix("softdial.")
            link = heading.find_next("a", string="Source")
            file, line = re.search(r"/blob/\w+/(\S+)#L(\d+)$", link["href"]).groups()
            lines = (sites.ROOT / file).read_text("utf-8").splitlines()
            assert lines[int(line) - 1].startswith(f"def {name}(")

    def test_every_notebook_opens_in_two_services(self, released):
        notebooks = [file.relative_to(released) for file in released.rglob("*.ipynb")]
        assert len(notebooks) > 10
        for path in notebooks:
            links = sites.parse(released, path.parent).select(".download a:not([download])")
            colab, binder = (link["href"] for link in links)
            assert colab.endswith(f"/github/team/softdial/blob/notebooks/{path.as_posix()}")
            assert binder.endswith(
                f"/gh/team/softdial/notebooks?urlpath=lab/tree/{path.as_posix()}"
            )

    def test_the_install_line_names_the_package(self, released):
        line = sites.parse(released, "").select_one(".language-sh code").get_text()
        assert line.strip() == "pip install softdial"
