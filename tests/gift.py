"""A reader of GIFT, written from Moodle's description of the format and not from our writer."""

import re
from typing import NamedTuple

SPECIAL = "~=#{}:"


class GiftError(ValueError):
    """A text that Moodle would read otherwise than it was meant, or not at all."""


class Answer(NamedTuple):
    right: bool
    text: str
    feedback: str


class Entry(NamedTuple):
    category: str
    name: str
    format: str
    text: str
    answers: list[Answer]
    general: str


def read(text):
    """Yield the questions; a blank line ends each, and so does a category."""
    category = ""
    for block in re.split(r"\n[ \t]*\n", text.strip()):
        lines = [line for line in block.split("\n") if not line.lstrip().startswith("//")]
        body = "\n".join(lines).strip()
        if body.startswith("$CATEGORY:"):
            if "\n" in body:
                raise GiftError(f"no blank line after a category: {body[:60]}")
            category = body.removeprefix("$CATEGORY:").strip()
        elif body:
            yield question(category, body)


def question(category, body):
    """Read ``::name::[format]text{answers}``."""
    marks = list(scanned(body))
    name, marks = named(marks)
    opening, closing = positions(marks, "{"), positions(marks, "}")
    if len(opening) != 1 or closing != [len(marks) - 1]:
        raise GiftError(f"not one pair of braces at the end: {body[:60]}")
    stem, inside = marks[: opening[0]], marks[opening[0] + 1 : -1]
    if any(mark in SPECIAL for mark, bare in stem if bare):
        raise GiftError(f"a bare sign in the text: {plain(stem)[:60]}")
    form, text = formatted(plain(stem))
    return Entry(category, name, form, text, *answered(inside))


def scanned(body):
    """Yield each character with whether it stands bare; a backslash takes that away."""
    characters = iter(body)
    for character in characters:
        if character != "\\":
            yield character, True
            continue
        escaped = next(characters, "")
        if escaped == "n":
            yield "\n", False
        elif escaped and escaped in SPECIAL + "\\":
            yield escaped, False
        else:
            raise GiftError(f"a backslash before {escaped!r}: {body[:60]}")


def named(marks):
    colons = positions(marks, ":")
    if colons[:2] != [0, 1] or len(colons) != 4 or colons[3] != colons[2] + 1:
        raise GiftError(f"no name between double colons: {plain(marks)[:60]}")
    return plain(marks[2 : colons[2]]).strip(), marks[colons[3] + 1 :]


def answered(inside):
    """Read the answers with their feedback, and the feedback to the whole question."""
    hashes = [at for at in positions(inside, "#") if plain(inside[at : at + 4]) == "####"]
    if len(hashes) != 1:
        raise GiftError("no general feedback, or more than one")
    starts = sorted(positions(inside, "~") + positions(inside, "="))
    if not starts or plain(inside[: starts[0]]).strip() or starts[-1] > hashes[0]:
        raise GiftError("the answers do not begin with a sign, or do not come first")
    ends = [*starts[1:], hashes[0]]
    answers = [
        answer(inside[start], inside[start + 1 : end])
        for start, end in zip(starts, ends, strict=True)
    ]
    if [one.right for one in answers].count(True) != 1:
        raise GiftError("not exactly one right answer")
    return answers, formatted(plain(inside[hashes[0] + 4 :]))[1]


def answer(sign, marks):
    hashes = positions(marks, "#")
    if len(hashes) != 1:
        raise GiftError(f"not one feedback: {plain(marks)[:60]}")
    text, feedback = plain(marks[: hashes[0]]).strip(), plain(marks[hashes[0] + 1 :]).strip()
    if not text or re.match(r"%-?\d", text):
        raise GiftError(f"an empty answer, or one that reads as a weight: {text!r}")
    return Answer(sign[0] == "=", formatted(text)[1], feedback)


def formatted(text):
    found = re.match(r"\s*\[(\w+)\]", text)
    if found and found[1] not in ("html", "moodle", "plain", "markdown"):
        raise GiftError(f"no format is called {found[1]}")
    return (found[1], text[found.end() :].strip()) if found else ("moodle", text.strip())


def positions(marks, sign):
    return [at for at, (mark, bare) in enumerate(marks) if bare and mark == sign]


def plain(marks):
    return "".join(mark for mark, _ in marks)
