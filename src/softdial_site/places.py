"""Places in a page that the build fills: ``![](kind:name)`` as a paragraph of its own."""

import re
from collections.abc import Callable


def place(kind: str) -> re.Pattern[str]:
    """What finds a place of a kind in a page's HTML; its group is the name."""
    return re.compile(rf'<p>\s*<img (?=[^>]*\balt="")[^>]*\bsrc="{kind}:([^"]*)"[^>]*>\s*</p>')


def fill(html: str, kind: str, made: Callable[[str], str], error: type[ValueError]) -> str:
    """Replace each place of a kind by what ``made`` gives for its name.

    One that stands inside of a text is an error, not a broken image.
    """
    here = place(kind)
    if stray := re.search(rf'src="({kind}:[^"]*)"', here.sub("", html)):
        raise error(f"{stray[1]}: write ![]({stray[1]}) as a paragraph of its own")
    return here.sub(lambda found: made(found[1]), html)
