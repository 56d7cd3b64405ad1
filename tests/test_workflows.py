"""The hosted workflows: nothing is published that did not pass, no target of make is unknown."""

import re
import tomllib

import pytest
import yaml

import sites
from tools import assert_none

FOLDER = sites.ROOT / ".github" / "workflows"
MAKEFILE = (sites.ROOT / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"(?m)^(\w+):", MAKEFILE)
CHECKED = {"make test", "make crosswalk"}


def jobs(name):
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))["jobs"]


def commands(job):
    return {step["run"] for step in job["steps"] if "run" in step}


def certain(job):
    """Return the commands that cannot be left out, and whose failure stops the job."""
    firm = [step for step in job["steps"] if not {"if", "continue-on-error"} & {*step}]
    return commands({"steps": firm}) if "continue-on-error" not in job else set()


def before(found, name):
    """Return the names of the jobs that have to pass before one of them."""
    needs = found[name].get("needs", [])
    needs = {needs} if isinstance(needs, str) else {*needs}
    return needs.union(*(before(found, need) for need in needs))


def unchecked(found):
    """Yield the jobs that may write, or prove who they are, before every check has passed."""
    for name, job in found.items():
        passed = set().union(*(certain(found[need]) for need in before(found, name)))
        if "write" in job["permissions"].values() and not passed >= CHECKED:
            yield f"{name} does not wait for {', '.join(sorted(CHECKED - passed))}"


def unknown(found):
    """Yield what make is asked for and does not have."""
    for name, job in found.items():
        asked = re.findall(r"(?m)^make (\w+)", "\n".join(commands(job)))
        yield from (f"{name}: make {target}" for target in asked if target not in TARGETS)


class TestPublish:
    def test_whatever_is_published_passed_every_check(self):
        assert_none(unchecked(jobs("publish.yml")))

    def test_the_checks_know_what_the_build_was_told(self):
        job = jobs("publish.yml")["build"]
        assert {"SITE_URL", "REPOSITORY", "PACKAGE", "COMMIT"} <= job["env"].keys()
        assert not [
            step for step in job["steps"] if step.get("run") == "make build" and "env" in step
        ]

    def test_what_is_checked_is_what_was_built(self):
        steps = jobs("publish.yml")["build"]["steps"]
        ran = [step for step in steps if step.get("run") in ("make build", "make test")]
        assert [(step["run"], step.get("env")) for step in ran] == [
            ("make build", None),
            ("make test", {"SITE": "site"}),
        ]
        assert any("softdial-${GITHUB_REF_NAME#v}" in step.get("run", "") for step in steps)

    def test_a_warning_ends_every_build(self):
        settings = (sites.ROOT / "mkdocs.yml").read_text("utf-8")
        assert "\nstrict: true\n" in settings
        assert settings.partition("\nvalidation:\n")[2].count(": warn\n") == 4

    def test_nothing_runs_unasked_and_each_job_knows_its_branch_or_tag(self):
        main, tag = "github.ref == 'refs/heads/main'", "startsWith(github.ref, 'refs/tags/v')"
        found = jobs("publish.yml")
        assert {name: job["if"] for name, job in found.items() if "if" in job} == {
            "address": "vars.PUBLISH == 'true'",
            "deploy": main,
            "notebooks": main,
            "release": tag,
            "offline": tag,
        }
        assert all(name == "address" or "address" in before(found, name) for name in found)

    @pytest.mark.parametrize("name", ["deploy", "notebooks", "release", "offline"])
    def test_a_job_that_waits_for_nothing_is_found(self, name):
        found = jobs("publish.yml")
        del found[name]["needs"]
        assert any(finding.startswith(name) for finding in unchecked(found))

    @pytest.mark.parametrize("excuse", ["if", "continue-on-error"])
    def test_a_check_that_may_be_left_out_or_fail_is_none(self, excuse):
        found = jobs("publish.yml")
        for step in found["build"]["steps"]:
            step[excuse] = "${{ vars.LATER }}"
        assert "deploy does not wait for make test" in unchecked(found)


class TestCheck:
    def test_every_check_there_is_runs(self):
        assert set().union(*map(certain, jobs("check.yml").values())) >= CHECKED


class TestTargets:
    @pytest.mark.parametrize("name", ["check.yml", "publish.yml"])
    def test_make_has_what_it_is_asked_for(self, name):
        assert_none(unknown(jobs(name)))

    def test_make_test_leaves_nothing_out(self):
        (line,) = re.findall(r"(?m)^test: lint .*\n\t(.+)$", MAKEFILE)
        options = line.partition("-m pytest ")[2].split()
        assert options == ["--cov", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
        settings = tomllib.loads((sites.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
        assert settings["coverage"]["report"]["fail_under"] == 100
        assert settings["pytest"]["ini_options"]["filterwarnings"] == ["error"]

    def test_the_plain_commands_are_those_of_make(self):
        page = (sites.ROOT / "docs" / "contribute.md").read_text("utf-8")
        part = page.partition("{#without-make}")[2].partition("\n## ")[0]
        plain = re.findall(r"(?m)^\.venv/bin/.+$", part)
        assert len(plain) >= 7
        made = MAKEFILE.replace("$(BIN)", ".venv/bin")
        assert [line for line in plain if f"\t{line}\n" not in made] == []

    def test_every_python_that_is_promised_is_tried(self):
        job = jobs("check.yml")["quick"]
        settings = tomllib.loads((sites.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        promised = re.findall(r":: (3\.\d+)'", str(settings["classifiers"]))
        assert job["strategy"]["matrix"]["python"] == promised
        left_out = [word for word in " ".join(commands(job)).split() if "--ignore" in word]
        assert left_out == [
            "--ignore=tests/built",
            "--ignore=tests/browser",
            "--ignore=tests/test_prose.py",
        ]

    def test_an_unknown_target_is_found(self):
        assert list(unknown({"x": {"steps": [{"run": "make tests"}]}})) == ["x: make tests"]
