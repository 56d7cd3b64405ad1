"""What latex2mathml leaves to be mended before browsers set its MathML like a textbook."""

from unicodedata import decomposition
from xml.etree.ElementTree import Element

ATTRIBUTES = {
    *("accent", "display", "displaystyle", "form", "linebreak", "linethickness", "mathvariant"),
    *("maxsize", "minsize", "movablelimits", "scriptlevel", "stretchy", "width"),
}
ROWS = {"math", "mrow", "mtd", "msqrt", "mstyle"}
SCRIPTS = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
TALL = {"mfrac", "mtable", "msqrt", "mroot", "munder", "mover", "munderover"}
UNDER = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}

# Signs that are spaced like letters, not like the operators that browsers take them for.
ORDINARY = set("∞…⋯⋮⋱%\N{DOWN TACK}∀∃∂∇")
BARS = set("|‖")
RELATION_BARS = set("\N{DIVIDES}\N{PARALLEL TO}")
UNARY = set("+±\N{MINUS SIGN}")
OPENING, CLOSING = set("([{⟨⌊"), set(")]}⟩⌋!")
LARGE = set("∑∏∫")
LIMITS = {"argmax", "argmin", "inf", "lim", "max", "min", "sup"}
PRIMES = set("\N{PRIME}\N{DOUBLE PRIME}")
UPRIGHT = set("ΓΔΘΛΣΦΨΩ∇")

TIGHTLY = {"lspace": "0", "rspace": "0"}
THIN = "0.167em"
BEGINNING = {"start", "operator", "opening", "space"}
SPACED = {  # a thin space stands between a thing of this kind and a thing of those
    "ordinary": {"function", "fraction"},
    "closing": {"function", "fraction"},
    "fenced": {"function", "fraction", "fenced", "ordinary"},
    "fraction": {"function", "fraction", "fenced", "ordinary", "opening"},
    "function": {"function", "fraction", "ordinary"},
}


def alphabet(*ranges: tuple[int, int]) -> dict[str, str]:
    """Map letters to a mathematical alphabet, by what Unicode says its characters stand for."""
    points = (point for first, last in ranges for point in range(first, last + 1))
    plain = ((chr(point), decomposition(chr(point)).split()) for point in points)
    return {chr(int(parts[1], 16)): styled for styled, parts in plain if parts}


ALPHABETS = {
    "bold": alphabet((0x1D400, 0x1D433), (0x1D6A8, 0x1D6E1), (0x1D7CE, 0x1D7D7)),
    "double-struck": alphabet((0x1D538, 0x1D56B), (0x1D7D8, 0x1D7E1)),
}


def mend(math: Element) -> None:
    """Mend a formula in place."""
    for element in math.iter():
        _mend_attributes(element)
        if element.text:
            _mend_sign(element)
    for step in (_mend_scripts, _mend_fences, _unwrap, _space, _tighten):
        for element in list(math.iter()):
            step(element)


def _mend_attributes(element: Element) -> None:
    """Keep what MathML Core knows; alignment becomes a class, for the style sheet to obey."""
    side = element.get("columnalign")
    kept = {name: value for name, value in element.items() if name in ATTRIBUTES}
    element.attrib = kept | ({"class": f"to-{side}"} if side else {})


def _mend_sign(element: Element) -> None:
    """Give a sign its right character, and the element that spaces it as its kind is spaced."""
    if element.tag == "mi" and element.text == "~":
        element.text = "\N{TILDE OPERATOR}"
    letters = ALPHABETS.get(element.get("mathvariant", ""), {})
    if all(letter in letters for letter in element.text):
        element.text = "".join(letters[letter] for letter in element.text)
        del element.attrib["mathvariant"]
    if element.tag in ("mi", "mo"):
        ordinary = element.text.isalpha() or element.text in ORDINARY
        element.tag = "mi" if ordinary else "mo"
    if element.text in UPRIGHT:
        element.set("mathvariant", "normal")
    if element.text in BARS | {"/"}:
        element.attrib = TIGHTLY | {"stretchy": "false"} | element.attrib
    if element.text in RELATION_BARS:
        element.set("stretchy", "false")


def _mend_scripts(element: Element) -> None:
    """Set limits below and above, which lines of text move beside; and primes as they are drawn."""
    if element.tag in UNDER and element[0].text in LIMITS | LARGE - {"∫"}:
        element.tag = UNDER[element.tag]
        if element[0].text in LIMITS:
            element[0].tag = "mo"
            element[0].attrib = {"movablelimits": "true"} | TIGHTLY
    elif element.tag in ("msup", "msubsup") and element[-1].text in PRIMES:
        # the font's prime is raised by itself
        primed = Element("mrow")
        primed.extend([element[0], element[-1]])
        element[:] = [primed, *element[1:-1]]
        element.tag = "msub" if element.tag == "msubsup" else "mrow"


def _mend_fences(row: Element) -> None:
    """Stretch no fence around a line of letters: browsers keep room for its largest size."""
    fenced = row.tag == "mrow" and len(row) and row[0].get("form") == "prefix"
    if fenced and not any(part.tag in TALL for part in row.iter()):
        for fence in (row[0], row[-1]):
            fence.set("stretchy", "false")


def _unwrap(element: Element) -> None:
    """Drop rows around one thing, and make one name of the letters of ``\\mathrm``."""
    if element.tag == "math" and len(element) == 1 and element[0].tag == "mrow":
        element[:] = list(element[0])
    for place, child in enumerate(element):
        while child.tag == "mrow" and len(child) == 1:
            child = element[place] = child[0]
        if child.tag == "mrow" and all(letter.get("mathvariant") == "normal" for letter in child):
            name = element[place] = Element("mi")
            name.text = "".join(letter.text for letter in child)


def _space(row: Element) -> None:
    """Space functions, fractions, sums and the signs of numbers as TeX does."""
    if row.tag not in ROWS:
        return
    children = [child for child in row if child.tag != "mo" or child.text]
    row[:] = []
    before = "start"
    for child in children:
        kind = _kind(child, before)
        row.extend(_between(before, kind))
        row.append(child)
        if kind == "large" and before in BEGINNING:
            _core(child).set("lspace", "0")
        if kind == "sign":
            child.set("form", "prefix")
            kind = "ordinary"
        before = kind


def _between(before: str, kind: str) -> list[Element]:
    spaced = kind in SPACED.get(before, ())
    if before == "function" and kind not in ("operator", "closing"):
        sign = Element("mo", {"rspace": THIN} if spaced else {})
        sign.text = "\N{FUNCTION APPLICATION}"
        return [sign]
    return [Element("mspace", width=THIN)] if spaced else []


def _core(element: Element) -> Element:
    while element.tag in SCRIPTS or element.tag == "mstyle":
        element = element[0]
    return element


def _kind(element: Element, before: str) -> str:
    core = _core(element)
    text = core.text or ""
    if core.tag in ("mi", "mo") and text.isalpha() and len(text) > 1:
        return "function"
    if core.tag == "mo":
        return _kind_of_sign(text, before)
    if core.tag == "mrow" and core[0].text in OPENING | BARS:
        return "fenced"
    if core.tag == "mi" and not text:  # stands for what precedes the = of a line
        return "empty"
    return {"mfrac": "fraction", "mspace": "space"}.get(core.tag, "ordinary")


def _kind_of_sign(text: str, before: str) -> str:
    first = before in BEGINNING
    if text in LARGE:
        return "large"
    if text in UNARY and first:
        return "sign"
    if text in OPENING or (text in BARS and first):
        return "opening"
    return "closing" if text in CLOSING | BARS else "operator"


def _tighten(element: Element) -> None:
    """Take the space around the operators of a script."""
    if element.tag not in SCRIPTS:
        return
    for script in element[1:]:
        for sign in script.iter("mo"):
            if sign is not script and sign.text not in OPENING | CLOSING:
                sign.attrib |= TIGHTLY
