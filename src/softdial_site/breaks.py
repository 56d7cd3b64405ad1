"""Where a line may break, and where it may not."""

import re

FIRST = re.compile(r"(<td>(?:<a [^>]*>)?<code>)(\w+)")
FORMULA = re.compile(r"<math\b(?:(?!</math>).)*</math>[.,;:!?)]+", re.DOTALL)
NAMES = r"(?:top|min)-[kp]|mit-0|1-d|log-(?:odds|sum-exp|probabilit(?:y|ies))"
# what is no prose, or made to be pasted, comes first, so that nothing is found inside of it
EQUATION = re.compile(
    r"<(pre|code|svg|math|script|style|title|table)\b.*?</\1>"
    r'|<figure class="fig card".*?</figure>'
    r"|(?<!\w)(?P<symbol>√?(?:\w{1,2}|<em>\w</em>)) = (?=[−-]?(?:[\d½∞√]|<em>\w</em>|[a-zA-Z]\b))"
    r"|(?<=[\w)½¼²³]|>) (?P<sign>[−/+·×]|&[lg]t;) (?=[\w(½√−]|<em>)"
    r"|(?P<gap>(?<=\blog) (?=[\d½(]|\w\b|<em>)|(?<=[\d>]) (?=\(1 −))"
    rf"|(?<![\w-])(?P<name>(?i:{NAMES}))(?![\w-])"
    r"|<[^>]*>",
    re.DOTALL,
)


def names(html: str) -> str:
    """Let the name that begins a cell break after an underscore, where its column is narrow."""
    return FIRST.sub(lambda cell: cell[1] + cell[2].replace("_", "_<wbr>"), html)


def formulas(html: str) -> str:
    """Keep a formula in a sentence and the sign behind it on one line."""
    return FORMULA.sub(r'<span class="unbroken">\g<0></span>', html)


def equations(html: str) -> str:
    """Keep a short formula or a name with a hyphen on one line of prose."""
    return EQUATION.sub(_bound, html)


def _bound(found: re.Match[str]) -> str:
    if found["symbol"]:
        return f"{found['symbol']}&nbsp;=&nbsp;"
    if found["sign"]:
        return f"&nbsp;{found['sign']}&nbsp;"
    if found["gap"]:
        return "&nbsp;"
    return f'<span class="unbroken">{found[0]}</span>' if found["name"] else found[0]
