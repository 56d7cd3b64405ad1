"""What the theme lacks, mended in what it wrote.

Each place of LABELS and FILES must be found, so that a change of the theme is noticed.
"""

import re
from pathlib import Path

# a dialog needs a name, a checkbox a label; and a checkbox has no autocomplete
LABELS = {
    'data-md-component="search" role="dialog"': (
        'data-md-component="search" role="dialog" aria-label="Search"'
    ),
    'id="__drawer" autocomplete="off"': 'id="__drawer" aria-label="Menu"',
    'id="__search" autocomplete="off"': 'id="__search" aria-label="Search"',
}
# Because of these, all elements of each page are styled anew four times, while the theme sets the
# palette. Our style sheet says the color scheme.
SWITCHING = ",".join(f"[data-md-color-switching] {part}" for part in ("*", ":after", ":before"))
FILES = {
    "stylesheets/palette.*.css": (f"{SWITCHING}{{transition-duration:0s!important}}", ""),
    "javascripts/bundle.*.js": ('name:"color-scheme"', 'name:"unused-color"'),
    # Lunr tells parts of words apart by letter and number, run together: with digits for letters it
    # takes one for another, knows words that are on no page, and finds nothing at all for "t".
    "javascripts/workers/search.*.js": ("e=e+s+o.id}", 'e=e+s+o.id+","}'),
}
# names of Python's own in a docstring, whose tooltip would repeat them; a space before a bracket; a
# colon that only some titles of a series have; an attribute without its number
TIDIED = {
    re.compile(r'<span title="(\w+)">\1</span>'): r"\1",
    re.compile("(?<=</code>)\\s+\\)(?=\\s*\N{EN DASH})"): ")",
    re.compile(r'(class="doc-section-title">\w+):'): r"\1",
    re.compile(' tabindex=""'): "",
}


def mended(page: str, name: str) -> str:
    """Return a page with what its template lacks."""
    for lacking, mend in LABELS.items():
        page = replaced(page, lacking, mend, name)
    for untidy, tidy in TIDIED.items():
        page = untidy.sub(tidy, page)
    return page


def mend_files(assets: Path) -> None:
    """Change the scripts and style sheets that the theme has put into a site."""
    for pattern, mend in FILES.items():
        (file,) = assets.glob(pattern)
        file.write_text(replaced(file.read_text("utf-8"), *mend, file.name), "utf-8")


def replaced(text: str, old: str, new: str, name: str) -> str:
    """Return the text of that name with the new in place of the old."""
    if old not in text:
        raise ValueError(f"the theme has changed: {name} has no {old}")
    return text.replace(old, new)
