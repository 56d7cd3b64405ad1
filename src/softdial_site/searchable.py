"""What the search of the site leaves out, and what it finds by names of their own."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

# Who searches for a source wants the bibliography. Nobody searches for the code behind the numbers
# of a lesson or for its license. What stands in lists and examples is found by the headings above.
# Each part is left out where the address of the source begins so.
EVERYWHERE = ""
ABOUT = "reference/changelog.md", "reference/verified.md"
UNSEARCHED = {
    "<p>Sources: ": EVERYWHERE,
    "<li><strong>Source.": "reference/crosswalk.md",
    '<details class="numbers">': EVERYWHERE,
    '<p class="license">': EVERYWHERE,
    '<div class="admonition question">': "learn/",
    "<ul>": ("teach/plan-", "teach/course-", "teach/notes", *ABOUT),
    "<ol>": "contribute.md",
    '<div class="snippet">': ("reference/questions.md", "reference/api.md", "teach/exercises.md"),
}


def exclude(html: str, source: str) -> str:
    """Return the page of that source with what nobody searches for marked as such."""
    for part, beginning in UNSEARCHED.items():
        if source.startswith(beginning):
            html = html.replace(part, part.replace(">", " data-search-exclude>"))
    return html


def name_sections(index: Path, names: Mapping[str, Sequence[str]]) -> None:
    """Have sections found by names of their own, which the theme gives to pages alone."""
    found = json.loads(index.read_text("utf-8"))
    sections = {entry["location"]: entry for entry in found["docs"]}
    if missing := names.keys() - sections.keys():
        raise ValueError(f"also_at names sections that are not there: {', '.join(sorted(missing))}")
    for section, own in names.items():
        sections[section]["tags"] = own
    index.write_text(json.dumps(found, separators=(",", ":")), "utf-8")
