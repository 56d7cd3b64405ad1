from xml.etree.ElementTree import fromstring

import pytest

from softdial_site.formulas import to_mathml

APPLY = "\N{FUNCTION APPLICATION}"
THIN = "0.167em"

# How many thin spaces TeX sets; none between a letter and a fence, which reads as an application.
SPACES = {
    r"a b": 0,
    r"(a) b": 0,
    r"a \left( b \right)": 0,
    r"a \frac{b}{c}": 1,
    r"a \sum b": 2,
    r"a \int b": 2,
    r"a \log b": 2,
    r"(a) \frac{b}{c}": 1,
    r"(a) \sum b": 2,
    r"(a) \log b": 2,
    r"\left( a \right) b": 1,
    r"\left( a \right) \left( b \right)": 1,
    r"\left( a \right) \frac{b}{c}": 1,
    r"\left( a \right) \sum b": 2,
    r"\left( a \right) \log b": 2,
    r"\frac{a}{b} c": 1,
    r"\frac{a}{b} (c)": 1,
    r"\frac{a}{b} \left( c \right)": 1,
    r"\frac{a}{b} \frac{c}{d}": 1,
    r"\frac{a}{b} \sum c": 2,
    r"\frac{a}{b} \log c": 2,
    r"\log a": 1,
    r"\log (a)": 0,
    r"\log \left( a \right)": 0,
    r"\log \frac{a}{b}": 1,
    r"\log \sum a": 2,
    r"\log \log a": 2,
    r"\sum a": 1,
    r"\sum (a)": 0,
    r"\sum \left( a \right)": 1,
    r"\sum \frac{a}{b}": 1,
    r"\sum \sum a": 2,
    r"\sum \log a": 2,
}


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

    @pytest.mark.parametrize("before", [r"\quad", "=", "("])
    def test_so_it_is_after_a_space_an_operator_and_a_fence(self, before):
        assert tree(rf"a {before} - b")[2].get("form") == "prefix"

    @pytest.mark.parametrize("sign", "|/")
    def test_bars_and_slashes_stand_close(self, sign):
        assert tree(f"a {sign} b")[1].attrib == {"lspace": "0", "rspace": "0", "stretchy": "false"}


class TestSpaces:
    @pytest.mark.parametrize("latex", SPACES)
    def test_they_stand_where_tex_sets_them(self, latex):
        parts = list(tree(latex).iter())
        spaces = [part for part in parts if THIN in (part.get("width"), part.get("rspace"))]
        assert len(spaces) == SPACES[latex]

    @pytest.mark.parametrize("latex", [r"\sum a", r"\sum_i a", r"\int a"])
    def test_a_large_sign_has_none_of_its_own(self, latex):
        sign = next(part for part in tree(latex).iter("mo"))
        assert sign.attrib == {"lspace": "0", "rspace": "0"}


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

    @pytest.mark.parametrize("name", ["argmax", "argmin", "inf", "lim", "max", "min", "sup"])
    def test_the_limit_of_a_limit_stands_below_and_in_a_line_beside(self, name):
        limit = tree(rf"\operatorname{{{name}}}_{{T \to 0}} p")[0]
        assert limit.tag == "munder"
        assert limit[0].tag == "mo"
        assert limit[0].attrib == {"movablelimits": "true", "lspace": "0", "rspace": "0"}
        assert tree(r"\sum_i p")[0][0].get("movablelimits") is None

    def test_operators_in_scripts_stand_close(self):
        (script,) = (part for part in tree("e^{a - b}")[0][1].iter("mo"))
        assert script.attrib == {"lspace": "0", "rspace": "0"}

    def test_a_function_in_a_script_stands_off_its_argument(self):
        (applied,) = (part for part in tree(r"e^{\log n}")[0][1].iter("mo") if part.text == APPLY)
        assert applied.get("rspace") == THIN


class TestFences:
    def test_fences_around_a_line_do_not_stretch(self):
        fences = [part for part in tree(r"\left( a \right)").iter("mo") if part.text in "()"]
        assert [fence.get("stretchy") for fence in fences] == ["false", "false"]

    @pytest.mark.parametrize("tall", [r"\frac{a}{b}", r"\sqrt{a}", r"\sum_i a", r"\sum_i^n a"])
    def test_fences_around_what_is_tall_do(self, tall):
        fences = tree(rf"\left( {tall} \right)").iter("mo")
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
