from xml.etree.ElementTree import fromstring

import pytest

from softdial_site.formulas import to_mathml

GOOD = {
    "softmax": r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
    "log-sum-exp": r"\log \sum_j e^{z_j}",
    "cases": r"\begin{cases} \frac{1}{m} & \text{largest} \\ 0 & \text{else} \end{cases}",
    "aligned": r"\begin{aligned} a &= b + c \\ &= d \end{aligned}",
    "transpose": r"\frac{1}{T} (\operatorname{diag}(p) - p p^\top)",
    "limits": r"\lim_{T \to \infty} p_i(T) = \frac{1}{n}",
    "accents": r"\bar{p} - \bar z",
    "root": r"\frac{q \cdot k}{\sqrt{d}}",
    "argmax": r"\operatorname{argmax}_i z_i",
    "text": r"\text{2 of 3}",
    "signs": r"a < b > c | d, e; f / g",
}


def tree(latex, display=True):
    return fromstring(to_mathml(latex, display=display))


def text(latex):
    return "".join(tree(latex).itertext()).replace("\N{FUNCTION APPLICATION}", "")


def tags(latex):
    return [element.tag for element in tree(latex).iter()]


class TestToMathml:
    @pytest.mark.parametrize("name", GOOD)
    def test_what_the_pages_need_is_understood(self, name):
        latex = GOOD[name]
        assert "\\" not in to_mathml(latex, display=True)

    def test_letters_numbers_and_signs_stay_in_order(self):
        assert text(r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}") == "pi=ezi∑jezj"
        assert text(r"\frac{3}{4} = 0.75") == "34=0.75"

    @pytest.mark.parametrize(
        ("latex", "tag"),
        [
            (r"\frac{a}{b}", "mfrac"),
            (r"\sqrt{d}", "msqrt"),
            (r"\begin{cases} a & b \\ c & d \end{cases}", "mtable"),
            (r"\sum_j z_j", "munder"),
            (r"e^{z}", "msup"),
            (r"\text{if ready}", "mtext"),
        ],
    )
    def test_each_shape_has_its_element(self, latex, tag):
        assert tag in tags(latex)

    @pytest.mark.parametrize(("display", "mode"), [(True, "block"), (False, "inline")])
    def test_the_mode_is_told(self, display, mode):
        assert tree("a", display).get("display") == mode

    @pytest.mark.parametrize("mark", ["\n% say: ", "\n%say:", " % say:"])
    def test_a_last_line_is_spoken(self, mark):
        math = tree(f"a = b{mark}a equals b")
        assert math.get("aria-label") == "a equals b"
        assert "".join(math.itertext()) == "a=b"

    def test_no_element_closes_itself(self):
        assert "/>" not in to_mathml(r"a \quad b", display=True)

    @pytest.mark.parametrize("name", GOOD)
    def test_no_attribute_is_a_style(self, name):
        mathml = to_mathml(GOOD[name], display=True)
        assert "style=" not in mathml.replace("displaystyle=", "")
        assert "columnalign" not in mathml

    @pytest.mark.parametrize(
        ("latex", "flaw"),
        [
            ("", "nothing"),
            (r"\ta", r"unknown macro \\ta,"),
            (r"\unknown{x}", r"unknown macro \\unknown, .* softdial_site.formulas.convert"),
            (r"\{a\}", r"unknown macro \\{"),
            (r"\begin{array}{cc} a \end{array}", r"unknown environment: \\begin{array"),
            (r"\begin{align*} a \end{align*}", r"unknown environment: \\begin{align"),
            (r"\operatorname{top_k}(z)", "not a name in braces"),
            ("{a", "unbalanced braces"),
            ("a}{", "NoAvailableTokensError"),
            ("a}{b", "not understood: }"),
            (r"\frac{a}{}", "empty braces"),
            ("a % b", "a comment"),
            ("a\n% say: b\n+ c", "a comment"),
            (r"\begin{cases} a \\% b \end{cases}", "a comment"),
            ("a § b", "unknown character: §"),
            (r"\text{a {b}}", "braces inside"),
            (r"\text{a \frac b}", "not understood: a"),
            (r"\sqrt[3]{d}", "a root with a degree"),
            (r"a \\ b", "a line break"),
            (r"\begin{cases} a \\[2pt] b \end{cases}", "space between lines"),
            (r"\frac{a}", "half a fraction"),
            (r"1.2.3", "not a number"),
        ],
    )
    def test_what_is_not_understood_is_refused_and_shown(self, latex, flaw):
        with pytest.raises(ValueError, match=flaw) as caught:
            to_mathml(latex, display=True)
        assert str(caught.value).endswith(f"in the formula\n{latex}")

    def test_blanks_are_no_formula(self):
        with pytest.raises(ValueError, match="nothing"):
            to_mathml(" \n ", display=True)
