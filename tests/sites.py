"""The built site as a folder: how it is built and served, which pages it has."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
ADDRESS = "https://softdial.test/book/"
# what a published build is told besides, where the environment does not say it
PUBLISHED = {
    "SOURCE_DATE_EPOCH": "1700000000",
    "REPOSITORY": "https://github.com/team/softdial",
    "COMMIT": "0123456789abcdef0123456789abcdef01234567",
}
WITH_OWN_LOOK = ("learn/seed/", "reference/api/", "teach/quiz/")
MADE = shutil.ignore_patterns(".*", "__pycache__", "site", "dist")


def copy(folder):
    """Copy the checkout without what was made in it."""
    return Path(shutil.copytree(ROOT, folder, ignore=MADE))


def build(out, *, source=ROOT, **environment):
    """Build the site of a checkout into a folder, as it is published, as of a fixed date."""
    own = {"SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": f"{source}/src"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", out],
        cwd=source,
        env=PUBLISHED | os.environ | own | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        pytest.fail(f"the site does not build\n{done.stdout}", pytrace=False)
    return Path(out)


def address_of(source):
    """Return the page that a source in docs/ becomes, as it stands in links."""
    name = source.relative_to(ROOT / "docs").with_suffix("").as_posix()
    return "" if name == "index" else f"{name.removesuffix('/index')}/"


def sources():
    """List the sources of all pages."""
    docs = ROOT / "docs"
    return sorted([*docs.rglob("*.md"), docs / "learn" / "seed.py"])


def source(path):
    """Return the source of a page; the page for missing addresses has none."""
    return next((file for file in sources() if address_of(file) == path), None)


def pages(site):
    """List the pages as they stand in links: "", "learn/odds/", "404.html"."""
    files = (file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    return sorted(name.removesuffix("index.html") for name in files)


def kind(site, path):
    """Name what pages of the same build have in common; an explorer is a kind of its own."""
    explorer = parse(site, path).article.find(lambda tag: "-" in tag.name)
    return path if explorer or path in WITH_OWN_LOOK else path.partition("/")[0]


def one_of_each_kind(site):
    return list({kind(site, path): path for path in pages(site)}.values())


def page_file(site, path):
    """Return the file that a server sends for an address below the site's own."""
    file = site / path
    return file / "index.html" if file.is_dir() else file


def parse(site, path):
    """Return a page as a tree, to be read alone: whoever asks next gets the same."""
    return _tree(page_file(site, path).read_text("utf-8"))


@lru_cache(maxsize=256)
def _tree(html):
    return BeautifulSoup(html, "html.parser")


def figures(site, path):
    """List the names of the figures that a page shows, in its order; cards are none."""
    shown = parse(site, path).select("figure.fig[id^=fig-]:not(.card)")
    return [figure["id"].removeprefix("fig-") for figure in shown]


def address(site):
    """Return the address that the site was built for; navigation works nowhere else."""
    canonical = parse(site, "").select_one('link[rel="canonical"]')
    if not canonical:
        pytest.fail(f"{site} has no address: build it with SITE_URL set", pytrace=False)
    return canonical["href"]


class Quiet(SimpleHTTPRequestHandler):
    """Send files as they are, and say nothing."""

    def log_message(self, *_):
        pass


@contextmanager
def served(folder, handler=Quiet):
    """Serve a folder on this machine as ``python -m http.server`` does; yield the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
