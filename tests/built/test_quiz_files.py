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


class TestGift:
    def test_it_says_what_the_page_shows(self, site, page):
        entries = list(gift.read((site / "teach" / "quiz.gift").read_text("utf-8")))
        assert len(entries) == len(page) >= 30
        for entry, question in zip(entries, page, strict=True):
            number, _, title = entry.name.partition(" ")
            assert f"{int(number)}. {title}" == question["title"]
            assert plain(entry.text) == question["text"]
            assert [plain(answer.text) for answer in entry.answers] == question["options"]
            (right,) = (at for at, answer in enumerate(entry.answers) if answer.right)
            assert LETTERS[right] == question["key"]
            assert [plain(answer.feedback) for answer in entry.answers] == question["told"]

    def test_its_links_lead_to_pages_of_this_site(self, site):
        text = (site / "teach" / "quiz.gift").read_text("utf-8")
        links = re.findall(r'href="([^"#]+)', "".join(e.general for e in gift.read(text)))
        assert len(links) >= 30
        for link in links:
            path = link.removeprefix(sites.address(site))
            assert sites.page_file(site, path).is_file(), link

    def test_the_page_offers_it_as_a_text_file(self, site):
        (link,) = sites.parse(site, "teach/quiz/").select('a[href$="quiz.gift"]')
        assert link["download"].endswith(".txt")  # Moodle asks for one


class TestKey:
    def test_it_gives_the_letters_of_the_page(self, site, page):
        rows = sites.parse(site, "teach/quiz-key/").select("table.key tbody tr")
        assert len(rows) == len(page)
        for number, (row, question) in enumerate(zip(rows, page, strict=True), start=1):
            assert words(row.td) == f"{number} {question['key']}"
            told = dict(zip(LETTERS, question["told"], strict=True))
            right = told.pop(question["key"])
            others = " ".join(f"{letter} {why}" for letter, why in told.items())
            title = question["title"].partition(". ")[2]
            assert words(row.find_all("td")[1]) == f"{title}. {right} {others}"
