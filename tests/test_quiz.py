"""The quiz: what its page must look like, and what is made from it."""

import re
from collections import Counter
from textwrap import dedent

import pytest

import gift
import sites
from softdial_site import quiz
from tools import assert_none

PAGE = (sites.ROOT / "docs" / "teach" / "quiz.md").read_text("utf-8")
SOURCE = """
## One step {#level-1}

Needs: school.

### 1. Half {#half}

What is 1/2 of {1}?

1. 0.5
2. 2
3. 1.5
4. nothing: `{}` ~ #

??? success "Answer"
    **A.** One divided by *two*.

    ```python
    >>> print(1 / 2)
    0.5
    >>> print(2 / 1, 1 + 1 / 2)
    2.0 1.5
    ```

    * **B.** Turns it over.
    * **C.** Adds 1.
    * **D.** Loses it.

    Read: [odds](../learn/odds.md#odds).

## Use {#use}

* Not a question.
"""


ANSWER = SOURCE[SOURCE.index("    **A.**") : SOURCE.index("\n## Use")]


def read(old="", new=""):
    assert old in SOURCE
    return quiz.read(SOURCE.replace(old, new, 1))


NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def faults(question):
    """Yield each number on offer that the answer does not compute where it should.

    The first output holds the numbers of the right option, the later ones those of the wrong.
    """
    first, later = question.outputs[0], "\n".join(question.outputs[1:])
    for letter, option in question.options.items():
        printed = numbers(first if letter == question.key else later)
        for number in sorted(numbers(option) - printed):
            yield f"{question.number}. {question.title}: {letter} offers {number:g}, not computed"
    if len(set(question.options.values())) < len(quiz.LETTERS):
        yield f"{question.number}. {question.title}: an option stands twice"


def numbers(text):
    """The numbers in a text, whatever their signs."""
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


class TestTheQuiz:
    questions = quiz.read(PAGE)

    def test_there_are_thirty_or_more_on_three_levels(self):
        levels = Counter(question.level for question in self.questions)
        assert len(levels) == 3
        assert min(levels.values()) >= 10

    def test_each_option_is_computed_in_its_answer(self):
        assert_none(fault for question in self.questions for fault in faults(question))

    def test_most_options_are_numbers(self):
        options = [option for question in self.questions for option in question.options.values()]
        assert sum(bool(numbers(option)) for option in options) > 0.9 * len(options)

    def test_no_letter_is_a_good_guess(self):
        letters = Counter(question.key for question in self.questions)
        assert max(letters.values()) <= 1.2 * len(self.questions) / 4
        assert len(letters) == 4

    def test_titles_and_anchors_differ(self):
        assert len({question.title for question in self.questions}) == len(self.questions)


class TestRead:
    def test_a_question_in_parts(self):
        (question,) = read()
        assert question.level == "One step"
        assert question.anchor == "half"
        assert question.text == "What is 1/2 of {1}?"
        assert question.options["D"] == "nothing: `{}` ~ #"
        assert (question.key, question.right) == ("A", "One divided by *two*.")
        assert question.reasons == {"B": "Turns it over.", "C": "Adds 1.", "D": "Loses it."}
        assert question.outputs == ["0.5", "2.0 1.5"]

    def test_a_level_may_end_the_page(self):
        assert quiz.read(SOURCE.partition("## Use")[0]) == read()

    @pytest.mark.parametrize(
        ("old", "new", "error"),
        [
            ("### 1.", "### 2.", "question 1 is numbered 2"),
            (" {#half}", "", "not a title"),
            ("4. nothing: `{}` ~ #\n", "", "four options"),
            ("4. nothing", "4. none\n5. nothing", "four options"),
            ('success "Answer"', 'question "Answer"', "an answer"),
            ("**A.** One", "A. One", "an answer: key"),
            ("One divided", "*One* divided", "an answer: key"),
            ("One divided", "`1` divided", "an answer: key"),
            ("**A.** One", "**B.** One", "not one reason for each wrong option"),
            ("    * **B.** Turns it over.\n", "", "three reasons"),
            ("* **C.**", "* **B.**", "not one reason for each wrong option"),
            (
                "**B.** Turns it over.\n    * **C.**",
                "**C.** Turns it over.\n    * **B.**",
                "not one",
            ),
            ("    Read: [odds](../learn/odds.md#odds).\n", "", "where to read"),
            (
                ">>> print(1 / 2)\n    0.5\n    >>> print(2 / 1, 1 + 1 / 2)\n    2.0 1.5",
                "x = 1",
                "computes nothing",
            ),
            ("## Use", "Stray text.\n\n## Use", "not a title"),
            (ANSWER, dedent(ANSWER), "an answer"),  # else it would stand below the box, open
        ],
    )
    def test_what_it_does_not_understand_stops_the_build(self, old, new, error):
        with pytest.raises(ValueError, match=error):
            read(old, new)


class TestFaults:
    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("1. 0.5", "1. 0.55", "A offers 0.55"),
            ("2. 2", "2. 2.1", "B offers 2.1"),
            ("2. 2", "2. 0.5 to 1.5", "B offers 0.5"),  # the key's number is no mistake's
            ("3. 1.5", "3. 2", "an option stands twice"),
            ("**A.** One", "**B.** One", "not computed"),
        ],
    )
    def test_an_option_that_is_not_computed_is_found(self, old, new, fault):
        source = SOURCE.replace(old, new, 1)
        if "**B.** One" in new:
            source = source.replace("* **B.** Turns", "* **A.** Turns", 1)
        (question,) = quiz.read(source)
        assert fault in "\n".join(faults(question))

    def test_a_sound_question_has_none(self):
        assert list(faults(*read())) == []


class TestKey:
    def test_letters_first_then_reasons(self):
        strip, table = quiz.key(read(), "quiz.md").split("\n\n")
        assert strip == "One step: 1\u00a0A."
        assert table.splitlines()[2] == (
            "| [1](quiz.md#half)\u00a0**A** | **Half.** One divided by *two*. <br>"
            "**B**\u00a0Turns it over. **C**\u00a0Adds 1. **D**\u00a0Loses it. |"
        )

    def test_a_bar_would_break_the_table(self):
        with pytest.raises(ValueError, match="in a table"):
            quiz.key(read("Adds 1.", "Adds | 1."), "quiz.md")


class TestGift:
    def link(self, address):
        return f"https://a.test/{address}".replace("../", "").replace(".md", "/")

    def entries(self, questions, link=None):
        return list(gift.read(quiz.gift(questions, "book", link or self.link)))

    def test_the_reader_gets_what_the_page_says(self):
        (entry,) = self.entries(read())
        assert entry.category == "book/One step"
        assert (entry.name, entry.format) == ("01 Half", "html")
        assert entry.text == "<p>What is 1/2 of {1}?</p>"
        assert [answer.right for answer in entry.answers] == [True, False, False, False]
        assert [answer.feedback for answer in entry.answers] == [
            "<p>One divided by <em>two</em>.</p>",
            "<p>Turns it over.</p>",
            "<p>Adds 1.</p>",
            "<p>Loses it.</p>",
        ]
        assert entry.answers[3].text == "<p>nothing: <code>{}</code> ~ #</p>"
        assert entry.general == '<p>Read: <a href="https://a.test/learn/odds/#odds">odds</a>.</p>'

    def test_code_keeps_its_lines(self):
        code = "```python\nx = {\n\n    1: 2}\n```\n\nWhat"
        (entry,) = self.entries(read("What", code))
        assert "x = {\n\n    1: 2}\n</code></pre>\n<p>What is" in entry.text

    def test_signs_in_a_title_mean_nothing(self):
        (entry,) = self.entries(read("1. Half", "1. Half: {1}"))
        assert entry.name == "01 Half: {1}"

    def test_without_an_address_links_become_text(self):
        (entry,) = self.entries(read(), lambda address: None)
        assert entry.general == "<p>Read: odds.</p>"

    def test_a_level_is_a_category(self):
        entries = self.entries(TestTheQuiz.questions)
        assert len(entries) == len(TestTheQuiz.questions)
        assert len({entry.category for entry in entries}) == 3


SOUND = "::a::[html]b{\n=c#d\n~e#f\n####g\n}"


class TestTheReader:
    def test_a_sound_text_is_read(self):
        (entry,) = gift.read(f"// x\n\n$CATEGORY: y/z\n\n{SOUND}\n")
        answers = [gift.Answer(True, "c", "d"), gift.Answer(False, "e", "f")]
        assert entry == gift.Entry("y/z", "a", "html", "b", answers, "g")

    def test_a_backslash_and_a_comment_between_lines_are_read(self):
        (entry,) = gift.read(SOUND.replace("b{", "\\\\ \\= \\n{").replace("=c", "// x\n=c"))
        assert (entry.text, entry.answers[0].text) == ("\\ =", "c")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("b{", "b = c{"),
            ("b{", "b#{"),
            ("b{", "b:{"),
            ("b{", "b\n\nc{"),
            ("\n}", ""),
            ("\n}", "\n} d"),
            ("=c", "~c"),
            ("~e", "=e"),
            ("=c#d", "c#d"),
            ("=c#d", "=c"),
            ("=c#d", "=c#d#d"),
            ("=c#d", "=c = d#d"),
            ("=c", "=%50%c"),
            ("=c#d", "=#d"),
            ("=c#d", "c =d#d"),
            ("=c#d\n~e#f\n", ""),
            ("####g", ""),
            ("####g", "####g\n####h"),
            ("####g", "####g\n~h#i"),
            ("::a::", ""),
            ("[html]", "[word]"),
            ("b{", "b\\q{"),
        ],
    )
    def test_a_planted_error_is_found(self, old, new):
        assert old in SOUND
        with pytest.raises(gift.GiftError):
            list(gift.read(SOUND.replace(old, new, 1)))

    def test_a_category_needs_a_blank_line(self):
        with pytest.raises(gift.GiftError):
            list(gift.read(f"$CATEGORY: y\n{SOUND}"))
