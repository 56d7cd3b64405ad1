from xml.etree.ElementTree import fromstring

import pytest

from softdial_site.formulas import to_mathml

APPLY = "\N{FUNCTION APPLICATION}"


def tree(latex, display=True):
    return fromstring(to_mathml(latex, display=display))


def sequence(latex):
    """The parts of a formula's only row, as (tag, text)."""
    return [(part.tag, part.text or "") for part in tree(latex)]


class TestSigns:
    @pytest.mark.parametrize("sign", [r"\infty", r"\partial", r"\nabla", r"\dots"])
    def test_signs_like_letters_are_spaced_like_letters(self, sign):
        assert sequence(rf"a {sign} b")[1][0] == "mi"

    def test_a_minus_in_front_is_a_sign_between_it_is_an_operator(self):
        first, between = tree("- a")[0], tree("a - b")[1]
        assert first.get("form") == "prefix"
        assert between.get("form") is None

    def test_bold_and_blackboard_letters_are_characters_of_their_own(self):
        assert sequence(r"\mathbf{z}")[0][1] == "\N{MATHEMATICAL BOLD SMALL Z}"
        assert sequence(r"\mathbb{R}")[0][1] in "\N{DOUBLE-STRUCK CAPITAL R}"

    def test_capital_greek_is_upright(self):
        assert tree(r"\Sigma")[0].get("mathvariant") == "normal"


class TestFunctions:
    @pytest.mark.parametrize("name", ["log", "exp", "max"])
    def test_a_function_is_applied(self, name):
        parts = sequence(rf"\{name} z")
        assert parts[0][1] == name
        assert ("mo", APPLY) in parts

    def test_a_name_in_mathrm_is_one_word(self):
        assert sequence(r"\mathrm{odds} = 3")[0] == ("mi", "odds")


class TestScripts:
    def test_limits_of_a_sum_stand_below_and_above(self):
        assert tree(r"\sum_{i=1}^n z_i")[0].tag == "munderover"

    def test_the_limit_of_lim_stands_below(self):
        assert tree(r"\lim_{T \to 0} p")[0].tag == "munder"

    def test_operators_in_scripts_stand_close(self):
        (script,) = (part for part in tree("e^{a - b}")[0][1].iter("mo"))
        assert script.attrib == {"lspace": "0", "rspace": "0"}


class TestFences:
    def test_fences_around_a_line_do_not_stretch(self):
        fences = [part for part in tree(r"\left( a \right)").iter("mo") if part.text in "()"]
        assert [fence.get("stretchy") for fence in fences] == ["false", "false"]

    def test_fences_around_a_fraction_do(self):
        fences = tree(r"\left( \frac{a}{b} \right)").iter("mo")
        assert "false" not in [fence.get("stretchy") for fence in fences]


class TestAlignment:
    def test_columns_of_equations_meet_at_their_relation(self):
        cells = list(tree(r"\begin{aligned} a &= b \\ &= c \end{aligned}").iter("mtd"))
        assert [cell.get("class") for cell in cells[:2]] == ["to-right", "to-left"]
