"""The quiz: its page is the one source, from which the key and the file for Moodle are made.

How a question is written is told in ``docs/contribute.md``, and by ``QUESTION``.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from textwrap import dedent
from typing import NamedTuple

import markdown

from softdial_site.notebooks import Link, relinked
from softdial_site.snippets import split

LETTERS = "ABCD"
LEVEL = re.compile(r"(?ms)^## ([^\n]+) \{#level-\d\}\n(.*?)(?=^## |\Z)")
ANSWER = '??? success "Answer"\n'
# without the line ANSWER, and with what stands in its box at the margin
QUESTION = re.compile(
    r"""(?P<number>\d+)\.\ (?P<title>[^\n]+)\ \{\#(?P<anchor>[\w-]+)\}\n\n
    (?P<text>.+?)\n\n
    1\.\ (?P<A>[^\n]+)\n2\.\ (?P<B>[^\n]+)\n3\.\ (?P<C>[^\n]+)\n4\.\ (?P<D>[^\n]+)\n\n
    \*\*(?P<key>[A-D])\.\*\*\ (?P<right>[^*`].*?)\n\n
    (?P<fences>(?:```python\n.+?\n```\n\n)+)
    (?P<wrong>(?:\*\ \*\*[A-D]\.\*\*\ [^\n]+\n){3})\n
    Read:\ (?P<read>\[[^\n]+\)\.)""",
    re.VERBOSE | re.DOTALL,
)
FORM = "a title, a text, four options, an answer: key, fences, three reasons, where to read"
WRONG = re.compile(r"\* \*\*(.)\.\*\* (.+)")
FENCE = re.compile(r"(?ms)^```python\n(.*?)^```$")


class Question(NamedTuple):
    """One question; ``reasons`` says of each wrong letter which computation leads to it."""

    level: str
    number: str
    title: str
    anchor: str
    text: str
    options: dict[str, str]
    key: str
    right: str
    outputs: list[str]
    reasons: dict[str, str]
    read: str


def read(page: str) -> list[Question]:
    """All questions of the page, in its order."""
    questions = [
        _question(level, source)
        for level, text in LEVEL.findall(page)
        for source in re.split(r"(?m)^### ", text)[1:]
    ]
    for place, question in enumerate(questions, start=1):
        if question.number != str(place):
            raise ValueError(f"question {place} is numbered {question.number}")
    return questions


def _question(level: str, source: str) -> Question:
    start = source.partition("\n")[0]
    asked, _, answer = source.rstrip().partition(ANSWER)
    found = QUESTION.fullmatch(asked + dedent(answer))
    if not found or not answer.startswith("    "):
        raise ValueError(f"not {FORM}: {start}")
    parts = found.groupdict()
    options = {letter: parts.pop(letter) for letter in LETTERS}
    pairs = [pair for fence in FENCE.findall(parts.pop("fences")) for pair in split(fence)]
    outputs = [output for _, output in pairs if output]
    reasons = dict(WRONG.findall(parts.pop("wrong")))
    if "".join(reasons) != LETTERS.replace(found["key"], ""):
        raise ValueError(f"not one reason for each wrong option: {start}")
    if not outputs:
        raise ValueError(f"its answer computes nothing: {start}")
    return Question(level=level, options=options, outputs=outputs, reasons=reasons, **parts)


# --- what is made from it ----------------------------------------------------------------------


def key(questions: Iterable[Question], page: str) -> str:
    """The right letters, and a table of the reasons; ``page`` is the address of the quiz."""
    strips, rows = [], ["| key | why, and what leads to the others |", "| --- | --- |"]
    for level, group in groupby(questions, attrgetter("level")):
        asked = list(group)
        letters = ", ".join(f"{question.number}\u00a0{question.key}" for question in asked)
        strips.append(f"{level}: {letters}.")
        rows += [_row(question, page) for question in asked]
    return "\n\n".join([*strips, "\n".join(rows)])


def _row(question: Question, page: str) -> str:
    others = " ".join(f"**{letter}**\u00a0{why}" for letter, why in question.reasons.items())
    text = f"**{question.title}.** {' '.join(question.right.split())} <br>{others}"
    if "|" in text:
        raise ValueError(f"no | in a table: {question.title}")
    link = f"[{question.number}]({page}#{question.anchor})"
    return f"| {link}\u00a0**{question.key}** | {text} |"


def gift(questions: Iterable[Question], name: str, link: Link) -> str:
    """The quiz in Moodle's GIFT format, one category for each level.

    ``link`` gives the address that a link on the page has outside of it, or None.
    """
    parts = [f"// {name}\n// Text CC BY 4.0, code MIT-0."]
    for level, group in groupby(questions, attrgetter("level")):
        parts += [f"$CATEGORY: {name}/{level}", *(_entry(question, link) for question in group)]
    return "\n\n".join(parts) + "\n"


def _entry(question: Question, link: Link) -> str:
    title = _escaped(f"{question.number:0>2} {question.title}")
    lines = [f"::{title}::[html]{_written(question.text, link)}{{"]
    for letter, option in question.options.items():
        right = letter == question.key
        why = question.right if right else question.reasons[letter]
        lines.append(f"{'=' if right else '~'}{_written(option, link)}#{_written(why, link)}")
    lines.append(f"####{_written(f'Read: {question.read}', link)}")
    return "\n".join([*lines, "}"])


def _written(text: str, link: Link) -> str:
    """Markdown as HTML on one line, without the signs that mean something in GIFT."""
    return _escaped(markdown.markdown(relinked(text, link), extensions=["fenced_code"]))


def _escaped(text: str) -> str:
    return re.sub(r"[\\~=#{}:]", r"\\\g<0>", text).replace("\n", r"\n")
