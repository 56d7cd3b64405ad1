"""MkDocs events, each a few lines that call the modules beside this one.

The only module that knows MkDocs and its theme.
"""

import logging
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from softdial_site import figures, formulas

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache"
WHEEL = f"softdial-{version('softdial')}-py3-none-any.whl"
log = logging.getLogger("mkdocs.softdial")

# What the theme's templates lack. Each must be found, so that a change of the theme is noticed.
THEME_MENDS = {
    # a dialog needs a name, a checkbox a label; and a checkbox has no autocomplete
    'data-md-component="search" role="dialog"': (
        'data-md-component="search" role="dialog" aria-label="Search"'
    ),
    'id="__drawer" autocomplete="off"': 'id="__drawer" aria-label="Menu"',
    'id="__search" autocomplete="off"': 'id="__search" aria-label="Search"',
}


class Build:
    """What one build gathers from its pages."""

    serving = False
    gallery: figures.Gallery
    math: set[int]


def on_startup(command, dirty):
    Build.serving = command == "serve"


def on_config(config):
    Build.gallery = figures.Gallery(CACHE / "figures")
    Build.math = set()
    log.info(Build.gallery.summary)


def on_files(files, config):
    """Offer the wheel for download, so that the install line of every page works."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", CACHE / "dist"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    content = (CACHE / "dist" / WHEEL).read_bytes()
    files.append(File.generated(config, f"dist/{WHEEL}", content=content))


def on_page_markdown(markdown, page, config, files):
    """Fill in the one install line."""
    package = config.extra["package"] or f"{config.site_url or ''}dist/{WHEEL}"
    return markdown.replace("$INSTALL", f"pip install {package}")


def on_page_content(html, page, config, files):
    base = get_relative_url(".", page.url)
    html = formulas.replace(html)
    Build.math |= formulas.code_points(html)
    return Build.gallery.place(html, f"{base}figures/", f"{base}reference/api/")


def on_post_page(output, page, config):
    for lacking, mended in THEME_MENDS.items():
        if lacking not in output:
            raise PluginError(f"the theme has changed: {page.url} has no {lacking}")
        output = output.replace(lacking, mended)
    return output


def on_post_build(config):
    site = Path(config.site_dir)
    Build.gallery.write_downloads(Build.gallery.names, site / "figures")
    formulas.write_font(Build.math, site / "assets" / "math.woff2", cache=CACHE / "font")
