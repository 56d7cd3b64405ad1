import pytest
from bs4 import BeautifulSoup

from softdial_site.numbers import claims, products
from witnesses import faults, literals, witnesses

SNIPPET = (
    '<div class="language-python"><pre><code>{}</code></pre></div>'
    '<div class="output"><pre><code>{}</code></pre></div>'
)
CODE = (
    "softmax([2.0, 1.0, -3.0], temperature=0.5)\n"
    "print(f'{entropy(p, base=2):.4f}', logit(0.98), 5e-324)"
)
OUTPUT = "array([0.88079708, 0.11920292])\n0.5623 1.0144 8.53304763e-17 60.95"


def article(content):
    return BeautifulSoup(f"<article>{content}</article>", "html.parser").article


def page(prose, code=CODE, output=OUTPUT):
    return article(f"{SNIPPET.format(code, output)}<p>{prose}</p>")


def found(prose, **options):
    return [fault.partition(" in '")[0] for fault in faults(page(prose), **options)]


def claimed(prose, products=()):
    return [claim.text for claim in claims(article(f"<p>{prose}</p>"), products)]


class TestClaims:
    @pytest.mark.parametrize(
        ("prose", "claim", "value"),
        [
            ("about 0.75 of all", "0.75", 0.75),
            ("about .75 of all", ".75", 0.75),
            ("falls by −0.25.", "0.25", 0.25),
            ("17 percent of all", "17 percent", 0.17),
            ("17 % of all", "17 %", 0.17),
            ("2 percentage points: more", "2 percentage points", 0.02),
            ("an error of 1e-5", "1e-5", 1e-5),
            ("an error of 6 · 10⁻⁶", "6 · 10^-6", 6e-6),
            ("about 6 × 10⁶ of them", "6 × 10^6", 6e6),
            ("an error of 10^-6", "10^-6", 1e-6),
            ("an error of 10<sup>-6</sup>", "10^-6", 1e-6),
            ("about 1,234.5 of them", "1234.5", 1234.5),
            ("<em>0.75</em> of all", "0.75", 0.75),
            ("log<em>0.75</em> and no space", "0.75", 0.75),
            ("Python: 0.75 of all", "0.75", 0.75),
            ("a suitable 0.75 of all", "0.75", 0.75),
            ('<a href="x">0.75 of all</a>', "0.75", 0.75),
            ('<a href="x">https://a.test says 0.75</a>', "0.75", 0.75),
            ("1000000e5 is large", "1000000e5", 1e11),
        ],
    )
    def test_a_number_with_point_exponent_or_percent_is_one(self, prose, claim, value):
        (found,) = claims(article(f"<p>{prose}</p>"))
        assert (found.text, found.value) == (claim, value)

    def test_a_comma_between_numbers_groups_no_digits(self):
        assert claimed("(0.25,0.75) or 0.25,1000.5") == ["0.25", "0.75", "0.25", "1000.5"]

    @pytest.mark.parametrize(
        "prose",
        [
            "3 to 1, 100,000 times, 1/3, 16:9, 24/7 in 2017",
            "version 3.12, Python 3.11, NumPy 2.4 and 3.12.1",
            "Python 3.11.12, v3.12, license 2.0",
            "section 6.2, § 3.2.1, §3.2, chapter 4.5, figure 1.2, table 1.2",
            "under CC BY 4.0, CC-BY-SA 4.0 and MIT-0",
            '<a href="x">doi:10.1037/0033-295X.84.2.1</a>',
            '<a href="x">arXiv:1706.04599</a>, arXiv 1706.0459',
            '<a href="x">\nhttps://softdial.test/1.5</a>, <a href="x">http://a.test/1.5</a>',
            "<code>0.75</code> in code",
            "the root √10 and the letter e",
            "a comment<!-- 0.75 -->",
        ],
    )
    def test_other_numbers_are_none(self, prose):
        assert claimed(prose) == []

    def test_a_number_after_the_name_of_a_product_is_its_version(self):
        assert claimed("built with Sybil 9.4") == ["9.4"]
        assert claimed("built with Sybil 9.4", ["sybil"]) == []

    @pytest.mark.parametrize(
        "html",
        [
            "<h2>At 0.77</h2>",
            "<ul><li>0.77</li></ul>",
            "<table><tr><td>0.77</td></tr></table>",
            "<figure><figcaption>0.77</figcaption></figure>",
            '<img alt="0.77">',
            "<svg><desc>0.77</desc></svg>",
            "<details><summary>0.77?</summary></details>",
            "<dl><dt>0.77</dt></dl>",
            "<p><math><mi>p</mi><mo>=</mo><mn>0.77</mn></math></p>",
            '<div class="formula"><math><mn>0.77</mn></math></div>',
            "<p><math><mtr><mtd><mn>0.77</mn></mtd><mtd><mn>5</mn></mtd></mtr></math></p>",
            "<div><aside><p>0.77</p></aside></div>",
            "<div>0.77</div>",
            "<blockquote><aside>0.77 <b>of all</b></aside></blockquote>",
            "<table><caption>0.77</caption></table>",
            "<div><svg><title>0.77</title><desc>of all</desc></svg></div>",
        ],
    )
    def test_every_place_of_prose_is_read_once(self, html):
        article = BeautifulSoup(f"<article>{html}</article>", "html.parser").article
        assert [claim.value for claim in claims(article)] == [0.77]

    @pytest.mark.parametrize(
        "block",
        [
            *("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "desc", "div"),
            *("title", "aside", "summary", "caption", "figcaption", "blockquote"),
        ],
    )
    def test_a_number_ends_with_its_block(self, block):
        html = f"<{block}>0.7</{block}>7<{block}>Version</{block}>0.5<{block}>7</{block}>"
        assert [claim.value for claim in claims(article(html))] == [0.7, 0.5]

    def test_a_number_ends_with_its_picture(self):
        html = 'Python<img alt="0.7">7'
        assert [claim.value for claim in claims(article(html))] == [0.7]

    @pytest.mark.parametrize(
        "html",
        [
            "<pre>0.77</pre>",
            '<table class="generated"><tr><td>0.77</td></tr></table>',
            '<div class="fig-source"><p>0.77</p></div>',
            '<figure class="card">0.77</figure>',
            "<nav>0.77</nav>",
            "<button>0.77</button>",
            '<figure id="bench-chart"><svg><title>0.77</title></svg></figure>',
            "<div><svg><title>a</title><text>0.77</text></svg></div>",
        ],
    )
    def test_code_and_tables_made_from_data_are_not_read(self, html):
        article = BeautifulSoup(f"<article>{html}</article>", "html.parser").article
        assert list(claims(article)) == []

    def test_powers_in_formulas_are_read_as_powers(self):
        power = "<msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup>"
        article = BeautifulSoup(f"<p><math><mn>6</mn><mo>·</mo>{power}</math></p>", "html.parser")
        assert [claim.value for claim in claims(article)] == [6e-6]

    @pytest.mark.parametrize("tag", ["mfrac", "msub", "munder", "mtable"])
    def test_the_parts_of_a_formula_are_numbers_of_their_own(self, tag):
        html = f"<math><{tag}><mrow><mn>0.7</mn></mrow><mrow><mn>5</mn></mrow></{tag}></math>"
        assert [claim.value for claim in claims(article(html))] == [0.7]


class TestProducts:
    def test_they_are_the_names_of_the_lock(self):
        lock = "bleach[css]==6.2 ; x \\\n    --hash=sha256:0\n    # via a==1\nzipp==3\n"
        assert products(lock) == ["bleach", "zipp"]


class TestFaults:
    @pytest.mark.parametrize(
        "prose",
        [
            "T = 0.5",  # a literal
            "log-odds of 0.98",  # a literal in a formatted string
            "the entropy is 0.5623",  # an output as it stands
            "0.881 and 0.119",  # outputs, rounded
            "0.88 and −0.12",  # to two digits, the sign aside
            "88.1 percent, 88 %",  # as shares of 100
            "8.53e-17, or 8.5 · 10⁻¹⁷",
            "5e-324 is tiny",
            "60.9 or 61.0",  # half a unit to both sides
            "no claim: 3 to 1",
        ],
    )
    def test_what_the_code_says_holds(self, prose):
        assert found(prose) == []

    # one typical slip each: swapped and neighboring digits, wrong percents, exponents, inputs
    @pytest.mark.parametrize(
        "prose",
        [
            *("T = 0.6", "T = 0.05", "T = 1.5", "log-odds of 0.89", "log-odds of 0.97"),
            *("0.5632", "0.5624", "0.5263", "0.562 nats becomes 0.652", "0.0562", "5.62"),
            *("0.882", "0.818", "0.811", "0.120", "0.191", "1.19", "0.0119", "0.9"),
            *("88.2 percent", "8.81 percent", "11.8 %", "12.9 %", "0.881 percent"),
            *("8.53e-16", "8.35e-17", "8.53 · 10⁻¹⁸", "8.54e-17", "5e-323"),
            *("1.0114", "1.041", "0.3", "0.6"),
        ],
    )
    def test_a_slip_is_found(self, prose):
        assert len(found(prose)) == 1

    def test_one_digit_is_not_rounded(self):
        assert found("about 0.6 bits") == ["0.6"]

    def test_a_chosen_input_does_not_vouch_by_rounding(self):
        assert found("log-odds of 1.0") == []  # 1.0 is an input of its own
        assert found("about 0.980") == []

    def test_figures_vouch_for_their_values(self):
        assert found("odds of 1.25 to 1") == ["1.25"]
        assert found("odds of 1.25 to 1", declared=[1.2457]) == []
        assert found("log-odds of −1.25", declared=[-1.2457]) == []

    def test_an_output_of_one_digit_vouches_for_itself(self):
        assert list(faults(page("It is 0.2.", output="0.2"))) == []

    def test_a_cited_number_needs_no_code(self):
        assert found("it was 0.37", cited={"0.37": "measured by others"}) == []

    @pytest.mark.parametrize("prose", ["nothing", "0.881"])
    def test_an_entry_that_is_not_needed_is_a_fault(self, prose):
        faults_ = found(prose, cited={"0.881": "from memory"})
        assert faults_ == ["cited 0.881 is not needed: remove it from the front matter"]

    def test_the_message_shows_the_place_the_nearest_and_the_cure(self):
        (message,) = faults(page("The larger is 0.885 now."))
        assert "0.885 in 'The larger is 0.885 now.'" in message
        assert "nearest are 0.880797, 0.98, 1;" in message
        assert "cited:" in message

    def test_a_page_without_numbers_is_told(self):
        (message,) = faults(article("<p>It is 0.5.</p>"))
        assert "nearest are no numbers at all" in message

    def test_an_expected_value_shows_no_more_than_it_prints(self):
        assert found("60.951") == ["60.951"]


class TestWitnesses:
    def test_signatures_and_figure_code_are_none(self):
        assert witnesses(
            article(
                '<div class="language-python doc-signature"><code>f(x=0.7)</code></div>'
                '<div class="fig-source"><div class="language-python"><code>0.3</code></div></div>'
            )
        ) == ([], [])

    def test_numbers_of_every_form_are_read(self):
        output = article('<div class="output">3 1. -2.5 1e-05 2e3 [.5]</div>')
        assert witnesses(output).computed == [3, 1, 2.5, 1e-5, 2000, 0.5]

    def test_a_table_made_from_data_is_one(self):
        table = article('<table class="generated"><td>[0.25, 8.5e-17]</td></table>')
        assert witnesses(table).computed == [0.25, 8.5e-17]


class TestLiterals:
    def test_numbers_of_all_kinds_are_read(self):
        assert sorted(literals("f(3, -0.5, 1e-3, True, 'T = 9')")) == [1e-3, 0.5, 3]

    def test_numbers_in_formatted_strings_are_read(self):
        assert list(literals("f'{logit(0.6):.3f}'")) == [0.6]


class TestParts:
    PAGE = article(
        f"""<h3>One</h3>{SNIPPET.format("0.25", "0.5623")}<p>It is 0.562.</p>
        <h3>Two</h3><p>It is 0.562.</p>"""
    )

    def test_a_page_holds_as_a_whole(self):
        assert list(faults(self.PAGE)) == []

    def test_apart_each_question_answers_for_itself(self):
        (fault,) = faults(self.PAGE, apart="h3")
        assert fault.startswith("0.562 in")

    def test_an_excuse_in_the_front_matter_holds_for_every_part(self):
        assert list(faults(self.PAGE, apart="h3", cited={"0.562": "a reason"})) == []
