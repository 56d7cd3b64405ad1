"""The glossary at work: where a page first uses a term, it links to the term's one definition."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple

ENTRY = re.compile(r"(?m)^(\S.*) \{#([\w-]+)\}\n:   (.+?) See (\[.+\)\.)$")
CHAPTER = re.compile(r"\]\(\.\./([^)#]+)#([\w-]+)\)")
TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
# what is no running text, or names things already
APART = {"a", "button", "code", "em", "figure", "math", "pre", "script", "style", "summary", "svg"}
APART |= {f"h{level}" for level in range(1, 7)}


class GlossaryError(ValueError):
    """A glossary whose entries cannot all be read."""


class Term(NamedTuple):
    """A term: its anchor in the glossary, its sentence, and the sections that tell it.

    The first of them, as (page, anchor), is the one that defines it.
    """

    name: str
    anchor: str
    sentence: str
    told: list[tuple[str, str]]

    @property
    def pattern(self) -> str:
        """The term in running text, one or several, at the start of a sentence or inside."""
        stem = re.escape(self.name[0].lower() + self.name[1:].removesuffix("s"))
        return rf"{self.name}s?" if self.name.isupper() else rf"(?i:{stem}s?)"


def read(glossary: str) -> list[Term]:
    """The terms of the glossary page, in its order."""
    terms = [
        Term(name, anchor, _plain(sentence), CHAPTER.findall(chapters))
        for name, anchor, sentence, chapters in ENTRY.findall(glossary)
    ]
    unread = set(re.findall(r"(?m)^\S.* \{#([\w-]+)\}\n:", glossary)) - {t.anchor for t in terms}
    if unread:
        raise GlossaryError(f"glossary entries without a chapter to see: {', '.join(unread)}")
    return terms


def _plain(markdown: str) -> str:
    return re.sub(r"[*`]|(?<=\])\([^)]*\)|[\[\]]", "", markdown)


def link(html: str, terms: Sequence[Term], glossary: str, source: str) -> str:
    """The page with a link at the first use of each term that its source does not tell.

    ``glossary`` is the address of that page. What is told here is found all the same, so that
    no shorter term is linked inside of it.
    """
    left = {term.anchor: term for term in terms if source not in dict(term.told)}

    def place(found: re.Match[str]) -> str:
        term = left.pop(found.lastgroup.replace("_", "-"), None)
        if term is None:
            return found[0]
        address = f"{glossary}#{term.anchor}"
        return f'<a class="term" href="{address}" title="{escape(term.sentence)}">{found[0]}</a>'

    pattern = finder(terms)
    return "".join(
        pattern.sub(place, piece) if running else piece for piece, running in pieces(html)
    )


def finder(terms: Iterable[Term]) -> re.Pattern[str]:
    """What finds terms in text, longer ones first: *attention weight* is no *weight*."""
    ordered = sorted(terms, key=lambda term: -len(term.name))
    groups = (f"(?P<{term.anchor.replace('-', '_')}>{term.pattern})" for term in ordered)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])")


def pieces(html: str) -> Iterator[tuple[str, bool]]:
    """The page in pieces, each with whether it is running text."""
    depth = 0
    for piece in TAG.split(html):
        name = re.match(r"</?(\w*)", piece)
        if not name:
            yield piece, depth == 0
            continue
        if name[1] in APART and not piece.endswith("/>"):
            depth += -1 if piece.startswith("</") else 1
        yield piece, False


def uses(html: str, terms: Iterable[Term]) -> set[str]:
    """The anchors of the terms that stand in the running text."""
    pattern = finder(terms)
    text = " ".join(unescape(piece) for piece, running in pieces(html) if running)
    return {found.lastgroup.replace("_", "-") for found in pattern.finditer(text)}
