"""The glossary at work: where a page first uses a term, it links to the term's one definition."""

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

ENTRY = re.compile(r"(?m)^(\S.*) \{#([\w-]+)\}\n:   (.+?) See (\[.+\)\.)$")
CHAPTER = re.compile(r"\]\(\.\./([^)#]+)#([\w-]+)\)")
# what is no running text, or names things already
SKIPPED = "a|button|code|em|figure|math|pre|script|style|summary|svg|h[1-6]"


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
        stem = re.escape(self.name.removesuffix("s"))
        return rf"{self.name}s?" if self.name.isupper() else rf"(?i:{stem}s?)"


def read(glossary: str) -> list[Term]:
    """The terms of the glossary page, in its order."""
    terms = [
        Term(name, anchor, _plain(sentence), CHAPTER.findall(chapters))
        for name, anchor, sentence, chapters in ENTRY.findall(glossary)
    ]
    unread = set(re.findall(r"(?m)^\S.* \{#([\w-]+)\}\n:", glossary)) - {t.anchor for t in terms}
    if unread:
        raise ValueError(f"glossary entries without a chapter to see: {', '.join(unread)}")
    return terms


def _plain(markdown: str) -> str:
    return re.sub(r"[*`]|(?<=\])\([^)]*\)|[\[\]]", "", markdown)


def link(html: str, terms: list[Term], glossary: str, source: str) -> str:
    """The page with a link at the first use of each term that its source does not tell.

    ``glossary`` is the address of that page. What is told here is found all the same, so that
    no shorter term is linked inside of it.
    """
    left = {term.anchor: term for term in terms if source not in dict(term.told)}

    def place(found: re.Match[str]) -> str:
        term = left.pop(anchor(found), None)
        if term is None:
            return found[0]
        address = f"{glossary}#{term.anchor}"
        return f'<a class="term" href="{address}" title="{escape(term.sentence)}">{found[0]}</a>'

    return finder(terms).sub(place, html)


def finder(terms: Iterable[Term]) -> re.Pattern[str]:
    """What finds terms in a page, longer ones first: *attention weight* is no *weight*.

    What is no running text comes before them, so that nothing is found inside of it.
    """
    ordered = sorted(terms, key=lambda term: -len(term.name))
    groups = (f"(?P<{term.anchor.replace('-', '_')}>{term.pattern})" for term in ordered)
    skipped = rf"(?s:<!--.*?-->|<({SKIPPED})\b.*?</\1>|<[^>]*>)"
    return re.compile(rf"{skipped}|(?<![\w-])(?:{'|'.join(groups)})(?![\w-])")


def anchor(found: re.Match[str]) -> str:
    """The anchor of the term that was found, or nothing."""
    return (found.lastgroup or "").replace("_", "-")
