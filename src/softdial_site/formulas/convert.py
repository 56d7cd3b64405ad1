"""One formula from LaTeX to MathML; whatever is not understood for certain is refused."""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter

from softdial_site.formulas.mend import mend

MACROS = set(
    re.findall(
        r"\S+",
        r"""
        alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma
        tau phi varphi chi psi omega Gamma Delta Theta Lambda Sigma Phi Psi Omega ell
        log ln exp max min lim sup inf operatorname sum prod int
        frac dfrac tfrac sqrt binom hat bar tilde underbrace overbrace
        left right bigl bigr Bigl Bigr langle rangle lfloor rfloor lVert rVert lvert rvert
        text mathrm mathbf mathbb mathcal boldsymbol begin end quad qquad
        le leq ge geq ne neq ll gg approx equiv sim propto in notin subset
        to rightarrow mapsto Rightarrow iff mid parallel top
        infty partial nabla cdot times pm circ odot forall exists dots ldots cdots vdots ddots
        \ , ; : { } | %
        """,
    )
)
ENVIRONMENTS = {"aligned", "align*", "cases", "pmatrix", "bmatrix"}
ARITY = dict.fromkeys(["mfrac", "msub", "msup", "munder", "mover", "mroot"], 2)
ARITY |= dict.fromkeys(["msubsup", "munderover"], 3)

MACRO = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
ENVIRONMENT = re.compile(r"\\begin\s*\{([^}]*)\}")
TEXT = re.compile(r"\\text\s*\{[^{}]*\}")
FOREIGN = re.compile(r"[^A-Za-z0-9\s+\-*/=<>()\[\]|,.:;!'^_{}&\\%]")
NUMBER = re.compile(r"mn\d*\.?\d+")
SPOKEN = re.compile(r"\s*(?<!\\)%[ \t]*say:(.*)\Z")


class FormulaError(ValueError):
    """A formula that must stop the build."""


def to_mathml(latex: str, *, display: bool) -> str:
    """Convert a formula; its last line may be ``% say: …``, the words for a screen reader."""
    latex = latex.strip()
    spoken = SPOKEN.search(latex)
    source = SPOKEN.sub("", latex)
    try:
        _refuse(_flaws_of_source(source))
        math = _converted(_prepared(source), "block" if display else "inline")
        mend(math)
        _refuse(_flaws_of_tree(math))
    except Exception as error:  # the converter has a dozen of its own without a common base
        reason = error if isinstance(error, FormulaError) else type(error).__name__
        raise FormulaError(f"{reason} in the formula\n{latex}") from error
    if spoken:
        math.set("aria-label", spoken[1].strip())
    return tostring(math, encoding="unicode", short_empty_elements=False)


def _refuse(flaws: Iterator[str]) -> None:
    for flaw in flaws:
        raise FormulaError(flaw)


def _flaws_of_source(source: str) -> Iterator[str]:
    if not source:
        yield "nothing"
    for macro in MACRO.findall(source):
        if macro not in MACROS:
            yield f"unknown macro \\{macro}"
    for name in ENVIRONMENT.findall(source):
        if name not in ENVIRONMENTS:
            yield f"unknown environment {name}"
    math = TEXT.sub("t", source)
    if "\\text" in math:
        yield "braces inside \\text"
    bare = re.sub(r"\\.", "", math)
    if "%" in bare:
        yield "a comment that is not the last line '% say: …'"
    if foreign := FOREIGN.search(math):
        yield f"unknown character {foreign[0]}"
    if re.search(r"\{\s*\}", bare):
        yield "empty braces"
    if not _balanced(bare):
        yield "unbalanced braces"


def _balanced(source: str) -> bool:
    while source != (outside := re.sub(r"\{[^{}]*\}", "", source)):
        source = outside
    return not re.search("[{}]", source)


def _prepared(source: str) -> str:
    """Say in the converter's dialect what it would get wrong without a word."""
    source = source.replace(r"\boldsymbol", r"\mathbf").replace("{aligned}", "{align*}")
    source = re.sub(r"\\\\\s*\[[\d.]+(?:pt|em|ex)\]", r"\\\\", source)
    # a space, for the converter forgets that a single letter is upright
    source = re.sub(r"\\mathrm\s*\{\s*(\w)\s*\}", r"\\mathrm{ \1}", source)
    # in braces, so that the fences of a matrix stretch to the matrix alone
    source = re.sub(r"\\begin\{[pb]matrix\}", r"{\g<0>", source)
    return re.sub(r"\\end\{[pb]matrix\}", r"\g<0>}", source)


def _converted(source: str, display: str) -> Element:
    math = Converter(display=display).convert_to_element(source)
    for element in math.iter():
        element.text = html.unescape(element.text or "")
    return math


def _flaws_of_tree(math: Element) -> Iterator[str]:
    for element in math.iter():
        tag, text = element.tag, element.text or ""
        if len(element) != ARITY.get(tag, len(element)):
            yield f"a missing part of {tag}"
        if tag != "mtext" and re.search(r"\d", text) and not NUMBER.fullmatch(tag + text):
            yield f"not a number: {text}"
        if re.search(r"[\\&$]", text):
            yield f"not understood: {text}"
        if element.get("linebreak"):
            yield "a line break outside an environment"
        if element.get("mathvariant", "normal") != "normal":
            yield f"no such letter in this alphabet: {text}"
