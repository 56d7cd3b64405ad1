"""Search leads to the right page first, and to every page by its name in the menu."""

import json
import os
import re
import shutil
from contextlib import contextmanager

import pytest
from harness import reading

import sites
from tools import assert_none

# What readers type, and the pages of which one must come first.
WANTED = {
    "temperature 0": ["recipes/zero/"],
    "top-p order": ["learn/truncation/", "recipes/top-p/"],
    "nan": ["learn/numerics/", "reference/questions/"],
    "logit": ["learn/logits/"],
    "double softmax": ["learn/loss/", "reference/pitfalls/"],
    "axis": ["recipes/axis/"],
    "temperature scaling": ["learn/calibration/", "recipes/fit/"],
    "knowledge distillation": ["learn/distillation/"],
    "hugging face": ["reference/crosswalk/"],
    "expected calibration error": ["learn/calibration/", "reference/pitfalls/"],
    "repetition penalty": ["reference/questions/"],
    "nondeterministic": ["learn/sampling/", "reference/questions/"],
    "sigmoid or softmax": ["learn/softmax/", "reference/questions/"],
    "default_rng": ["learn/sampling/", "recipes/reproducible/"],
    "bincount": ["learn/sampling/", "recipes/many-draws/"],
    "what is a logit": ["learn/logits/"],
    "min p": ["learn/truncation/"],
    "top k": ["learn/truncation/"],
    "nucleus sampling": ["learn/truncation/"],
    "label smoothing": ["learn/loss/"],
    "log-sum-exp trick": ["learn/numerics/"],
    "logit bias": ["reference/questions/"],
    "softmax": ["learn/softmax/"],
    "softmax numpy": ["recipes/numpy/"],
    "negative temperature": ["learn/physics/"],
    "cite": ["teach/figures/"],
}


NEAR = 4  # places from the top
# what no search is meant to find
HIDDEN = {"teach/quiz/", "teach/quiz-key/"}


def search(reader, words):
    """Type words into the search, and return the pages of the results as they stand in links."""
    field = reader.page.locator("input.md-search__input")
    results = reader.page.locator(".md-search-result__item > a")
    # cleared first, so that no result of the last words is taken for one of these
    for typed, state in (("", "detached"), (words, "attached")):
        field.fill(typed)
        field.press("End")  # the theme waits for a key
        results.first.wait_for(state=state)
    hits = results.evaluate_all("all => all.map((a) => a.href)")
    return list(dict.fromkeys(re.split("[?#]", hit.removeprefix(reader.base))[0] for hit in hits))


@contextmanager
def searching(chromium, site):
    """A visitor with the search open and its index read."""
    with reading(chromium, site) as reader:
        page = reader.open("")
        page.locator("input.md-search__input").click()
        page.keyboard.type("logits")
        page.locator(".md-search-result__item").first.wait_for()
        yield reader


@pytest.fixture(scope="module")
def searcher(chromium, site):
    with searching(chromium, site) as reader:
        yield reader


def names(site):
    """Return the name that each page has in the menu, by its path."""
    links = sites.parse(site, "").select(".md-nav--primary a.md-nav__link[href]")
    pages = {link["href"]: link.get_text(strip=True) for link in links if "#" not in link["href"]}
    return {path: name for path, name in pages.items() if path not in {".", "./", *HIDDEN}}


class TestSearch:
    @pytest.mark.parametrize("words", WANTED)
    def test_the_first_hit_is_the_right_page(self, searcher, words):
        assert search(searcher, words)[0] in WANTED[words]

    def test_capitals_change_nothing(self, searcher):
        assert search(searcher, "What Is A Logit") == search(searcher, "what is a logit")

    def test_it_is_started_once(self, searcher):
        for action in ("blur", "focus", "blur", "focus"):
            getattr(searcher.page.locator("input.md-search__input"), action)()
        assert len(searcher.page.workers) == 1

    @pytest.mark.parametrize("words", ["odds^(1/T)", "e^x", "a~b", "-inf", "+inf"])
    def test_signs_of_a_formula_are_no_commands(self, searcher, words):
        assert search(searcher, words)
        assert_none(searcher.trouble)

    def test_the_words_decide(self, searcher):
        assert search(searcher, "annealing")[0] not in WANTED["axis"]

    def test_every_page_is_found_by_its_name_in_the_menu(self, searcher, site):
        pages = names(site)
        assert len(pages) > 50
        assert_none(
            f"{name} finds {found[:NEAR]}"
            for path, name in pages.items()
            if path not in (found := search(searcher, name))[:NEAR]
        )

    @pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz0123456789")
    def test_words_are_found_by_their_first_letter(self, searcher, letter):
        assert search(searcher, letter)

    def test_a_page_that_is_hidden_from_search_is_not_found(self, searcher):
        assert HIDDEN.isdisjoint(search(searcher, "quiz"))

    def test_a_page_that_should_be_hidden_is_found(self, chromium, site, tmp_path):
        copy = tmp_path / "site"
        shutil.copytree(site, copy, copy_function=os.link)
        file = copy / "search" / "search_index.json"
        index = json.loads(file.read_text("utf-8"))
        index["docs"].append({"location": "teach/quiz/", "title": "Quiz", "text": "Quiz"})
        file.unlink()  # the link alone
        file.write_text(json.dumps(index), "utf-8")

        with searching(chromium, copy) as reader:
            assert not HIDDEN.isdisjoint(search(reader, "quiz"))
