"""The formulas of a page."""

import html
import re
from xml.etree.ElementTree import Element, fromstring

from softdial_site.formulas.convert import to_mathml

SOURCE = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\s*\\[(\[](?P<latex>[^<]*)\\[)\]]\s*</(?P=tag)>'
)
CODE = re.compile(r"<(pre|code|script)\b.*?</\1>", re.DOTALL)
LEFT = re.compile(r'\\[()\[\]]|\$\$|\$[^\s$<](?:[^$<]*[^\s$<])?\$|class="arithmatex"')
SURE = 24  # as many characters beside each other fit on a phone of 320 px


def replace(page: str) -> str:
    """Turn the LaTeX that arithmatex has marked in a page's HTML into MathML."""
    done = SOURCE.sub(_replaced, page)
    text = CODE.sub("", done)
    if left := LEFT.search(text):
        around = text[max(left.start() - 40, 0) : left.end() + 60]
        raise ValueError(f"a formula was not recognized near\n{around}")
    return done


def _replaced(match: re.Match[str]) -> str:
    latex = html.unescape(match["latex"])
    if match["tag"] == "span":
        return to_mathml(latex, display=False)
    math = to_mathml(latex, display=True)
    # what can be wider than a phone must be a stop for the keyboard, to be scrolled
    wide = _length(fromstring(math)) > SURE
    stop = ' tabindex="0" role="group" aria-label="formula"' if wide else ""
    return f'<div class="formula" data-search-exclude{stop}>{math}</div>'


def _length(element: Element) -> int:
    """Count the characters that stand beside each other."""
    lengths = [_length(child) for child in element]
    if element.tag in ("mtable", "mfrac"):
        return max(lengths)
    space = 3 * element.get("width", "").startswith(("1", "2"))
    return len(element.text or "") + sum(lengths) + space
