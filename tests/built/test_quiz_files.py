"""The file for Moodle and the key say what the page of the quiz shows."""

import re

import pytest
from bs4 import BeautifulSoup

import gift
import sites

LETTERS = "ABCD"


def words(node):
    return " ".join(node.get_text().split())


def shown(article):
    """Yield what the built page shows of each question: title, text, options, key, reasons."""
    for options in article.select("ol[type=A]"):
        answer = options.find_next_sibling("details")
        title = options.find_previous("h3")
        between = [
            node for node in title.find_next_siblings() if node.sourceline < options.sourceline
        ]
        key, *reasons = (
            words(strong.parent) for strong in answer.select("strong") if lettered(strong)
        )
        told = {letter: text for letter, _, text in map(split, [key, *reasons])}
        yield {
            "title": words(title).removesuffix("¶"),
            "text": " ".join(words(node) for node in between),
            "options": [words(option) for option in options.select("li")],
            "key": split(key)[0],
            "told": [told[letter] for letter in LETTERS],
        }


def lettered(strong):
    return re.fullmatch(r"[A-D]\.", strong.get_text())


def split(text):
    return text.partition(". ")


def plain(html):
    return words(BeautifulSoup(html, "html.parser"))


@pytest.fixture(scope="module")
def page(site):
    return list(shown(sites.parse(site, "teach/quiz/").article))


def in_moodle(text):
    """Yield what a file for Moodle says of each question, as the page shows it."""
    for entry in gift.read(text):
        number, _, title = entry.name.partition(" ")
        (right,) = (at for at, answer in enumerate(entry.answers) if answer.right)
        yield {
            "title": f"{int(number)}. {title}",
            "text": plain(entry.text),
            "options": [plain(answer.text) for answer in entry.answers],
            "key": LETTERS[right],
            "told": [plain(answer.feedback) for answer in entry.answers],
        }


def in_key(article):
    """Yield what each row of the key says: number and letter, then title and reasons."""
    for row in article.select("table.key tbody tr"):
        yield [words(cell) for cell in row.find_all("td")]


def wanted(question):
    """The row of the key for what the page shows of a question."""
    told = dict(zip(LETTERS, question["told"], strict=True))
    right = told.pop(question["key"])
    others = " ".join(f"{letter} {why}" for letter, why in told.items())
    number, _, title = question["title"].partition(". ")
    return [f"{number} {question['key']}", f"{title}. {right} {others}"]


@pytest.fixture
def moodle(site):
    return (site / "teach" / "quiz.gift").read_text("utf-8")


class TestGift:
    def test_it_says_what_the_page_shows(self, moodle, page):
        assert len(page) >= 30
        assert list(in_moodle(moodle)) == page

    def test_another_key_is_found(self, moodle, page):
        changed = re.sub(r"\n=(.*)\n~(.*)", r"\n~\1\n=\2", moodle, count=1)
        assert list(in_moodle(changed)) != page

    def test_its_links_lead_to_pages_of_this_site(self, site, moodle):
        links = re.findall(r'href="([^"#]+)', "".join(e.general for e in gift.read(moodle)))
        assert len(links) >= 30
        for link in links:
            path = link.removeprefix(sites.address(site))
            assert sites.page_file(site, path).is_file(), link

    def test_the_page_offers_it_as_a_text_file(self, site):
        (link,) = sites.parse(site, "teach/quiz/").select('a[href$="quiz.gift"]')
        assert link["download"].endswith(".txt")  # Moodle asks for one


class TestKey:
    def test_it_gives_the_letters_and_the_reasons_of_the_page(self, site, page):
        rows = list(in_key(sites.parse(site, "teach/quiz-key/").article))
        assert rows == [wanted(question) for question in page]

    @pytest.mark.parametrize(
        ("old", "new"), [("<strong>C</strong></td>", "<strong>D</strong></td>"), ("Takes", "Gives")]
    )
    def test_another_letter_and_another_reason_are_found(self, site, page, old, new):
        html = sites.page_file(site, "teach/quiz-key/").read_text("utf-8")
        assert old in html
        article = sites.BeautifulSoup(html.replace(old, new, 1), "html.parser").article
        assert list(in_key(article)) != [wanted(question) for question in page]
