"""The quiz: its page is the one source, from which the key and the file for Moodle are made.

A question on the page::

    ### 7. The topic in a few words {#anchor}

    What is asked, with a fence if code is asked about.

    1. option A
    2. option B
    3. option C
    4. option D

    ??? success "Answer"
        **B.** Why B is right.

        (fences; the first output is the right answer, the others are the wrong ones)

        * **A.** Which wrong computation leads here.
        * **C.** …
        * **D.** …

        Read: [where it is told](../learn/temperature.md#odds).
"""

import re
from collections.abc import Iterable, Iterator
from textwrap import dedent
from typing import NamedTuple

import markdown

from softdial_site.notebooks import Link, relinked
from softdial_site.snippets import split

LETTERS = "ABCD"
LEVEL = re.compile(r"(?m)^## (.+?) \{#level-\d\}\n")
QUESTION = re.compile(
    r"""(?P<number>\d+)\.\ (?P<title>[^\n]+)\ \{\#(?P<anchor>[\w-]+)\}\n\n
    (?P<text>.+?)\n\n
    (?P<options>1\.\ [^\n]+\n2\.\ [^\n]+\n3\.\ [^\n]+\n4\.\ [^\n]+\n)\n
    \?\?\?\ success\ "Answer"\n
    (?P<answer>(?:\ {4}[^\n]*\n|\n)+)""",
    re.VERBOSE | re.DOTALL,
)
ANSWER = re.compile(
    r"""\*\*(?P<key>[A-D])\.\*\*\ (?P<right>[^*`].*?)\n\n
    (?P<fences>(?:```python\n.+?\n```\n\n)+)
    (?P<wrong>(?:\*\ \*\*[A-D]\.\*\*\ [^\n]+\n){3})\n
    Read:\ (?P<read>\[[^\n]+\)\.)""",
    re.VERBOSE | re.DOTALL,
)
WRONG = re.compile(r"\* \*\*(.)\.\*\* (.+)")
FENCE = re.compile(r"(?ms)^```python\n(.*?)^```$")


class QuizError(ValueError):
    """A question that not everything can be made from."""


class Question(NamedTuple):
    """One question; ``reasons`` says of each wrong letter which computation leads to it."""

    level: str
    number: int
    title: str
    anchor: str
    text: str
    options: dict[str, str]
    key: str
    right: str
    fences: list[str]
    reasons: dict[str, str]
    read: str

    @property
    def outputs(self) -> list[str]:
        """What the fences of the answer print."""
        pairs = (pair for fence in self.fences for pair in split(fence))
        return [output for _, output in pairs if output]


def read(page: str) -> list[Question]:
    """All questions of the page, in its order."""
    _, *parts = LEVEL.split(page)
    questions = [
        _question(level, source)
        for level, text in zip(parts[::2], parts[1::2], strict=True)
        for source in re.split(r"(?m)^### ", re.split(r"(?m)^## ", text)[0])[1:]
    ]
    for place, question in enumerate(questions, start=1):
        if question.number != place:
            raise QuizError(f"question {place} is numbered {question.number}")
    return questions


def _question(level: str, source: str) -> Question:
    found = QUESTION.fullmatch(f"{source.rstrip()}\n")
    if not found:
        raise QuizError(f"not a title, a text, four options and an answer: {_start(source)}")
    answer = ANSWER.fullmatch(dedent(found["answer"]).strip("\n"))
    if not answer:
        raise QuizError(f"not a key, fences, three reasons and where to read: {_start(source)}")
    options = dict(zip(LETTERS, re.findall(r"(?m)^\d\. (.+)", found["options"]), strict=True))
    reasons = dict(WRONG.findall(answer["wrong"]))
    if list(reasons) != [letter for letter in LETTERS if letter != answer["key"]]:
        raise QuizError(f"not one reason for each wrong option: {_start(source)}")
    question = Question(
        level,
        int(found["number"]),
        found["title"],
        found["anchor"],
        found["text"],
        options,
        answer["key"],
        answer["right"],
        FENCE.findall(answer["fences"]),
        reasons,
        answer["read"],
    )
    if not question.outputs:
        raise QuizError(f"its answer computes nothing: {_start(source)}")
    return question


def _start(source: str) -> str:
    return source.partition("\n")[0]


# --- what is made from it ----------------------------------------------------------------------


def key(questions: Iterable[Question], page: str) -> str:
    """The right letters, and a table of the reasons; ``page`` is the address of the quiz."""
    questions = list(questions)
    letters: dict[str, list[str]] = {}
    rows = ["| key | why, and what leads to the others |", "| --- | --- |"]
    for question in questions:
        letters.setdefault(question.level, []).append(f"{question.number}\u00a0{question.key}")
        others = " ".join(f"**{letter}** {why}" for letter, why in question.reasons.items())
        link = f"[{question.number}]({page}#{question.anchor})"
        text = f"**{question.title}.** {' '.join(question.right.split())} <br>{others}"
        if "|" in text:
            raise QuizError(f"no | in a table: {question.title}")
        rows.append(f"| {link}\u00a0**{question.key}** | {text} |")
    strips = [f"{level}: {', '.join(strip)}." for level, strip in letters.items()]
    return "\n\n".join([*strips, "\n".join(rows)])


def gift(questions: Iterable[Question], name: str, link: Link) -> str:
    """The quiz in Moodle's GIFT format, one category for each level.

    ``link`` gives the address that a link on the page has outside of it, or None.
    """
    parts, level = [f"// {name}\n// Text CC BY 4.0, code MIT-0."], ""
    for question in questions:
        if question.level != level:
            level = question.level
            parts.append(f"$CATEGORY: {name}/{level}")
        parts.append("\n".join(_entry(question, link)))
    return "\n\n".join(parts) + "\n"


def _entry(question: Question, link: Link) -> Iterator[str]:
    title = f"{question.number:02} {question.title}"
    yield f"::{_escaped(title)}::[html]{_written(question.text, link)}{{"
    for letter, option in question.options.items():
        right = letter == question.key
        why = question.right if right else question.reasons[letter]
        yield f"{'=' if right else '~'}{_written(option, link)}#{_written(why, link)}"
    yield f"####{_written(f'Read: {question.read}', link)}"
    yield "}"


def _written(text: str, link: Link) -> str:
    """Markdown as HTML on one line, without the signs that mean something in GIFT."""
    return _escaped(markdown.markdown(relinked(text, link), extensions=["fenced_code"]))


def _escaped(text: str) -> str:
    return re.sub(r"[\\~=#{}:]", r"\\\g<0>", text).replace("\n", r"\n")
