import pytest
from markdown import markdown

from softdial_site.places import fill, place

MAKERS = {"one": lambda: "ONE", "three": lambda: "THREE"}


class TestPlace:
    def test_a_paragraph_of_its_own_is_found_by_its_name(self):
        html = markdown("One.\n\n![](fig:odds-power)\n\n![](play:hero)\n")
        assert place("fig").findall(html) == ["odds-power"]
        assert place("play").findall(html) == ["hero"]

    @pytest.mark.parametrize(
        "written",
        [
            '<p><img src="fig:odds-power" alt="" /></p>',
            '<p>\n<img alt="" src="fig:odds-power"/></p>',
            '<p><img src="fig:odds-power" alt=""></p>',
        ],
    )
    def test_every_way_to_write_the_image_is_found(self, written):
        assert place("fig").sub("X", f"<h1>A</h1>{written}<p>B</p>") == "<h1>A</h1>X<p>B</p>"

    @pytest.mark.parametrize(
        "source", ["In a ![](fig:name) line", "![words](fig:name)", "`![](fig:name)`"]
    )
    def test_anything_else_is_none(self, source):
        assert place("fig").findall(markdown(source)) == []


class TestFill:
    def test_each_place_of_the_kind_is_filled_by_its_name(self):
        html = fill(markdown("![](a:one)\n\n![](b:two)\n\n![](a:three)"), "a", MAKERS)
        assert html.split("\n")[0] == "ONE"
        assert html.split("\n")[-1] == "THREE"
        assert "b:two" in html

    @pytest.mark.parametrize("source", ["Write `![](a:one)`.", "A line of data:one."])
    def test_a_page_without_places_stays_and_nothing_is_made(self, source):
        html = markdown(source)
        assert fill(html, "a", {"one": lambda: 1 / 0}) == html

    def test_one_between_two_codes_stops_the_build(self):
        with pytest.raises(ValueError, match="as a paragraph of its own"):
            fill(markdown("`x` a:name `y`"), "a", MAKERS)

    @pytest.mark.parametrize(
        "source",
        [
            "In a ![](a:name) line",
            "![words](a:name)",
            "[a link](a:name)",
            "<div>![](a:name)</div>",
            "![] (a:name)",
            "<img alt='' src='a:name'>",
        ],
    )
    def test_one_that_is_no_paragraph_stops_the_build(self, source):
        with pytest.raises(ValueError, match=r"a:name: write !\[\]\(a:name\) as a paragraph"):
            fill(markdown(source), "a", MAKERS)

    def test_an_unknown_name_stops_the_build_and_the_others_are_told(self):
        with pytest.raises(ValueError, match="there is no a:four; there are one, three"):
            fill(markdown("![](a:four)"), "a", MAKERS)
