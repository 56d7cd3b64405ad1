"""Search leads to the right page first."""

import pytest

# What readers type, and the pages of which one must come first.
WANTED = {
    "temperature 0": ["recipes/zero/"],
    "top-p order": ["learn/truncation/"],
    "nan": ["learn/numerics/", "reference/pitfalls/"],
    "logit": ["learn/logits/"],
    "double softmax": ["learn/loss/", "reference/pitfalls/"],
    "axis": ["recipes/axis/"],
}


def first_hit(reader, words):
    """Return the page of the first result, as it stands in links."""
    page = reader.open("")
    page.locator("input.md-search__input").click()
    page.keyboard.type(words)
    hit = page.locator(".md-search-result__item > a").first
    hit.wait_for()
    page.wait_for_timeout(300)  # a longer query may still be under way
    return hit.get_attribute("href").removeprefix(reader.base).partition("?")[0].partition("#")[0]


class TestSearch:
    @pytest.mark.parametrize("words", WANTED)
    def test_the_first_hit_is_the_right_page(self, reader, words):
        assert first_hit(reader, words) in WANTED[words]

    def test_the_words_decide(self, reader):
        assert first_hit(reader, "annealing") not in WANTED["axis"]
