"""What runs a reader's code in the browser: one namespace for each page.

Pyodide loads this file alone, so it imports nothing but the standard library.
"""

import ast
import contextlib
import io
import linecache
import math
import sys
import time
import traceback

BUDGET, LONGEST = 5.0, 20_000  # seconds, characters
pages, files = {}, {}


class OutOfTime(BaseException):
    """Not an Exception, so that the code it stops does not catch it by accident."""


class Printed(io.StringIO):
    """What was printed, up to a length."""

    cut = False

    def write(self, text):
        room = LONGEST - self.tell()
        self.cut = self.cut or len(text) > room
        super().write(text[:room])
        return len(text)


def run(page, block, code):
    """Run a block in the session of a page; return what it printed, and the type of its error.

    Every value of a line is shown, as at a prompt.
    """
    # math is there because pages import it beside NumPy, in blocks that cannot run here
    names = pages.setdefault(page, {"__name__": "__main__", "math": math})
    place = file(f"{page.strip('/').rpartition('/')[2]}, block {block}", code)
    printed, error = Printed(), None
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            statements = ast.parse(code, place).body
            with budget():
                for statement in statements:
                    exec(compile(ast.Interactive([statement]), place, "single"), names)
        except BaseException as raised:
            error = raised
    text = printed.getvalue()
    if printed.cut:
        text += f"\n… cut after {LONGEST:,} characters\n"
    if error:
        text += told(error)
    return text, type(error).__name__ if error else ""


def file(name, code):
    """Keep code for tracebacks, and return its name in them; what replaces it has another."""
    lines, place, version = code.splitlines(keepends=True), name, 1
    while place in files and files[place][2] != lines:
        version += 1
        place = f"{name}, version {version}"
    files[place] = linecache.cache[place] = len(code), None, lines, place
    return place


@contextlib.contextmanager
def budget():
    """Stop code that runs too long; what loops inside a C function is out of reach."""
    watch, end, seen = sys.monitoring, time.monotonic() + BUDGET, 0

    def check(*_):
        nonlocal seen
        seen += 1
        if not seen % 1024 and time.monotonic() > end:
            raise OutOfTime(f"stopped after {BUDGET:.0f} seconds")

    tool, events = watch.DEBUGGER_ID, (watch.events.JUMP, watch.events.PY_START)
    watch.use_tool_id(tool, "budget")
    for event in events:
        watch.register_callback(tool, event, check)
    watch.set_events(tool, sum(events))
    try:
        yield
    finally:
        watch.set_events(tool, 0)
        watch.free_tool_id(tool)


def told(error):
    """The traceback without the lines that are not the reader's."""
    whole = part = traceback.TracebackException.from_exception(error)
    while part:
        ours = [frame for frame in part.stack if frame.filename in files]
        part.stack = traceback.StackSummary.from_list(ours)
        part = part.__cause__ or part.__context__
    return "".join(whole.format())
