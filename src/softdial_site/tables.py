"""Tables that the build makes from data, which the check of numbers takes for computed.

And what any table needs: a place of its own.
"""

import re
from collections.abc import Iterable
from datetime import date
from html import escape

BARE = re.compile(r"<table>.*?</table>", re.DOTALL)


def scrolling(kind: str, caption: str, rows: str) -> str:
    """A table in a frame that scrolls by itself, by finger, wheel and keyboard."""
    text = escape(caption)
    search = "" if kind == "calls" else " data-search-exclude"
    frame = f'<div class="scroll" role="region" tabindex="0" aria-label="{text}"{search}>'
    head = f'<table class="generated {kind}"><caption><span>{text}</span></caption>'
    return f"{frame}{head}{rows}</table></div>"


def plain(head: Iterable[str], body: Iterable[Iterable[str]]) -> str:
    """The rows of a table whose first column names them; without names there is no head."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    rows = "".join(_row(*cells) for cells in body)
    return (f"<thead><tr>{names}</tr></thead>" if names else "") + f"<tbody>{rows}</tbody>"


def _row(name: str, *cells: str) -> str:
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{told}</tr>'


def spelled(day: str) -> str:
    """A day as people write it, from how data keep it."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def wrapped(html: str) -> str:
    """Put tables without a class into elements of their own: the theme restyles all beside them."""
    return BARE.sub(r"<div>\g<0></div>", html)
