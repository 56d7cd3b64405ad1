"""The code of a recipe is seen on a phone without scrolling."""

from harness import reading

from tools import assert_none

PHONE = {"viewport": {"width": 360, "height": 740}}
LINES = 100  # pixels of code: about five lines


def below_the_fold(page):
    """Yield the first block of code if it is not seen at once."""
    box = page.locator("article .snippet").first.bounding_box()
    seen = PHONE["viewport"]["height"] - box["y"]
    if seen < min(box["height"], LINES):
        yield f"of the first block {max(seen, 0):.0f} of {box['height']:.0f} pixels are seen"


class TestFold:
    def test_every_recipe_shows_its_code_at_once(self, chromium, site, pages):
        with reading(chromium, site, **PHONE) as reader:
            assert_none(
                f"/{path}: {fault}"
                for path in pages
                if path.startswith("recipes/") and path != "recipes/"
                for fault in below_the_fold(reader.open(path))
            )

    def test_code_below_the_fold_is_found(self, planted):
        script = "document.querySelector('article').style.paddingTop = '900px'"
        with planted("", script, **PHONE) as reader:
            assert list(below_the_fold(reader.open("")))
