import pytest
from bs4 import BeautifulSoup

from softdial_site.breaks import equations, formulas, names


class TestNames:
    def test_one_that_begins_a_cell_breaks_after_underscores(self):
        assert names("<td><code>top_k(z)</code>") == "<td><code>top_<wbr>k(z)</code>"
        linked = '<td><a href="#a_b"><code>log_softmax</code></a>'
        assert names(linked) == '<td><a href="#a_b"><code>log_<wbr>softmax</code></a>'

    def test_its_text_stays(self):
        cell = "<td><code>expected_calibration_error(p, my_labels)</code></td>"
        assert BeautifulSoup(names(cell), "html.parser").get_text() == (
            "expected_calibration_error(p, my_labels)"
        )

    def test_code_elsewhere_is_left_alone(self):
        html = "<p><code>top_k</code></p><td>See <code>top_k</code></td><pre><code>top_k</code>"
        assert names(html) == html


class TestFormulas:
    MATH = "<math><mi>x</mi>\n</math>"

    @pytest.mark.parametrize("sign", [".", ",", ";", ":", "?", ")", ")."])
    def test_a_sign_behind_one_stays_with_it(self, sign):
        html = f"<p>so {self.MATH} and {{}} more</p>"
        kept = f'<span class="unbroken">{self.MATH}{sign}</span>'
        assert formulas(html.format(self.MATH + sign)) == html.format(kept)

    def test_one_without_a_sign_is_left_alone(self):
        html = f"<p>{self.MATH} is</p><div>{self.MATH}</div>. {self.MATH} (1)"
        assert formulas(html) == html


class TestEquations:
    @pytest.mark.parametrize(
        "text",
        [
            "T = 0.5",
            "At T = −1, no.",
            "(k = 50)",
            "T = ∞",
            "T₁ = ½",
            "<em>so T = 0</em>",
            "for <em>d</em> = 64:",
            "T = √<em>d</em>",
            "√<em>d</em> = 8",
            "At T = <em>d</em> it",
        ],
    )
    def test_a_symbol_stays_with_its_value(self, text):
        assert equations(f"<p>{text}</p>") == f"<p>{text.replace(' = ', '&nbsp;=&nbsp;')}</p>"

    @pytest.mark.parametrize(
        "text",
        [
            "p / (1 − p)",
            "0.75 (1 − <em>q</em>)",
            "<em>p</em>² / <em>q</em>",
            "<em>z</em> / T − <em>m</em> / T",
            "T &gt; 0",
            "3 · 2 × ½ + √2",
        ],
    )
    def test_a_sign_stays_with_its_sides(self, text):
        assert equations(f"<p>{text}</p>") == f"<p>{text.replace(' ', '&nbsp;')}</p>"

    @pytest.mark.parametrize("text", ["log 3", "log <em>n</em>", "log x", "log (1/2)"])
    def test_log_stays_with_its_number(self, text):
        assert equations(f"<p>{text} is</p>") == f"<p>{text.replace(' ', '&nbsp;', 1)} is</p>"

    @pytest.mark.parametrize("name", ["top-p", "Min-p", "MIT-0", "log-probabilities", "log-odds"])
    def test_a_name_is_not_broken_at_its_hyphen(self, name):
        assert equations(f"<p>{name}, so</p>") == f'<p><span class="unbroken">{name}</span>, so</p>'

    @pytest.mark.parametrize(
        "html",
        [
            "<p>sum = 1</p>",
            "<p>a log that grows, the log of it</p>",
            "<p>plus +, minus −, top-down, no-top-p, e.g. −3</p>",
            '<p title="top-p">1/2</p>',
            "<p>T = odds</p>",
            "<pre><code>T = 2</code>\nT = 2</pre>",
            "<p><code>T = 2</code></p>",
            '<p title="T = 2">T</p>',
            "<svg><text>T = 2</text></svg>",
            "<table><td>T = 2</td></table>",
            "<script>T = 2</script><style>T = 2</style><title>T = 2</title>",
            "<math><mtext>T = 2</mtext></math>",
            '<figure class="fig card"><p>T = 2</p></figure>',
        ],
    )
    def test_all_else_is_left_alone(self, html):
        assert equations(html) == html

    def test_text_between_two_cards_is_prose(self):
        card = '<figure class="fig card"><p>T = 2</p></figure>'
        assert equations(f"{card}T = 2{card}") == f"{card}T&nbsp;=&nbsp;2{card}"
