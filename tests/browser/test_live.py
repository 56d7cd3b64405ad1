"""Live Python: real Pyodide runs every block that offers it, and what goes wrong is said."""

import gzip
import os
import shutil

import pytest
from harness import reading
from playwright.sync_api import expect
from test_axe import violations
from test_pages import overflowing

import sites
from softdial_site.live import VERSION
from tools import assert_none, need

SEED, NUMERICS = "learn/seed/", "learn/numerics/"
SAME = {
    "Same as on the page.",
    "The same error as on the page.",
    "Ran. It prints nothing, as on the page.",
}
PYTHON = f"py/{VERSION}"
WORKER, SESSION = "assets/live-worker.js", "assets/live_session.py"
OURS = 6_000  # bytes of script and style, compressed
SLOW = 120_000  # milliseconds that a busy machine may take to start Python
GO = """(url) => {
  const link = Object.assign(document.createElement("a"), { href: url });
  document.body.append(link);
  link.click();
}"""
# A worker that needs no Python: it starts at once and answers alike, or starts and never answers.
ANSWERS = "onmessage = ({ data }) => postMessage(data.py ? {} : { text: '7\\n8\\n', error: '' });"
HANGS = "onmessage = ({ data }) => { if (data.py) postMessage({}); };"
WAYS_OUT = (
    "js.fetch",
    "js.Object.getPrototypeOf(js.self).fetch",
    "js.XMLHttpRequest.new",
    "js.WebSocket.new",
    "js.WebSocketStream.new",
    "js.WebTransport.new",
    "js.EventSource.new",
    "js.importScripts",
    "js.Worker.new",
    "js.caches.open",
    "js.FontFace.new",
    "js.eval",
    "js.Function.new",
    "js.Object.constructor.new",
    "js.setTimeout",
    "js.setInterval",
    "pyodide_js._api.tests.Function.new",
)
THERE = "https://b.test/x"
TRIES = f"""
import js, pyodide_js
for way in {WAYS_OUT}:
    try:
        eval(way)("{THERE}")
        print(way)
    except Exception: pass
"""


@pytest.fixture(scope="module", autouse=True)
def npm():
    need("npm", cure="install npm to build the site with Python for the browser")


@pytest.fixture(scope="module")
def runnable(site):
    found = {path: len(sites.parse(site, path).select("live-python")) for path in sites.pages(site)}
    return {path: count for path, count in found.items() if count}


@pytest.fixture(scope="module")
def visitor(chromium, site):
    """One visitor whose Python is started once."""
    with reading(chromium, site, viewport={"width": 1280, "height": 900}) as reader:
        reader.open(SEED)
        yield reader
        assert_none(reader.trouble)


@pytest.fixture
def altered(site, tmp_path, chromium):
    """A visitor to a copy of the site in which one file has another content, or is missing."""

    def alter(name, content, **options):
        copy = shutil.copytree(site, tmp_path / "altered", copy_function=os.link)
        (copy / name).unlink()  # the original has other names
        if content is not None:
            (copy / name).write_text(content)
        return reading(chromium, copy, **options)

    return alter


def frames(page):
    return page.locator("live-python")


def rest(page):
    expect(page.locator("live-python[busy]")).to_have_count(0, timeout=SLOW)


def said(frame):
    return frame.get_by_role("status").inner_text()


def shown(frame):
    return frame.get_by_label("your output").inner_text().splitlines()


def press(frame, name="Run"):
    frame.get_by_role("button", name=name).click()


def run(frame, code):
    """Write code into a frame, run it, and return what is said and shown then."""
    if not frame.locator("textarea").count():
        press(frame, "Edit")
    frame.locator("textarea").fill(code)
    press(frame)
    rest(frame.page)
    return said(frame), shown(frame)


def go(reader, path):
    """Go to a page as a link does: without a new load."""
    reader.page.evaluate(GO, reader.base + path)
    there = f"link[rel=canonical][href='{reader.base}{path}']"
    expect(reader.page.locator(there)).to_have_count(1)
    frames(reader.page).first.get_by_role("button").first.wait_for()


def python_files(reader):
    return [file.name for file in reader.loaded if file.parent.name == VERSION]


def compressed(*files):
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


class TestLoading:
    def test_nothing_of_python_is_loaded_before_the_first_click(self, reader):
        page = reader.open_whole(SEED)

        expect(page.get_by_role("button", name="Run loads about 6 MB")).to_have_count(12)
        assert python_files(reader) == []
        assert "live-worker.js" not in {file.name for file in reader.loaded}

    def test_the_script_is_loaded_only_where_something_runs(self, reader):
        reader.open_whole("learn/odds/")
        assert "live.js" not in {file.name for file in reader.loaded}

    def test_the_button_tells_the_truth(self, site):
        assert round(compressed(*(site / PYTHON).iterdir()) / 1e6) == 6

    def test_our_own_part_is_light(self, site):
        assert compressed(*(site / "assets").glob("live*")) <= OURS


class TestEveryBlock:
    def test_it_prints_what_the_page_shows(self, visitor, runnable):
        assert {SEED, NUMERICS, "recipes/no-dependencies/"} <= runnable.keys()
        for path, count in runnable.items():
            go(visitor, path)
            last = frames(visitor.page).last
            last.evaluate("(frame) => frame.closest('details')?.setAttribute('open', '')")
            press(last)
            rest(visitor.page)
            told = visitor.page.locator("live-python [role=status]").all_text_contents()
            assert len(told) == count
            assert set(told) <= SAME, f"/{path}: {told}"

    def test_one_worker_has_served_all_pages(self, visitor):
        assert [file.name for file in visitor.loaded].count("live-worker.js") == 1
        assert len(python_files(visitor)) == len(set(python_files(visitor)))

    def test_another_output_is_told_line_by_line(self, visitor):
        go(visitor, SEED)
        frame = frames(visitor.page).nth(0)
        frame.locator(".output code").first.evaluate("(code) => (code.textContent = '[0.3]')")
        press(frame)
        rest(visitor.page)

        assert said(frame) == "Not as on the page (− page, + yours):"
        assert shown(frame) == ["− [0.3]", "+ [0.25, 0.75]"]

    def test_another_error_is_none_of_the_page(self, visitor):
        go(visitor, NUMERICS)
        frame = frames(visitor.page).nth(1)
        told, lines = run(frame, "plain(['a'])")

        assert told == "Not as on the page (− page, + yours):"
        assert lines[-1] == "+ TypeError: must be real number, not str"
        assert '+   File "numerics, block 1", line 2, in plain' in lines
        press(frame, "Reset")


class TestEditing:
    def test_the_keyboard_alone_edits_and_runs(self, visitor):
        go(visitor, SEED)
        page, frame = visitor.page, frames(visitor.page).nth(2)
        frame.get_by_role("button", name="Edit").focus()
        page.keyboard.press("Enter")
        expect(frame.locator("textarea")).to_be_focused()
        expect(frame.locator(".language-python")).to_be_hidden()

        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("6 * 7")
        page.keyboard.press("ControlOrMeta+Enter")
        rest(page)
        expect(frame.locator("textarea")).to_be_focused()
        assert shown(frame)[-1] == "+ 42"

        page.keyboard.press("Tab")
        expect(frame.get_by_label("your output").locator("pre")).not_to_be_focused()
        expect(frame.get_by_role("button", name="Run")).to_be_focused()
        press(frame, "Reset")
        expect(frame.locator(".language-python")).to_be_visible()

    def test_what_was_written_and_run_outlives_a_visit_to_another_page(self, visitor):
        go(visitor, SEED)
        run(frames(visitor.page).nth(0), "probabilities = 'mine'")
        go(visitor, NUMERICS)
        go(visitor, SEED)
        frame = frames(visitor.page).nth(0)

        assert frame.locator("textarea").input_value() == "probabilities = 'mine'"
        assert run(frames(visitor.page).nth(2), "probabilities")[1][-1] == "+ 'mine'"
        for number in (0, 2):
            press(frames(visitor.page).nth(number), "Reset")
        go(visitor, NUMERICS)
        go(visitor, SEED)
        expect(visitor.page.locator("textarea")).to_have_count(0)

    def test_what_was_reset_runs_again_before_what_follows(self, visitor):
        go(visitor, SEED)
        press(frames(visitor.page).nth(2))
        rest(visitor.page)
        assert said(frames(visitor.page).nth(0)) in SAME


class TestLimits:
    def test_other_packages_are_declined(self, visitor):
        go(visitor, SEED)
        frame = frames(visitor.page).nth(1)
        told, lines = run(frame, "import numpy")

        assert "standard library runs here" in told
        assert lines[-1] == "ModuleNotFoundError: No module named 'numpy'"

    def test_an_endless_loop_is_stopped_and_the_session_kept(self, visitor):
        frame = frames(visitor.page).nth(1)
        run(frame, "kept = 1\nimport __main__\n__main__.BUDGET = 0.1")
        told, lines = run(frame, "while True: pass")
        assert told.endswith("What had run is kept.")
        assert lines[-1].startswith("OutOfTime: ")

        run(frame, "__main__.BUDGET = 5")
        assert run(frame, "kept")[1][-1] == "+ 1"

    def test_no_way_out_is_left(self, visitor):
        frame = frames(visitor.page).nth(1)
        assert run(frame, TRIES) == ("Ran. It prints nothing; on the page it does.", [])
        assert not any(THERE in trouble for trouble in visitor.trouble)

    def test_stop_ends_what_nothing_else_ends_and_the_loss_is_said_and_mended(self, visitor):
        page, frame = visitor.page, frames(visitor.page).nth(1)
        frame.locator("textarea").fill("sum(iter(int, 1))")
        press(frame)
        frame.get_by_role("status").get_by_text("Running").wait_for()
        press(frame, "Stop")
        rest(page)
        assert said(frame).startswith("Stopped: you pressed Stop. All results are lost")
        expect(frame.get_by_role("button", name="Run")).to_be_focused()

        press(frame, "Reset")
        press(frames(page).nth(3))
        rest(page)
        assert said(frames(page).nth(3)) in SAME

    def test_a_way_out_that_is_left_is_found(self, altered, site):
        code = (site / WORKER).read_text().replace("...NETWORK, ", "")
        with altered(WORKER, code) as reader:
            _, lines = run(frames(reader.open(SEED)).first, TRIES)

        assert "+ js.fetch" in lines
        assert any(THERE in trouble for trouble in reader.trouble)


class TestFailing:
    @pytest.mark.parametrize(
        "name", [f"{PYTHON}/pyodide.mjs", f"{PYTHON}/python_stdlib.zip", SESSION]
    )
    def test_a_missing_file_is_said(self, altered, name):
        with altered(name, None) as reader:
            frame = frames(reader.open(SEED)).first
            press(frame)
            rest(reader.page)

            assert said(frame).startswith("Python did not start: ")
            expect(frame.get_by_role("button", name="Run")).to_be_enabled()

    def test_so_is_a_missing_worker_and_a_second_try_may_succeed(self, altered):
        with altered(WORKER, None) as reader:
            frame = frames(reader.open(SEED)).first
            press(frame)
            rest(reader.page)
            assert said(frame) == "Python did not start: it could not be loaded."

            (reader.site / WORKER).write_text(ANSWERS)
            press(frame)
            rest(reader.page)
            assert shown(frame) == ["− [0.25, 0.75]", "+ 7", "+ 8"]

    def test_so_is_a_tampered_interpreter(self, altered):
        with altered(f"{PYTHON}/pyodide.asm.wasm", "\0asm, and no more") as reader:
            self.wait_in_vain(reader, 61_000)
            assert said(frames(reader.page).first).startswith("Python did not start: ")

    @pytest.mark.parametrize(
        ("worker", "limit", "told"),
        [
            ("", 61_000, "Python did not start: it took more than a minute."),
            (HANGS, 11_000, "Stopped: it took more than 10 seconds. All results are lost"),
        ],
    )
    def test_so_is_a_limit_of_time(self, altered, worker, limit, told):
        with altered(WORKER, worker) as reader:
            self.wait_in_vain(reader, limit)
            assert said(frames(reader.page).first).startswith(told)

    def wait_in_vain(self, reader, milliseconds):
        reader.page.clock.install()
        frame = frames(reader.open(SEED)).first
        press(frame)
        frame.get_by_role("status").get_by_text("…").wait_for()
        reader.page.clock.run_for(milliseconds)
        rest(reader.page)


class TestLook:
    """With a worker that answers at once: only what is seen and heard counts here."""

    @pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
    def test_no_rule_of_axe_is_violated_and_nothing_overflows(self, altered, scheme, width):
        size = {"width": width, "height": 900}
        with altered(WORKER, ANSWERS, color_scheme=scheme, viewport=size) as reader:
            page = reader.open(SEED)
            run(frames(page).nth(1), "print('x' * 200)")
            press(frames(page).nth(2))
            rest(page)

            assert_none(violations(page, "article"))
            assert_none(overflowing(page))
            assert_none(reader.trouble)

    def test_only_what_was_pressed_is_announced(self, altered):
        with altered(WORKER, ANSWERS) as reader:
            page = reader.open(SEED)
            press(frames(page).nth(2))
            rest(page)
            heard = page.locator("live-python [role=status]").evaluate_all(
                "(all) => all.map((status) => status.ariaLive)"
            )

        assert heard[:4] == ["off", "off", "polite", None]

    def test_a_second_press_while_it_runs_does_nothing(self, altered):
        with altered(WORKER, HANGS) as reader:
            frame = frames(reader.open(SEED)).first
            press(frame)
            frame.get_by_role("status").get_by_text("Running").wait_for()
            press(frame)
            press(frame, "Stop")
            rest(reader.page)

            assert said(frame).startswith("Stopped: you pressed Stop.")

    def test_print_shows_the_page_as_it_was(self, altered):
        with altered(WORKER, ANSWERS) as reader:
            page = reader.open(SEED)
            page.emulate_media(media="print")
            before = page.locator("article").inner_text()
            page.emulate_media(media="screen")
            run(frames(page).nth(1), "6 * 7")
            page.emulate_media(media="print")

            assert page.locator("article").inner_text() == before
