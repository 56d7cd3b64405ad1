"""Places in a page that the build fills: ``![](kind:name)`` as a paragraph of its own."""

import re


def place(kind: str) -> re.Pattern[str]:
    """What finds a place of a kind in a page's HTML; its group is the name."""
    return re.compile(rf'<p>\s*<img (?=[^>]*\balt="")[^>]*\bsrc="{kind}:([^"]*)"[^>]*>\s*</p>')
