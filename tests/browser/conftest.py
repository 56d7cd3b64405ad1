import shutil

import pytest
from harness import CHROMIUM, reading
from playwright.sync_api import sync_playwright

import sites
from tools import need


@pytest.fixture(scope="session")
def chromium():
    program = need(
        "chromium-headless-shell",  # starts in half the time
        "chromium",
        "chromium-browser",
        "google-chrome",
        cure="install Chromium (Debian: apt-get install chromium) to check the pages in it",
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(site):
    return sites.pages(site)


@pytest.fixture
def reader(chromium, site):
    """A visitor with a desktop window and a light color scheme."""
    with reading(chromium, site) as visitor:
        yield visitor


@pytest.fixture
def planted(chromium, site, tmp_path):
    """Make a copy of the site with a defect in its first page, and a visitor to it."""
    copy = tmp_path / "planted"
    shutil.copytree(site, copy)
    first = copy / "index.html"

    def plant(fragment, script="", **options):
        (copy / "planted.js").write_text(script)
        scripted = f'{fragment}<script src="planted.js"></script></article>'
        first.write_text(first.read_text("utf-8").replace("</article>", scripted, 1), "utf-8")
        return reading(chromium, copy, **options)

    return plant
