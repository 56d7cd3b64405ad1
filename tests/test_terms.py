import pytest

from softdial_site.terms import link, read

GLOSSARY = """
Odds {#odds}
:   The probability of *p* by `1 - p`. See [odds](../learn/odds.md#first).

Log-odds {#log-odds}
:   Their logarithm. See [odds](../learn/odds.md#log) and [logits](../learn/logits.md#gaps).

ECE {#ece}
:   A mean gap. See [calibration](../learn/calibration.md#ece).
"""
TERMS = read(GLOSSARY)


SHARES = """
Weight {#weight}
:   An exponential. See [softmax](../learn/softmax.md#exp).

Attention weight {#attention-weight}
:   A share. See [attention](../learn/attention.md#shares).
"""


PREFIXES = """
Logits {#logits}
:   A < b, "so" as [f](../api.md#f) says. See [logits](../learn/logits.md#a).

Logits gap {#logits-gap}
:   A difference. See [logits](../learn/logits.md#b).
"""


def linked(html, terms=TERMS, source="learn/loss.md"):
    return link(html, terms, "../glossary/", source)


class TestRead:
    def test_an_entry_has_its_sentence_and_the_sections_that_tell_it(self):
        odds, log_odds, _ = TERMS
        assert odds == (
            "Odds",
            "odds",
            "The probability of p by 1 - p.",
            [("learn/odds.md", "first")],
        )
        assert log_odds.told == [("learn/odds.md", "log"), ("learn/logits.md", "gaps")]

    def test_a_link_in_the_sentence_becomes_text(self):
        assert read(PREFIXES)[0].sentence == 'A < b, "so" as f says.'

    def test_an_entry_without_a_chapter_is_refused(self):
        with pytest.raises(ValueError, match="ulp"):
            read("Ulp {#ulp}\n:   A distance.\n")


class TestLink:
    def test_the_first_use_is_linked_with_its_sentence(self):
        assert linked("<p>Odds, then odds.</p>") == (
            '<p><a class="term" href="../glossary/#odds" title="The probability of p by 1 - p.">'
            "Odds</a>, then odds.</p>"
        )

    @pytest.mark.parametrize(
        "html",
        [
            "<h2>The odds</h2>",
            "<p>See <a href='x'>the <b>odds</b></a>.</p>",
            "<pre><code>odds</code></pre>",
            "<p>Call <code>odds</code>.</p>",
            "<p><em>odds</em></p>",
            "<button>odds</button>",
            "<details><summary>odds</summary></details>",
            "<math><mtext>odds</mtext></math>",
            "<script>odds</script>",
            "<style>odds</style>",
            "<figure><svg><text>odds</text></svg></figure>",
            "<p title='odds'>none<!-- <b>odds</b> --></p>",
            "<p>oddsmaker, log-oddsx, logodds, no-odds, Ece</p>",
        ],
    )
    def test_names_code_and_parts_of_words_stay_as_they_are(self, html):
        assert linked(html) == html

    def test_singular_and_plural_count(self):
        html = linked("<p>some log-odds, two ECEs</p>")
        assert "#log-odds" in html
        assert ">ECEs</a>" in html
        assert ">logit</a>" in linked("<p>one logit</p>", read(PREFIXES))

    def test_the_sentence_is_escaped(self):
        assert 'title="A &lt; b, &quot;so&quot; as f' in linked("<p>logits</p>", read(PREFIXES))

    def test_a_longer_term_is_not_taken_for_the_shorter_one_in_it(self):
        assert "#log-odds" in linked("<p>the log-odds</p>")
        assert "#odds" not in linked("<p>the log-odds</p>")
        gap = linked("<p>the logits gap</p>", read(PREFIXES))
        assert "#logits-gap" in gap
        assert gap.count("<a ") == 1

    def test_what_a_page_tells_is_not_linked_there_nor_the_shorter_term_in_it(self):
        html = "<p>Attention weights. A weight.</p>"
        here = linked(html, read(SHARES), "learn/attention.md")
        assert "<p>Attention weights. A <a " in here
        assert here.count("<a ") == 1
        assert linked(html, read(SHARES)).count("<a ") == 2

    def test_text_after_a_skipped_part_is_read_again(self):
        assert linked("<p><code>x<br/></code> odds <code>y</code></p>").count("#odds") == 1
        assert linked("<p><!-- x --> odds <!-- y --></p>").count("#odds") == 1
        assert linked("<aside>odds</aside><p><a>x</a></p>").count("#odds") == 1
