"""Formulas as they are rendered: columns that meet, and bars that are seen.

test_looks asks for both on all pages.
"""

import pytest

SLACK = 1.0  # pixels

# Where the contents of the cells of a column end, on the side that they are aligned to.
COLUMNS = """() => [...document.querySelectorAll("mtable")].filter((t) => t.checkVisibility())
  .flatMap((table) => {
    const found = {};
    for (const cell of table.querySelectorAll("mtd.to-left, mtd.to-right")) {
      const boxes = [...cell.children].map((part) => part.getBoundingClientRect());
      const inked = boxes.filter(({ width }) => width);
      if (!inked.length) continue;
      const right = cell.matches(".to-right");
      const ends = inked.map((box) => (right ? box.right : box.left));
      const column = [...cell.parentElement.children].indexOf(cell);
      (found[column] ??= []).push(right ? Math.max(...ends) : Math.min(...ends));
    }
    return Object.values(found).map((ends) => ({ ends, shown: table.textContent.trim() }));
  })"""

BARS = """() => [...document.querySelectorAll("mover")].filter((bar) => bar.checkVisibility())
  .map((bar) => {
    const [letter, accent] = bar.children;
    const { borderTopStyle, borderTopWidth } = getComputedStyle(letter);
    return {
      drawn: borderTopStyle === "solid" && parseFloat(borderTopWidth) > 0,
      twice: accent.getBoundingClientRect().width > 0,
      shown: bar.textContent,
    };
  })"""


def crooked(page):
    """Yield columns of equations that do not meet, and bars that are not drawn once."""
    for column in page.evaluate(COLUMNS):
        if (apart := max(column["ends"]) - min(column["ends"])) > SLACK:
            yield f"a column is {apart:.0f} px apart in {column['shown']!r}"
    for bar in page.evaluate(BARS):
        if not bar["drawn"] or bar["twice"]:
            yield f"the bar of {bar['shown']!r} is not drawn once"


class TestTheCheckItself:
    ALIGNED, BARRED = "learn/loss/", "learn/temperature/"

    def test_it_sees_columns_and_bars(self, reader):
        page = reader.open(self.ALIGNED)
        assert len(page.evaluate(COLUMNS)) > 1
        assert not list(crooked(page))
        page = reader.open(self.BARRED)
        assert page.evaluate(BARS)
        assert not list(crooked(page))

    @pytest.mark.parametrize(
        ("path", "rule", "found"),
        [
            (ALIGNED, ".to-right { justify-items: start; text-align: left }", "px apart in"),
            (BARRED, ".barred > * { border: none }", "the bar of 'z¯' is not drawn"),
            (BARRED, ".barred > * { font-size: inherit }", "the bar of 'z¯' is not drawn"),
        ],
    )
    def test_a_style_that_breaks_them_is_found(self, reader, path, rule, found):
        page = reader.open(path)
        page.evaluate(
            """(rule) => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(rule.replaceAll(";", " !important;").replace("}", "!important }"));
              document.adoptedStyleSheets.push(sheet);
            }""",
            rule,
        )
        assert found in " ".join(crooked(page))
