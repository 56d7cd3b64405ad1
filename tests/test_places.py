import pytest
from markdown import markdown

from softdial_site.places import place


class TestPlace:
    def test_a_paragraph_of_its_own_is_found_by_its_name(self):
        html = markdown("One.\n\n![](fig:odds-power)\n\n![](play:hero)\n")
        assert place("fig").findall(html) == ["odds-power"]
        assert place("play").findall(html) == ["hero"]

    @pytest.mark.parametrize(
        "source", ["In a ![](fig:name) line", "![words](fig:name)", "`![](fig:name)`"]
    )
    def test_anything_else_is_none(self, source):
        assert place("fig").findall(markdown(source)) == []
