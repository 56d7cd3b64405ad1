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
    @pytest.mark.parametrize("sign", [r"\infty", r"\partial", r"\top", r"\dots", r"\cdots"])
    def test_signs_like_letters_are_spaced_like_letters(self, sign):
        assert sequence(rf"a {sign} b")[1][0] == "mi"

    def test_a_minus_in_front_is_a_sign_between_it_is_an_operator(self):
        first, between = tree("- a")[0], tree("a - b")[1]
        assert first.get("form") == "prefix"
        assert between.get("form") is None

    def test_a_bar_opens_at_the_start_and_closes_after_a_letter(self):
        inside, outside = tree("|-a| - b")[1], tree("|-a| - b")[4]
        assert inside.get("form") == "prefix"
        assert outside.get("form") is None


class TestFunctions:
    @pytest.mark.parametrize("name", ["log", "exp", "max"])
    def test_a_function_is_applied(self, name):
        parts = sequence(rf"\{name} z")
        assert parts[0][1] == name
        assert ("mo", APPLY) in parts

    def test_a_name_of_ones_own_is_one_word(self):
        assert sequence(r"\operatorname{odds}(p)")[:2] == [("mi", "odds"), ("mo", APPLY)]


class TestScripts:
    def test_limits_of_a_sum_stand_below_and_above(self):
        assert tree(r"\sum_{i=1}^n z_i")[0].tag == "munderover"

    def test_the_limit_of_lim_stands_below(self):
        assert tree(r"\lim_{T \to 0} p")[0].tag == "munder"

    def test_operators_in_scripts_stand_close(self):
        (script,) = (part for part in tree("e^{a - b}")[0][1].iter("mo"))
        assert script.attrib == {"lspace": "0", "rspace": "0"}

    def test_a_function_in_a_script_stands_off_its_argument(self):
        (applied,) = (part for part in tree(r"e^{\log n}")[0][1].iter("mo") if part.text == APPLY)
        assert applied.get("rspace") == "0.167em"


class TestFences:
    def test_fences_around_a_line_do_not_stretch(self):
        fences = [part for part in tree(r"\left( a \right)").iter("mo") if part.text in "()"]
        assert [fence.get("stretchy") for fence in fences] == ["false", "false"]

    def test_fences_around_a_fraction_do(self):
        fences = tree(r"\left( \frac{a}{b} \right)").iter("mo")
        assert "false" not in [fence.get("stretchy") for fence in fences]

    def test_fences_around_a_bar_do_not(self):
        fences = [part for part in tree(r"\left( \bar z \right)").iter("mo") if part.text in "()"]
        assert [fence.get("stretchy") for fence in fences] == ["false", "false"]


class TestBars:
    @pytest.mark.parametrize("source", [r"\bar z", r"\bar{z}"])
    def test_a_bar_has_a_class_of_its_own(self, source):
        (bar,) = tree(source)
        assert (bar.tag, bar.get("class")) == ("mover", "barred")
        assert [part.text for part in bar] == ["z", "\N{MACRON}"]

    def test_a_limit_above_is_no_bar(self):
        assert tree(r"\sum^n z")[0].get("class") is None


class TestAlignment:
    def test_columns_of_equations_meet_at_their_relation(self):
        cells = list(tree(r"\begin{aligned} a &= b \\ &= c \end{aligned}").iter("mtd"))
        assert [cell.get("class") for cell in cells[:2]] == ["to-right", "to-left"]
