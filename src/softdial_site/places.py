"""Places in a page that the build fills: ``![](kind:name)`` as a paragraph of its own."""

import re
from collections.abc import Callable, Mapping

CODE = re.compile(r"<code\b.*?</code>", re.DOTALL)


def place(kind: str) -> re.Pattern[str]:
    """What finds a place of a kind in a page's HTML; its group is the name."""
    return re.compile(rf'<p>\s*<img (?=[^>]*\balt="")[^>]*\bsrc="{kind}:([^"]*)"[^>]*>\s*</p>')


def fill(html: str, kind: str, makers: Mapping[str, Callable[[], str]]) -> str:
    """Replace each place of a kind by what the maker of its name gives.

    One that stands elsewhere is an error, not a broken image.
    """

    def made(found: re.Match[str]) -> str:
        if found[1] not in makers:
            raise ValueError(f"there is no {kind}:{found[1]}; there are {', '.join(makers)}")
        return makers[found[1]]()

    here = place(kind)
    left = CODE.sub("", here.sub("", html))
    if stray := re.search(rf"(?<!\w)({kind}:[\w-]+)", left):
        raise ValueError(f"{stray[1]}: write ![]({stray[1]}) as a paragraph of its own")
    return here.sub(made, html)
