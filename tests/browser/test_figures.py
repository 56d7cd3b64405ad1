"""Figures as they are rendered: contrast of text and lines, labels apart and inside.

test_looks asks for both on all pages.
"""

import pytest

import sites

# Every drawn part with its rendered color and the background behind the figure.
PARTS = """() => [...document.querySelectorAll("figure.fig > svg, .play-plot")].flatMap((svg) => {
  const behind = (node) => {
    const color = getComputedStyle(node).backgroundColor;
    return color !== "rgba(0, 0, 0, 0)" ? color : behind(node.parentElement);
  };
  const name = svg.closest("figure, .explorer").id;
  const drawn = svg.querySelectorAll("text, path, line, rect, circle, polyline, polygon, use");
  return [...drawn].filter((node) => node.checkVisibility() && !node.closest("defs"))
    .flatMap((node) => {
      const { fill, stroke } = getComputedStyle(node);
      const kind = node.matches("text") ? "text" : "line";
      const paints = [[kind, fill], ["line", stroke]].filter(([, color]) => color !== "none");
      const shown = node.textContent.trim() || node.outerHTML.slice(0, 60);
      return paints.map(([kind, color]) => ({ name, kind, color, back: behind(svg), shown }));
    });
})"""

BOXES = """() => [...document.querySelectorAll("figure.fig > svg, .play-plot")].map((svg) => {
  const box = (node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return { left, top, right, bottom, shown: node.textContent.trim() };
  };
  return {
    name: svg.closest("figure, .explorer").id,
    frame: { ...box(svg), shown: "" },
    labels: [...svg.querySelectorAll("text")].map(box).filter(({ shown }) => shown),
  };
})"""

LEAST = {"text": 4.5, "line": 3.0}
SLACK = 1.0  # pixels; boxes of text are taller than its ink


def luminance(color):
    """Return the relative luminance of WCAG 2.2 of a color such as rgb(31, 35, 40)."""
    channels = [int(part) / 255 for part in color.strip("rgba()").split(", ")[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def pale(page):
    """Yield the parts of figures that stand out too little."""
    for part in page.evaluate(PARTS):
        if (found := contrast(part["color"], part["back"])) < LEAST[part["kind"]]:
            yield f"{part['name']}: {part['kind']} {part['shown']!r} has {found:.2f}:1"


def overlap(one, other):
    wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return wide > SLACK and high > SLACK


def outside(label, frame):
    return (
        label["left"] < frame["left"] - SLACK
        or label["right"] > frame["right"] + SLACK
        or label["top"] < frame["top"] - SLACK
        or label["bottom"] > frame["bottom"] + SLACK
    )


def misplaced(page):
    """Yield labels that lie on another or leave their figure."""
    for figure in page.evaluate(BOXES):
        labels, name = figure["labels"], figure["name"]
        for place, label in enumerate(labels):
            if outside(label, figure["frame"]):
                yield f"{name}: {label['shown']!r} leaves the figure"
            for other in labels[:place]:
                if overlap(label, other):
                    yield f"{name}: {label['shown']!r} lies on {other['shown']!r}"


SVG = '<figure class="fig" id="planted"><svg viewBox="0 0 100 50">{}</svg></figure>'


class TestTheChecksThemselves:
    def test_they_see_every_figure_of_a_page(self, reader, site):
        page = reader.open("learn/temperature/")
        figures = {
            figure["id"] for figure in sites.parse(site, "learn/temperature/").select(".fig")
        }

        seen = {part["name"] for part in page.evaluate(PARTS)}
        assert len(seen & figures) == len(figures) - 1  # an explorer stands in the place of one
        assert seen | figures == {figure["name"] for figure in page.evaluate(BOXES)}

    @pytest.mark.parametrize(
        ("drawn", "found"),
        [
            ('<text y="20" fill="#999">pale</text>', "text 'pale' has 2.85:1"),
            ('<path d="M0 0h9" fill="none" stroke="#ccc"/>', "has 1.61:1"),
        ],
    )
    def test_pale_parts_are_found(self, planted, drawn, found):
        with planted(SVG.format(drawn), color_scheme="light") as reader:
            assert found in " ".join(pale(reader.open("")))

    @pytest.mark.parametrize(
        ("drawn", "found"),
        [
            ('<text y="20">one</text><text y="22">two</text>', "'two' lies on 'one'"),
            ('<text x="90" y="20">far out</text>', "'far out' leaves the figure"),
        ],
    )
    def test_misplaced_labels_are_found(self, planted, drawn, found):
        with planted(SVG.format(drawn)) as reader:
            assert found in " ".join(misplaced(reader.open("")))


class TestContrast:
    def test_black_on_white_is_21_to_1(self):
        assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
