import math

import numpy as np
import pytest

from softdial_site.figures import registry
from softdial_site.figures.catalog import FigureError

GOOD = {
    "alt": "Half is {p[0]}.",
    "caption": "**A claim.** Look here: {p[1]}. By [`softmax`](softdial.softmax).",
    "values": {"p": np.array([0.5, math.log(3), math.inf])},
}


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(registry, "REGISTRY", {})


def declare(**changed):
    def picture(): ...

    picture.__module__ = "book.chapter"
    return registry.figure(**GOOD | changed)(picture)


class TestFigure:
    def test_the_function_is_found_under_chapter_and_name(self):
        picture = declare()

        assert registry.REGISTRY["chapter-picture"].draw is picture

    def test_words_are_filled_with_three_digits_of_the_values(self):
        declare()
        declared = registry.REGISTRY["chapter-picture"]

        assert declared.alt == "Half is 0.5."
        assert declared.caption.startswith("**A claim.** Look here: 1.10.")

    def test_finite_values_are_kept_unrounded(self):
        declare(values={"p": [0.5, math.log(3), math.inf], "q": [[2]]})

        assert registry.REGISTRY["chapter-picture"].values == [0.5, math.log(3), 2]

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"alt": " "}, "has no alt text"),
            ({"alt": "a" * 201}, "alt text of 201 characters"),
            ({"caption": "No claim. By [`softmax`](softdial.softmax)."}, "caption is not"),
            ({"caption": "**A claim.** No function."}, "caption is not"),
            ({"caption": "**A.** [Two](#x) links. By [`a`](softdial.a)."}, "caption is not"),
            ({"caption": "**A.** No] bracket. By [`a`](softdial.a)."}, "caption is not"),
            ({"caption": "**A.** No [bracket. By [`a`](softdial.a)."}, "caption is not"),
        ],
    )
    def test_words_that_break_a_rule_stop_it(self, changed, message):
        with pytest.raises(FigureError, match=message):
            declare(**changed)

    def test_an_alt_text_of_200_characters_is_not_too_long(self):
        declare(alt="a" * 200)

        assert "chapter-picture" in registry.REGISTRY

    def test_a_second_figure_of_one_name_is_refused(self):
        declare()
        with pytest.raises(FigureError, match="exists twice"):
            declare()

    def test_the_name_of_a_helper_is_refused(self):
        def panel(): ...

        panel.__module__ = "book.chapter"
        with pytest.raises(FigureError, match=r"style\.py has a panel, too"):
            registry.figure(**GOOD)(panel)

    def test_a_number_that_was_not_computed_is_refused(self):
        with pytest.raises(KeyError, match="q"):
            declare(alt="{q}")
