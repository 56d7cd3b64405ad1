"""The copy button hands over exactly the code that is shown, ready to run."""

import pytest
from harness import open_details, reading

import sites
from pasting import paste, raises
from softdial_site.snippets import needs_extra
from tools import assert_none

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
BLOCK = '<div class="{} highlight"><pre><span></span><code>{}</code></pre></div>'
BUTTONS = "document.querySelectorAll('.copy')"
OUTPUT = """(block) => block.nextElementSibling?.matches('.output')
  ? block.nextElementSibling.innerText.trim() : ''"""
UNTOUCHED = "nothing was copied"


def copy(page, block):
    """Press the copy button of a block and return what is in the clipboard then."""
    page.evaluate("(text) => navigator.clipboard.writeText(text)", UNTOUCHED)
    block.locator(".copy").click(timeout=2000)
    return page.evaluate("navigator.clipboard.readText()")


def badly_copied(page):
    """Yield the blocks whose button is missing or gives anything but the code as it runs."""
    open_details(page)
    for block in page.locator("article .language-python:not(.doc-signature)").all():
        shown = block.locator("code").inner_text().rstrip()
        if not block.locator(".copy").count():
            yield f"no button: {shown}"
        elif copy(page, block).rstrip() != shown:
            yield f"not what is shown: {shown}"
        elif shown.startswith(">>>"):
            yield f"prompts: {shown}"
    for output in page.locator(".output:has(.copy)").all():
        yield f"button on an output: {output.inner_text()}"


def copied(page):
    """Return what the buttons of the snippets give, each with the exception its output shows."""
    open_details(page)
    return [
        (copy(page, block), raises(block.evaluate(OUTPUT)))
        for block in page.locator("article .snippet > .language-python").all()
    ]


def figure_code(page):
    open_details(page)
    return [copy(page, block) for block in page.locator(".fig-source .language-python").all()]


def wants_crosswalk(path):
    source = sites.source(path)
    return bool(source) and needs_extra(source)


def badly_pasted(reader, pages):
    """Yield the pages whose code, copied block by block, does not run."""
    for path in pages:
        if fault := paste(*copied(reader.open(path))):
            yield f"/{path}: {fault}"


class TestPasting:
    def test_what_is_copied_from_a_page_runs_in_its_order(self, chromium, site, pages):
        locked = [path for path in pages if not wants_crosswalk(path)]
        with reading(chromium, site, **CLIPBOARD) as reader:
            assert_none(badly_pasted(reader, locked))

    @pytest.mark.crosswalk
    def test_so_does_what_needs_the_libraries_of_the_crosswalk(self, chromium, site, pages):
        special = [path for path in pages if wants_crosswalk(path)]
        assert special
        with reading(chromium, site, **CLIPBOARD) as reader:
            assert_none(badly_pasted(reader, special))

    def test_the_code_of_every_figure_runs_alone(self, chromium, site, pages, tmp_path):
        with reading(chromium, site, **CLIPBOARD) as reader:
            # the gallery shows each once more
            codes = {code: path for path in pages for code in figure_code(reader.open(path))}
        assert_none(
            f"/{path}: {fault}"
            for code, path in codes.items()
            if (fault := paste((code, ""), cwd=tmp_path))
        )

    def test_one_button_gives_all_code_of_a_chapter(self, chromium, site):
        with reading(chromium, site, **CLIPBOARD) as reader:
            page = reader.open("learn/softmax/")
            page.locator(".copy-all").click()
            text = page.evaluate("navigator.clipboard.readText()")

            assert paste((text, "")) == ""
            assert text.count("softmax(") > 10

    def test_a_block_that_does_not_run_is_found(self, planted):
        block = BLOCK.format("language-python", "1 / 0")
        with planted(f'<div class="snippet">{block}</div>', **CLIPBOARD) as reader:
            assert "ZeroDivisionError was raised" in paste(*copied(reader.open("")))


class TestCopyButtons:
    def test_every_block_is_copied_as_shown_and_no_output_is(self, chromium, site, pages):
        with reading(chromium, site, **CLIPBOARD) as reader:
            assert_none(
                f"/{path}: {finding}"
                for path in pages
                for finding in badly_copied(reader.open(path))
            )

    @pytest.mark.parametrize(
        ("code", "script", "found"),
        [
            ("&gt;&gt;&gt; 1 + 1", "", "prompts: >>> 1 + 1"),
            ("dead", "addEventListener('click', (e) => e.stopPropagation(), true)", "not what is"),
            ("gone", f"onload = () => {BUTTONS}.forEach((b) => b.remove())", "no button: gone"),
        ],
    )
    def test_a_defect_is_found(self, planted, code, script, found):
        with planted(BLOCK.format("language-python", code), script, **CLIPBOARD) as reader:
            findings = list(badly_copied(reader.open("")))

        assert any(finding.startswith(found) for finding in findings)

    def test_a_button_on_an_output_is_found(self, planted):
        with planted(BLOCK.format("language-python output", "2"), **CLIPBOARD) as reader:
            assert list(badly_copied(reader.open(""))) == ["button on an output: 2\nCopy code"]
