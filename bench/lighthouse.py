"""Ask Lighthouse about one page of each kind: ``PYTHONPATH=tests python -m bench.lighthouse``.

The site is built for the address where it is served here, because a canonical link that leads
elsewhere costs points. Words choose the pages whose address holds one of them.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

import sites

PACKAGE = "lighthouse@12.8.2"
GOALS = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
ROUNDS = 3  # speed is noisy where others use the machine; the other scores are not
TEXT = {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"}
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # no other host exists
CHROMIUM = ("--headless=new", "--no-sandbox", "--disable-gpu", f"'{ALONE}'")
# Lighthouse's calculator: which slowdown makes a phone of the middle class of a machine whose
# benchmark has an index
INDICES, SLOWDOWNS = (150, 800, 1300, 2000), (1, 2, 3, 6)


class Handler(sites.Quiet):
    """Send files as a host does: one after the other on a connection, text compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):  # noqa: N802 - the name that the server calls
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix not in TEXT or not file.is_file():
            return super().do_GET()
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(file.name)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self.wfile.write(body)


def kinds(site):
    """List the pages to ask about; the crosswalk has tables like no other page of reference."""
    return sorted({*sites.one_of_each_kind(site), "reference/crosswalk/"} - {"404.html"})


def scores(report):
    """Return the scores of a report from 0 to 100; an audit that broke down gives 0."""
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in GOALS}


def lost(report):
    """List the audits that cost points, with what they found."""
    found = []
    for name in GOALS:
        for audit in report["categories"][name]["auditRefs"]:
            result = report["audits"][audit["id"]]
            if audit["weight"] and result["score"] not in (None, 1):
                what = result.get("displayValue") or json.dumps(result.get("details", {}))[:600]
                found.append(f"{audit['id']}: {what}")
    return found


def below(judged):
    """List the scores that miss their goals."""
    return [name for name, goal in GOALS.items() if judged[name] < goal]


def judge(ask):
    """Ask three times if the first misses a goal, else once; return medians and last losses."""
    reports = [ask()]
    if below(scores(reports[0])):
        reports += [ask() for _ in range(ROUNDS - 1)]
    rounds = [scores(report) for report in reports]
    return {name: median(each[name] for each in rounds) for name in GOALS}, lost(reports[-1])


def slowdown(index):
    """Return by how much to slow this machine down, so that it is as fast as such a phone."""
    return round(float(np.interp(index, INDICES, SLOWDOWNS)), 1)


def ask(url, slower=4.0):
    """Run Lighthouse on one address, as a phone on a slow network."""
    command = [shutil.which("npx"), "--yes", PACKAGE, url, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(GOALS)}", f"--chrome-flags={' '.join(CHROMIUM)}"]
    command += [f"--throttling.cpuSlowdownMultiplier={slower}"]
    where = os.environ | {"CHROME_PATH": chromium()}
    done = subprocess.run(command, env=where, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def chromium():
    return os.environ.get("CHROME_PATH") or shutil.which("chromium") or sys.exit("no Chromium")


def main():
    words = sys.argv[1:]
    with TemporaryDirectory() as folder, sites.served(folder, Handler) as address:
        site = sites.build(folder, SITE_URL=address)
        seen = [ask(address)["environment"]["benchmarkIndex"] for _ in range(ROUNDS)]
        slower = slowdown(median(seen))
        print(f"index {median(seen):.0f}, slowed {slower} times;", *GOALS)
        judged = {}
        for path in kinds(site):
            if not words or any(word in path for word in words):
                judged[path], losses = judge(partial(ask, address + path, slower))
                mark = "!" if below(judged[path]) else " "
                print(mark, *(f"{score:3}" for score in judged[path].values()), f"/{path}")
                for loss in losses if mark == "!" else ():
                    print("     ", loss, flush=True)
    return any(below(each) for each in judged.values())


if __name__ == "__main__":
    sys.exit(main())
