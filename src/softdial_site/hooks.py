"""MkDocs events, each a few lines that call the modules beside this one.

The only module that knows MkDocs and its theme.
"""

import logging
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from posixpath import dirname, normpath

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from softdial_site import figures, formulas, notebooks, policy, terms

ROOT = Path(__file__).parents[2]
GLOSSARY = "reference/glossary.md"
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
    notebooks: dict[Path, str]
    terms: list[terms.Term]


def on_startup(command, dirty):
    Build.serving = command == "serve"


def on_config(config):
    Build.gallery = figures.Gallery(CACHE / "figures")
    Build.math = set()
    Build.notebooks = {}
    Build.terms = terms.read((Path(config.docs_dir) / GLOSSARY).read_text("utf-8"))
    # its own key is the notebook alone; what the cells import must count too
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = CACHE / "notebooks" / state()
    log.info(Build.gallery.summary)


def state() -> str:
    """A hash of all that can change the output of a cell."""
    files = [*sorted((ROOT / "src").rglob("*.py")), ROOT / "requirements.txt"]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


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
    if page.file.src_uri.endswith(".py"):
        html = notebook(html, page, config, files)
    base = f"{get_relative_url('.', page.url)}/"
    html = linked(formulas.replace(html), page, f"{base}reference/glossary/")
    points = formulas.code_points(html)
    page.meta["formulas"] = bool(points)  # the template preloads the font where it is used
    Build.math |= points
    return Build.gallery.place(html, f"{base}figures/", f"{base}reference/api/")


def linked(html, page, glossary):
    """Link terms to the glossary, except where they are told."""
    if page.file.src_uri == GLOSSARY:
        return html
    here = page.file.src_uri
    elsewhere = [term for term in Build.terms if here not in dict(term.told)]
    return terms.link(html, elsewhere, glossary)


def notebook(ran, page, config, files):
    """Write the page anew around what mkdocs-jupyter's page says the cells printed."""
    source = notebooks.read(Path(page.file.abs_src_path).read_text("utf-8"))
    outputs = notebooks.printed(ran, source)
    page.meta["description"] = source.metadata.description
    page.markdown = notebooks.markdown(source)
    Page.render(page, config, files)  # page.render is mkdocs-jupyter's

    def link(address):
        path, _, anchor = address.partition("#")
        target = files.get_file_from_path(normpath(f"{dirname(page.file.src_uri)}/{path}"))
        known = target and config.site_url
        return f"{config.site_url}{target.url}#{anchor}".rstrip("#") if known else None

    name = f"{Path(page.file.src_uri).stem}.ipynb"
    Build.notebooks[Path(page.file.abs_dest_path).parent / name] = notebooks.download(
        source, outputs, Build.gallery.picture, link
    )
    return notebooks.fill(page.content, outputs, name)


def on_post_page(output, page, config):
    return mended(output, page.url)


def on_post_template(output, template_name, config):
    return mended(output, template_name) if template_name == "404.html" else output


def mended(output, name):
    for lacking, mend in THEME_MENDS.items():
        if lacking not in output:
            raise PluginError(f"the theme has changed: {name} has no {lacking}")
        output = output.replace(lacking, mend)
    return output.replace(' tabindex=""', "")  # in some menus; no number, so no effect


def on_post_build(config):
    site = Path(config.site_dir)
    Build.gallery.write_downloads(Build.gallery.names, site / "figures")
    for path, content in Build.notebooks.items():
        path.write_text(content, "utf-8")
    formulas.write_font(Build.math, site / "assets" / "math.woff2", cache=CACHE / "font")
    if not Build.serving:  # live reload puts a script of its own into every page
        policy.protect(site)
