"""One formula from LaTeX to MathML; whatever is not understood for certain is refused."""

import html
import re
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter

from softdial_site.formulas.mend import mend

# What was looked at in a browser. Look at what you add: it may need a mend.
MACROS = r"""
    alpha beta gamma delta epsilon varepsilon eta theta lambda mu pi rho sigma tau phi omega
    log ln exp max min lim sup inf operatorname sum prod int frac sqrt bar
    left right text begin end quad qquad le ge ne approx in to cdot times cdots dots
    infty partial top \ ,
"""

MACRO = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
TEXT = re.compile(r"\\text\s*\{[^{}]*\}")
FLAWS = {  # of a source whose \text is left out
    "nothing": r"\A\Z",
    "braces inside": r"\\text",
    "unknown environment": r"\\begin(?!\{(aligned|cases)\})\W*\w*",
    "not a name in braces": r"\\operatorname(?!\{[A-Za-z]+\})",
    "a comment that is not the last line '% say: …'": r"%",
    "unknown character": r"[^A-Za-z0-9\s+\-*/=<>()\[\]|,.;_^{}&\\]",
    "a root with a degree": r"\\sqrt\s*\[",
    "empty braces": r"\{\s*\}",
    "space between lines": r"\\\\\s*\[",
}
NUMBER = re.compile(r"\d*\.?\d+")
SPOKEN = re.compile(r"\s*%[ \t]*say:(.*)\Z")


def to_mathml(latex: str, *, display: bool) -> str:
    """Convert a formula; its last line may be ``% say: …``, the words for a screen reader."""
    latex = latex.strip()
    spoken = SPOKEN.search(latex)
    try:
        math = _converted(SPOKEN.sub("", latex), "block" if display else "inline")
    except Exception as error:  # the converter has a dozen of its own without a common base
        reason = error if isinstance(error, ValueError) else type(error).__name__
        raise ValueError(f"{reason} in the formula\n{latex}") from error
    if spoken:
        math.set("aria-label", spoken[1].strip())
    return tostring(math, encoding="unicode", short_empty_elements=False)


def _converted(source: str, mode: str) -> Element:
    _check_source(source)
    math = Converter(display=mode).convert_to_element(source.replace("{aligned}", "{align*}"))
    for element in math.iter():
        element.text = html.unescape(element.text or "")
    mend(math)
    for element in math.iter():
        _check_element(element, element.tag, element.text or "")
    return math


def _check_source(source: str) -> None:
    for macro in MACRO.findall(source):
        if macro not in MACROS.split():
            raise ValueError(f"unknown macro \\{macro}, which is not in MACROS of {__name__}")
    math = TEXT.sub("t", source)
    for flaw, pattern in FLAWS.items():
        if found := re.search(pattern, math):
            raise ValueError(f"{flaw}: {found[0]}")
    if math.count("{") != math.count("}"):  # equal counts in a wrong order leave a } in the tree
        raise ValueError("unbalanced braces")


def _check_element(element: Element, tag: str, text: str) -> None:
    if tag == "mfrac" and len(element) != 2:
        raise ValueError("half a fraction")
    number = tag == "mn" and NUMBER.fullmatch(text)
    if re.search(r"\d", text) and tag != "mtext" and not number:
        raise ValueError(f"not a number: {text}")
    if re.search(r"[\\&$}]", text):
        raise ValueError(f"not understood: {text}")
    if element.get("linebreak"):
        raise ValueError("a line break outside an environment")
