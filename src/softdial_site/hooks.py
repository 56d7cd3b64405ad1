"""MkDocs events, each a few lines that call the modules beside this one.

The only module that knows MkDocs; ``theme`` and ``searchable`` know what its theme writes.
"""

import inspect
import logging
import os
import re
from importlib.metadata import version
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from urllib.parse import urljoin

from hatchling.builders.wheel import WheelBuilder
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

import softdial
from softdial_site import (
    benchmarks,
    breaks,
    chapters,
    crosswalk,
    explorers,
    figures,
    formulas,
    kept,
    lean,
    live,
    notebooks,
    numbers,
    places,
    policy,
    quiz,
    searchable,
    tables,
    terms,
    theme,
    verified,
)

ROOT = Path(__file__).parents[2]
GLOSSARY = "reference/glossary.md"
EXERCISES, PROGRAMS = "teach/exercises.md", "teach/exercises.py"
VERIFIED = "reference/verified.md"
# Their words are no terms: a page has a weight, a title of a paper its own meaning.
OTHER_WORDS = {
    GLOSSARY,
    VERIFIED,
    "contribute.md",
    "reference/bibliography.md",
    "reference/changelog.md",
}
QUIZ, KEY = "teach/quiz.md", "teach/quiz-key.md"
STYLES = ("site", "figures", "formulas", "explorers", "live", "print")
CACHE = ROOT / ".cache"
WHEEL = f"softdial-{version('softdial')}-py3-none-any.whl"
log = logging.getLogger("mkdocs.softdial")

DOCUMENTED = re.compile(r'<h3 id="softdial\.(\w+)".*?</h3>', re.DOTALL)
EXERCISE = re.compile(r'(?<=<p id=")(x\d+)"><strong>(\d+\.)</strong>')


build = SimpleNamespace()  # what one build gathers


def on_startup(command, dirty):
    build.serving = command == "serve"
    build.started = state()  # of the code that is imported, while serving


def on_config(config):
    build.gallery = figures.Gallery(CACHE / "figures")
    build.shown = {}
    build.math = set()
    build.also = {}
    build.terms = terms.read(read(GLOSSARY))
    build.crosswalk, build.benchmarks = crosswalk.read(), benchmarks.read()
    config.extra_css.remove("assets/_mkdocstrings.css")  # ours says all that it says of our pages
    now = state()
    # its own key is the notebook alone; what the cells import must count too
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = CACHE / "notebooks" / now
    log.info(build.gallery.summary)
    if now != build.started:  # an information: a warning would end a strict build
        log.info("src has changed: figures and cells are new; restart to renew the rest.")


def state() -> str:
    """A hash of all that can change the output of a cell."""
    sources = (file for end in ("py", "toml") for file in (ROOT / "src").rglob(f"*.{end}"))
    files = [*sorted(sources), ROOT / "requirements.txt"]
    return kept.digest(*(file.read_bytes() for file in files))[:16]


def read(name):
    return (ROOT / "docs" / name).read_text("utf-8")


def on_files(files, config):
    """Add what is made of other files: our style, the wheel, the quiz, Python for the browser."""
    questions = quiz.read(read(QUIZ))
    build.key = quiz.key(questions, Path(QUIZ).name)
    python = bring_python()
    build.live = bool(python)
    made = {
        # one sheet: for each more, a first visit waits before it shows anything
        "assets/softdial.css": "\n".join(read(f"assets/{name}.css") for name in STYLES),
        f"dist/{WHEEL}": wheel(),
        "teach/quiz.gift": quiz.gift(
            questions, config.site_name, lambda link: outside(link, QUIZ, files, config)
        ),
        **python,
    }
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))


def wheel():
    """The package as the install line names it."""
    with TemporaryDirectory() as folder:
        next(WheelBuilder(str(ROOT)).build(directory=folder))
        return Path(folder, WHEEL).read_bytes()


def bring_python():
    """The files of Python for the browser, by their paths on the site; none where it is not."""
    try:
        python = live.files(CACHE / "pyodide")
    except live.UnavailableError as reason:
        if os.environ.get("CI") == "true":
            raise PluginError(f"no Python for the browser: {reason}") from reason
        log.info(f"No Run buttons: {reason}; install npm to have them.")
        return {}
    return {f"py/{live.VERSION}/{name}": content for name, content in python.items()}


def outside(link, source, files, config):
    """The address that a link in a source has outside of the site; None where the site has none."""
    if "://" in link:
        return link
    path = re.split("[?#]", link)[0]
    target = files.get_file_from_path(normpath(join(dirname(source), path)) if path else source)
    if not target:  # MkDocs looks at pages alone, and not all of this is one
        raise PluginError(f"{source} links to {link}, where there is no file")
    if not config.site_url:
        return None
    return urljoin(config.site_url, target.url) + link.removeprefix(path).removesuffix("#")


def on_page_markdown(markdown, page, config, files):
    """Fill in the one install line, the key to the quiz, and the address."""
    given = {"$INSTALL": install(config), "$QUIZ_KEY": build.key, "$SITE": config.site_url or ""}
    for name, text in given.items():
        markdown = markdown.replace(name, text)
    return markdown


def install(config):
    package = config.extra["package"] or f"{config.site_url or ''}dist/{WHEEL}"
    return f"pip install {package}"


def on_page_content(html, page, config, files):
    source = page.file.src_uri
    if source.endswith(".py"):
        html, notebook = executed(html, page, config, files)
    # what search finds a page by, besides its words: headings are claims and seldom hold its name
    page.meta["tags"] = [page.title, *page.meta.get("also", [])]
    build.also |= {f"{page.url}#{at}": names for at, names in page.meta.get("also_at", {}).items()}
    if source == QUIZ:
        html = html.replace("<ol>", '<ol type="A">')
    if source == KEY:
        html = html.replace("<table>", '<table class="generated key">')
    base = f"{get_relative_url('.', page.url)}/"
    if build.live and "run" in page.meta:
        html = live.mark(html, page.meta["run"], f"{base}assets/")
    html = formulas.replace(html)
    if source not in OTHER_WORDS:
        html = terms.link(html, build.terms, f"{base}reference/glossary/", source)
    html = searchable.exclude(html, source)
    html = crosswalk.place(html, build.crosswalk)
    html = benchmarks.place(html, build.benchmarks)
    points = formulas.code_points(html)
    page.meta["formulas"] = bool(points)  # the template preloads the font where it is used
    build.math |= points
    html = explorers.place(html, f"{base}assets/")
    for name in places.place("fig").findall(html):
        build.shown.setdefault(name, page)
    html = build.gallery.place(html, f"{base}figures/", f"{base}reference/api/")
    html = DOCUMENTED.sub(lambda found: f"{found[0]}{source_link(found[1], config)}", html)
    if source == EXERCISES:
        html = EXERCISE.sub(r'\1"><strong><a href="#\1">\2</a></strong>', html)
        label = "Download the programming exercises as a notebook"
        html = offered(html, notebooks.read(read(PROGRAMS)), label, page, config, files)
    if source.startswith("learn/"):
        if source.endswith(".md"):
            notebook = chapters.read(page.markdown)
        html = offered(html, notebook, "Download this page as a notebook", page, config, files)
        html = notebooks.offer_code(html)
    return html


def source_link(name, config):
    """A link to the code of a function, where it is public."""
    if not config.extra["repository"]:
        return ""
    function = getattr(softdial, name)
    file = Path(inspect.getsourcefile(function)).relative_to(ROOT).as_posix()
    tree = f"{config.extra['repository']}/blob/{os.environ.get('COMMIT') or 'main'}"
    line = inspect.getsourcelines(function)[1]
    return f'<p><a href="{tree}/{file}#L{line}" data-search-exclude>Source</a></p>'


def executed(ran, page, config, files):
    """Write the page anew around what mkdocs-jupyter's page says the cells printed."""
    source = notebooks.read(read(page.file.src_uri))
    notebooks.keep_outputs(ran, source)
    page.meta.update(description=source.metadata.description, run=source.metadata.run)
    page.markdown = notebooks.markdown(source)
    Page.render(page, config, files)  # page.render is mkdocs-jupyter's
    return notebooks.fill(page.content, source), source


def offered(html, notebook, label, page, config, files):
    """Put the notebook of a page beside it, and links to it below the lead."""
    source = page.file.src_uri
    name = f"{Path(source).stem}.ipynb"
    needs = any("softdial" in cell.source for cell in notebook.cells if cell.cell_type == "code")
    head = notebooks.origin(page.canonical_url, install(config) if needs else "")
    content = notebooks.download(
        notebook, head, build.gallery.picture, lambda link: outside(link, source, files, config)
    )
    files.append(File.generated(config, f"{page.url}{name}", content=content))
    elsewhere = notebooks.services(config.extra["repository"] or "", f"{page.url}{name}")
    return notebooks.offer(html, name, label, elsewhere)


def on_env(env, config, files):
    """List the figures, now that every page has placed its own; count what all pages hold."""
    pages = {file.src_uri: file.page for file in files.documentation_pages()}
    for page in pages.values():

        def where(name, here=page):
            if name not in build.shown:
                raise figures.FigureError(f"figure {name} is listed, and stands on no page")
            there = build.shown[name]
            return get_relative_url(there.url, here.url), there.canonical_url or ""

        downloads = f"{get_relative_url('.', page.url)}/figures/"
        page.content = build.gallery.list_cards(page.content, downloads, where)
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    contents = {name: page.content for name, page in pages.items()}
    sums = verified.total(contents, numbers.products(lock), CACHE / "counts")
    told = pages[VERIFIED]
    told.content = verified.place(told.content, sums, os.environ.get("COMMIT", ""))


def on_post_page(output, page, config):
    return mended(output, page.url)


def on_post_template(output, template_name, config):
    return mended(output, template_name) if template_name == "404.html" else output


def mended(output, name):
    output = theme.mended(output, name)
    for mend in (lean.code, breaks.names, breaks.formulas, breaks.equations, tables.wrapped):
        output = mend(output)
    return output


def on_post_build(config):
    site = Path(config.site_dir)
    build.gallery.write_downloads(site / "figures")
    formulas.write_font(build.math, site / "assets" / "math.woff2", cache=CACHE / "font")
    theme.mend_files(site / "assets")
    searchable.name_sections(site / "search" / "search_index.json", build.also)
    if not build.serving:  # live reload puts a script of its own into every page
        policy.protect(site)
