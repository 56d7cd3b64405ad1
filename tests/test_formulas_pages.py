import pytest

from softdial_site.formulas import replace

INLINE = '<p>So <span class="arithmatex">\\(p = 0.75\\)</span> it is.</p>'
DISPLAY = '<div class="arithmatex">\\[\n{}\n\\]</div>'


class TestReplace:
    def test_formulas_in_a_line_stay_in_it(self):
        page = replace(INLINE)
        assert page.startswith('<p>So <math display="inline">')
        assert page.endswith("</math> it is.</p>")

    def test_displayed_formulas_are_blocks_that_search_leaves_out(self):
        page = replace(DISPLAY.format("p_i = 1"))
        assert page.startswith('<div class="formula" data-search-exclude>')

    def test_wide_ones_can_be_scrolled_by_keyboard(self):
        wide = replace(DISPLAY.format(" + ".join("abcdefghijklmnopq")))
        assert 'tabindex="0" role="group" aria-label="formula"' in wide

    @pytest.mark.parametrize(
        ("latex", "stop"),
        [
            (24 * "a", False),
            (25 * "a", True),
            (22 * "a" + r" \quad b", True),
            (rf"\frac{{{15 * 'a'}}}{{{15 * 'b'}}}", False),
            (rf"\begin{{aligned}} {15 * 'a'} \\ {15 * 'b'} \end{{aligned}}", False),
        ],
    )
    def test_what_stands_beside_each_other_decides(self, latex, stop):
        assert ("tabindex" in replace(DISPLAY.format(latex))) == stop

    def test_escaped_signs_are_read(self):
        assert "&lt;" in replace(INLINE.replace("p =", "p &lt;"))

    def test_code_is_left_alone(self):
        page = "<pre>\\(x\\)</pre><code>$x$</code><script>$$x$$</script>"
        assert replace(page) == page

    @pytest.mark.parametrize(
        "left",
        [
            *(r"\(x", r"x\)", r"\[x", r"x\]", "$x$", "$a + b$", "$$\nx\n$$"),
            '<i class="arithmatex">x</i>',
            r"<code>a</code> \(x\) <code>b</code>",
        ],
    )
    def test_what_was_not_recognized_stops_the_build(self, left):
        with pytest.raises(ValueError, match="not recognized near"):
            replace(f"<p>Text {left} text.</p>")

    def test_a_price_is_no_formula(self):
        page = "<p>It costs $5 or $ 6, a $ is a$, and $5 <b>is</b> 5$.</p>"
        assert replace(page) == page
