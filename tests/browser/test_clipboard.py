"""The copy button hands over exactly the code that is shown, ready to run."""

from typing import NamedTuple

import pytest
from harness import open_details, reading
from shifts import shift

import sites
from pasting import paste, raises
from running import needs_extra
from tools import assert_none

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
VEIL = """const veil = document.body.appendChild(document.createElement("div"));
veil.style.cssText = "position: fixed; inset: 0; z-index: 99";"""
BLOCK = '<div class="{} highlight"><pre><span></span><code>{}</code></pre></div>'
CLOSE = "\nimport matplotlib.pyplot; matplotlib.pyplot.close('all')"
BUTTONS = "document.querySelectorAll('.copy')"
PRESSED = "article .language-python:not(.doc-signature), .output:has(.copy)"
# What a block shows, and what the clipboard holds after a press where a pointer meets its button.
PRESS = """async (selector) => {
  const untouched = "nothing was copied";
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const met = (button) => {
    button.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = button.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2);
  };
  const copied = async (button) => {
    if (!button) return null;
    let text = untouched;
    await navigator.clipboard.writeText(text);
    met(button)?.click();
    for (let tries = 0; tries < 50 && text === untouched; tries += 1) {
      if (tries) await pause(10);
      text = await navigator.clipboard.readText();
    }
    return text;
  };
  const found = [];
  for (const block of document.querySelectorAll(selector)) {
    const output = block.nextElementSibling;
    found.push({
      shown: (block.querySelector("code") ?? block).innerText.trimEnd(),
      output: output?.matches(".output") ? output.innerText.trim() : "",
      part: block.matches(".output") ? "output"
        : block.closest(".fig-source") ? "figure"
        : block.parentElement.matches(".snippet") ? "snippet" : "",
      copied: await copied(block.querySelector(".copy")),
    });
  }
  return found;
}"""


class Block(NamedTuple):
    """A block of code, and what its copy button gives; None where there is no button."""

    shown: str
    output: str
    part: str
    copied: str | None


def blocks(page):
    """Press the copy button of every block of a page."""
    open_details(page)
    return [Block(**block) for block in page.evaluate(PRESS, PRESSED)]


def badly_copied(found):
    """Yield the blocks whose button is missing or gives anything but the code as it runs."""
    for block in found:
        if block.part == "output":
            yield f"button on an output: {block.shown}"
        elif block.copied is None:
            yield f"no button: {block.shown}"
        elif block.copied.rstrip() != block.shown:
            yield f"not what is shown: {block.shown}"
        elif block.shown.startswith(">>>"):
            yield f"prompts: {block.shown}"


def badly_pasted(found):
    """Say what goes wrong when the snippets of a page are copied and run one by one."""
    snippets = [block for block in found if block.part == "snippet"]
    return paste(*((block.copied, raises(block.output)) for block in snippets))


def wants_crosswalk(path):
    source = sites.source(path)
    return bool(source) and needs_extra(source)


@pytest.fixture(scope="module")
def pressed(chromium, site):
    """The blocks of every page, each button pressed once."""
    with reading(chromium, site, **CLIPBOARD) as reader:
        return {path: blocks(reader.open(path)) for path in sites.pages(site)}


class TestPasting:
    def test_what_is_copied_from_a_page_runs_in_its_order(self, pressed):
        assert_none(
            f"/{path}: {fault}"
            for path, found in pressed.items()
            if not wants_crosswalk(path) and (fault := badly_pasted(found))
        )

    def test_the_code_of_every_figure_runs_alone(self, pressed, tmp_path):
        # the gallery shows each once more
        found = [block for page in pressed.values() for block in page]
        codes = {block.copied for block in found if block.part == "figure"}
        assert codes
        assert paste(*((f"{code}{CLOSE}", "") for code in codes), apart=True, cwd=tmp_path) == ""

    def test_one_button_gives_all_code_of_a_chapter(self, chromium, site):
        with reading(chromium, site, **CLIPBOARD) as reader:
            page = reader.open("learn/temperature/")  # a block of it fails on purpose
            page.locator(".copy-all").click()
            text = page.evaluate("navigator.clipboard.readText()")

            assert paste((text, "")) == ""
            assert text.count("softmax(") > 10

    def test_a_block_that_does_not_run_is_found(self, planted):
        block = BLOCK.format("language-python", "1 / 0")
        with planted(f'<div class="snippet">{block}</div>', **CLIPBOARD) as reader:
            assert "ZeroDivisionError was raised" in badly_pasted(blocks(reader.open("")))


LACKING = {
    "permission": "navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); 0",
    "clipboard": "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
}
COPYING = {"late": "/copy.js", "brings": ".copy-all:enabled"}
# as if the script brought the button for all code too
UNRESERVED = """const late = new CSSStyleSheet();
late.replaceSync("p:has(> .copy-all:disabled) { display: none }");
document.adoptedStyleSheets.push(late);"""


class TestCopyButtons:
    def test_every_block_is_copied_as_shown_and_no_output_is(self, pressed):
        assert sum(len(found) for found in pressed.values()) > 500
        assert_none(
            f"/{path}: {finding}"
            for path, found in pressed.items()
            for finding in badly_copied(found)
        )

    def test_an_indented_block_ends_with_an_empty_line_for_the_prompt(self, pressed):
        snippets = [one for found in pressed.values() for one in found if one.part == "snippet"]
        indented = [one for one in snippets if one.shown.splitlines()[-1].startswith(" ")]
        assert indented
        assert [one for one in snippets if one.copied.endswith("\n\n")] == indented

    def test_a_command_ends_without_a_line_break_which_would_start_it(self, chromium, site):
        with reading(chromium, site, **CLIPBOARD) as reader:
            found = reader.open("").evaluate(PRESS, "article .language-sh")

        assert [block["copied"] for block in found] == [block["shown"] for block in found] != []

    @pytest.mark.parametrize(
        ("code", "script", "found"),
        [
            ("&gt;&gt;&gt; 1 + 1", "", "prompts: >>> 1 + 1"),
            ("hidden", VEIL, "not what is"),
            ("dead", "addEventListener('click', (e) => e.stopPropagation(), true)", "not what is"),
            ("gone", f"onload = () => {BUTTONS}.forEach((b) => b.remove())", "no button: gone"),
        ],
    )
    def test_a_defect_is_found(self, planted, code, script, found):
        with planted(BLOCK.format("language-python", code), script, **CLIPBOARD) as reader:
            findings = list(badly_copied(blocks(reader.open(""))))

        assert any(finding.startswith(found) for finding in findings)

    def test_a_button_on_an_output_is_found(self, planted):
        with planted(BLOCK.format("language-python output", "2"), **CLIPBOARD) as reader:
            assert list(badly_copied(blocks(reader.open("")))) == ["button on an output: 2"]

    @pytest.mark.parametrize("button", [".copy", ".copy-all"])
    @pytest.mark.parametrize("lacking", [*LACKING])
    def test_everyone_reads_that_nothing_was_copied(self, chromium, site, button, lacking):
        window = {"viewport": {"width": 360, "height": 900}}
        with reading(chromium, site, **window) as reader:
            page = reader.open("learn/softmax/")
            page.evaluate(LACKING[lacking])
            status = page.locator(".copy-status")
            before = status.bounding_box()
            page.locator(f"{button}:visible").first.click()
            page.locator(".refused").wait_for()

            assert status.text_content().startswith("Not copied")
            assert before["width"] < 2
            box = status.bounding_box()
            assert min(box["x"], box["y"]) > 0
            assert box["x"] + box["width"] < 360
            assert box["width"] > 100

    def test_what_the_second_press_says_stays_as_long_as_the_first(self, reader):
        page = reader.page
        page.clock.install()
        reader.open("learn/softmax/")
        page.evaluate(LACKING["permission"])
        buttons = page.locator(".copy:visible")
        buttons.nth(0).click()
        page.locator(".copy.refused").wait_for()
        page.clock.fast_forward(4000)
        buttons.nth(1).click()
        page.clock.fast_forward(4000)

        assert page.locator(".refused").count() == 1
        assert page.locator(".copy-status").text_content()
        page.clock.fast_forward(4000)
        assert not page.locator(".refused").count()
        assert not page.locator(".copy-status").text_content()

    @pytest.mark.parametrize("width", [1280, 360])
    def test_nothing_moves_when_they_come(self, chromium, site, width):
        window = {"viewport": {"width": width, "height": 900}}
        assert shift(chromium, site, "learn/temperature/", **COPYING, **window) == 0

    def test_a_shift_is_found(self, chromium, site):
        window = {"viewport": {"width": 360, "height": 900}}
        assert shift(chromium, site, "learn/temperature/", UNRESERVED, **COPYING, **window) > 0.02

    def test_without_javascript_there_is_none(self, chromium, site):
        with reading(chromium, site, java_script_enabled=False) as reader:
            page = reader.open("learn/temperature/")
            assert page.locator(".copy-all").count() == 1
            assert not page.locator("button.copy, .copy-all").locator("visible=true").count()
