"""Time the build side by side: ``PYTHONPATH=tests python -m bench.build``.

Each round builds a copy of the checkout cold, then warm, then the same text as plain
mkdocs-material, and again as ``make serve`` does after a page was edited. Only ratios inside one
round count on a shared machine. Pyodide is there before: the network is not what is measured.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import sites

ROUNDS = 3
EDITED = "docs/learn/odds.md"
GOALS = {"cold, seconds": 60, "warm by plain": 4, "edited by cold": 1 / 3}
# pages and highlighting as here; what only this site understands is left as it is
PLAIN = """site_name: plain
docs_dir: {docs}
theme: {{name: material, font: false, features: [navigation.instant, navigation.tabs]}}
plugins: [search]
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables,
  toc, pymdownx.arithmatex, pymdownx.details, pymdownx.highlight, pymdownx.superfences]
"""


def seconds(call):
    """Return how long a call took."""
    start = perf_counter()
    call()
    return perf_counter() - start


def ratios(taken):
    """Return what the goals are about, from the seconds of one round."""
    return {
        "cold, seconds": taken["cold"],
        "warm by plain": taken["warm"] / taken["plain"],
        "edited by cold": taken["edited"] / taken["cold"],
    }


def table(rounds):
    """Return name, median and goal of each measure, and whether the goal is met."""
    found = {name: median(ratios(taken)[name] for taken in rounds) for name in GOALS}
    return [(name, found[name], goal, found[name] <= goal) for name, goal in GOALS.items()]


def forget(cache):
    """Remove what builds keep, except what comes from the network."""
    for kept in cache.glob("*"):
        if kept.name != "pyodide":
            shutil.rmtree(kept)


def build_plainly(source, out):
    """Build the text with the theme and the search alone; what they do not know, they say."""
    config = out.with_suffix(".yml")
    config.write_text(PLAIN.format(docs=source / "docs"), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config, "-d", out]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def edit():
    """Print how long the server of this checkout works on an edited page, as ``serve`` does."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    def builder():
        build(load_config(site_dir=os.environ["OUT"]), serve_url="http://127.0.0.1:8000/")

    load_config().plugins.on_startup(command="serve", dirty=False)
    builder()
    with Path(EDITED).open("a", encoding="utf-8") as page:
        page.write("\nOne more sentence.\n")
    print(seconds(builder))


def rebuild(source, out):
    """Return how long an edited page takes in the server of a checkout, and undo the edit."""
    page = source / EDITED
    before = page.read_bytes()
    own = {"PYTHONPATH": f"src{os.pathsep}tests", "OUT": str(out)}
    command = [sys.executable, "-m", "bench.build", "edit"]
    told = subprocess.check_output(command, cwd=source, env=os.environ | own, text=True)
    page.write_bytes(before)
    return float(told.split()[-1])


def round_in(folder):
    """Return the seconds of one round, in a folder that holds a copy of the checkout."""
    source, out = folder / "copy", folder / "site"
    forget(source / ".cache")
    return {
        "cold": seconds(lambda: sites.build(out, source=source)),
        "warm": seconds(lambda: sites.build(out, source=source)),
        "plain": seconds(lambda: build_plainly(source, folder / "plain")),
        "edited": rebuild(source, out),
    }


def main():
    with TemporaryDirectory() as name:
        folder = Path(name)
        sites.copy(folder / "copy")
        if (fetched := sites.ROOT / ".cache" / "pyodide").exists():
            shutil.copytree(fetched, folder / "copy" / ".cache" / "pyodide")
        rounds = []
        for _ in range(ROUNDS):
            rounds.append(round_in(folder))
            print(*(f"{build} {taken:.1f} s" for build, taken in rounds[-1].items()), sep=", ")
    for name, found, goal, met in table(rounds):
        print(f"{' ' if met else '!'} {name:<15} {found:6.2f}, goal {goal:.2f}")
    return not all(met for *_, met in table(rounds))


if __name__ == "__main__":
    sys.exit(edit() if "edit" in sys.argv else main())
