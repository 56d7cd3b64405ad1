"""The chapters are built alike, so that a reader always knows where to look."""

import re

import pytest

import sites
from tools import assert_none, without_fences

CHAPTERS = sorted((sites.ROOT / "docs" / "learn").glob("*.md"))
ENDS = ["Where it breaks {#breaks}", "Try it {#try}", "Keep {#keep}"]
KEPT = ["* Formula: ", "* Sentence: ", "* Function", "Sources: ", "See also: ", "Next: "]


def faults(text):
    """Yield where a chapter leaves the order of contribute.md."""
    head, *sections = re.split(r"(?m)^## ", without_fences(text))
    titles = [section.partition("\n")[0] for section in sections]
    if not re.search(r"(?m)^Time: \d+ min\. Needs: .+\.$", head):
        yield "no time and needs in its lead"
    if not re.search(r"(?m)^!\[\]\((fig|play):[\w-]+\)$", head):
        yield "no figure at its top"
    if '!!! question "Predict"' not in head:
        yield "no question at its top"
    if titles[-3:] != ENDS:
        yield f"ends with {titles[-3:]}"
    if not 3 <= len(titles) - 3 <= 7:
        yield f"{len(titles) - 3} claims"
    found = re.findall(rf"(?m)^(?:{'|'.join(map(re.escape, KEPT))})", sections[-1])
    if found != KEPT:
        yield f"keeps {found}"
    silent = [math for math in re.findall(r"(?s)\\\[(.*?)\\\]", text) if "% say: " not in math]
    yield from (f"a formula without words: {math.strip()}" for math in silent)


class TestChapters:
    @pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
    def test_each_follows_the_order_of_the_others(self, path):
        assert_none(faults(path.read_text("utf-8")))

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("Time: 9 min.", "9 min.", "no time"),
            ("![](fig:odds-four-scales)", "", "no figure"),
            ('!!! question "Predict"', "", "no question"),
            ("## Keep {#keep}", "## Remember {#keep}", "ends with"),
            ("* Sentence: ", "* ", "keeps"),
            ("Next: ", "", "keeps"),
            ("% say: the logit of p", "% the logit of p", "a formula without words"),
        ],
    )
    def test_a_slip_is_found(self, old, new, fault):
        text = (sites.ROOT / "docs/learn/odds.md").read_text("utf-8")
        assert old in text
        assert next(faults(text.replace(old, new))).startswith(fault)

    def test_a_chapter_of_two_claims_is_found(self):
        sections = (sites.ROOT / "docs/learn/odds.md").read_text("utf-8").split("\n## ")
        assert list(faults("\n## ".join(sections[:3] + sections[-3:]))) == ["2 claims"]
