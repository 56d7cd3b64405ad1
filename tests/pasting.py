"""Runs code the way readers do who paste it: in a fresh process, block after block."""

import json
import os
import subprocess
import sys

RUN = """
import json, sys, warnings
warnings.simplefilter("error")
names = {}
for code, wanted in json.load(sys.stdin):
    if not names or "apart" in sys.argv:
        names = {"__name__": "__main__"}
    try:
        exec(compile(code, "<pasted>", "exec"), names)
    except Exception as error:
        raised = type(error).__name__
    else:
        raised = ""
    if raised != wanted:
        sys.exit(f"{raised or 'nothing'} was raised, not {wanted or 'nothing'}, by\\n{code}")
"""


def raises(output):
    """Return the type of the exception that an output shows."""
    head, *lines = output.splitlines() or [""]
    if not head.startswith("Traceback"):
        return ""
    message = next(line for line in lines if not line.startswith(" "))
    return message.partition(":")[0].rpartition(".")[2]


def paste(*blocks, apart=False, cwd=None):
    """Run blocks, each with the exception it must raise; return what went wrong.

    Apart, no block knows the names of another, only what it imported.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN, *["apart"] * apart],
        input=json.dumps(blocks),
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        cwd=cwd,
        capture_output=True,
        text=True,
    )
    return done.stderr.strip()
