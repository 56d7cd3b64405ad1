"""What latex2mathml leaves to be mended before browsers set its MathML like a textbook."""

from xml.etree.ElementTree import Element

ATTRIBUTES = {"display", "displaystyle", "form", "linebreak", "stretchy", "width"}
ROWS = {"math", "mrow", "mtd"}
UNDER = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
SCRIPTS = {*UNDER, *UNDER.values()}
TALL = {"mfrac", "mtable", "msqrt", *UNDER.values()}

# Signs that are spaced like letters, not like the operators that browsers take them for.
ORDINARY = set("∞…⋯\N{DOWN TACK}∂")
UNARY = set("+\N{MINUS SIGN}")
OPENING, CLOSING = set("([{|"), set(")]|")
SUMS = set("∑∏")
BAR, APPLY = "\N{MACRON}", "\N{FUNCTION APPLICATION}"
LIMITS = {"argmax", "argmin", "inf", "lim", "max", "min", "sup"}

TIGHTLY = {"lspace": "0", "rspace": "0"}
THIN = "0.167em"
BEGINNING = {"start", "operator", "opening", "space"}
SPACED = {  # a thin space stands between a thing of this kind and a thing of those
    "ordinary": {"function", "fraction", "large"},
    "closing": {"function", "fraction", "large"},
    "fenced": {"function", "fraction", "large", "fenced", "ordinary"},
    "fraction": {"function", "fraction", "large", "fenced", "ordinary", "opening"},
    "function": {"function", "fraction", "large", "ordinary"},
    "large": {"function", "fraction", "large", "fenced", "ordinary"},
}


def mend(math: Element) -> None:
    """Mend a formula in place."""
    for step in (_mend_element, _mend_scripts, _mend_fences, _unwrap, _space, _tighten):
        for element in list(math.iter()):
            step(element)


def _mend_element(element: Element) -> None:
    """Keep what MathML Core knows; space a sign as its kind is spaced.

    Alignment and bars become classes, for the style sheet to obey.
    """
    text, side = element.text or "", element.get("columnalign")
    kept = {name: value for name, value in element.items() if name in ATTRIBUTES}
    element.attrib = kept | ({"class": f"to-{side}"} if side else {})
    if element.tag in ("mi", "mo") and text:
        element.tag = "mi" if text.isalpha() or text in ORDINARY else "mo"
    if element.tag == "mover" and element[1].text == BAR:
        element.set("class", "barred")
    if text in ("|", "/"):
        element.attrib = TIGHTLY | {"stretchy": "false"} | element.attrib


def _mend_scripts(element: Element) -> None:
    """Set limits below and above, which lines of text move beside."""
    if element.tag in UNDER and element[0].text in LIMITS | SUMS:
        element.tag = UNDER[element.tag]
        if element[0].text in LIMITS:
            element[0].tag = "mo"
            element[0].attrib = {"movablelimits": "true"} | TIGHTLY


def _mend_fences(row: Element) -> None:
    """Stretch no fence around a line of letters: browsers keep room for its largest size."""
    fenced = row.tag == "mrow" and len(row) and row[0].get("form") == "prefix"
    if fenced and not any(one.tag in TALL and one.get("class") != "barred" for one in row.iter()):
        for fence in (row[0], row[-1]):
            fence.set("stretchy", "false")


def _unwrap(element: Element) -> None:
    """Drop rows around one thing."""
    if element.tag == "math":
        element[:] = list(element[0])
    for place, child in enumerate(element):
        while child.tag == "mrow" and len(child) == 1:
            child = element[place] = child[0]


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
        if kind == "large":  # Safari puts a sum's own space before its limits
            _core(child).attrib |= TIGHTLY
        if kind == "sign":
            child.set("form", "prefix")
            kind = "ordinary"
        before = kind


def _between(before: str, kind: str) -> list[Element]:
    spaced = kind in SPACED.get(before, ())
    if before == "function" and kind not in ("operator", "closing"):
        sign = Element("mo", {"rspace": THIN} if spaced else {})
        sign.text = APPLY
        return [sign]
    return [Element("mspace", width=THIN)] if spaced else []


def _core(element: Element) -> Element:
    while element.tag in SCRIPTS:
        element = element[0]
    return element


def _kind(element: Element, before: str) -> str:
    core = _core(element)
    text = core.text or ""
    if core.tag in ("mi", "mo") and text.isalpha() and len(text) > 1:
        return "function"
    if core.tag == "mo":
        return _kind_of_sign(text, before)
    if core.tag == "mrow" and core[0].text in OPENING:
        return "fenced"
    if core.tag == "mi" and not text:  # stands for what precedes the = of a line
        return "empty"
    return {"mfrac": "fraction", "mspace": "space"}.get(core.tag, "ordinary")


def _kind_of_sign(text: str, before: str) -> str:
    first = before in BEGINNING
    if text in SUMS | {"∫"}:
        return "large"
    if text in UNARY and first:
        return "sign"
    if text in OPENING and (text != "|" or first):
        return "opening"
    return "closing" if text in CLOSING else "operator"


def _tighten(element: Element) -> None:
    """Take the space around the operators of a script, but for a function's."""
    if element.tag not in SCRIPTS:
        return
    for script in element[1:]:
        for sign in script.iter("mo"):
            if sign is not script and sign.text not in OPENING | CLOSING | {APPLY}:
                sign.attrib |= TIGHTLY
