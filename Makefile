# Targets only; what they run is written out for other systems in docs/contribute.md.
PYTHON ?= python3
BIN = .venv/bin
export NO_MKDOCS_2_WARNING = 1  # an advertisement of another project in the log
export PYTHONDONTWRITEBYTECODE =  # set-up compiles nothing: keep what the first import compiles

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' Makefile

serve: .venv/ready  ## build the site and serve it with live reload on 127.0.0.1:8000
	$(BIN)/mkdocs serve

test: lint  ## every check but those of other libraries and of speed
	$(BIN)/python -m pytest --cov -n auto --dist loadfile --no-loadscope-reorder

quick: lint  ## lint, types, core, snippets, numbers in prose: in a minute, without a browser
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder tests/test_prose.py . --ignore=tests/built --ignore=tests/browser --ignore=tests/test_copying.py

lint: .venv/ready
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	$(BIN)/zizmor --quiet --persona=auditor --offline --strict-collection .github

build: .venv/ready  ## build the site into site/
	$(BIN)/mkdocs build

zip: build  ## pack the site into site.zip, to be read offline
	$(BIN)/python -m zipfile -c site.zip site

crosswalk: .venv-crosswalk/ready  ## call every library of the crosswalk and compare with its page
	.venv-crosswalk/bin/python -m pytest -m crosswalk -n auto --dist loadfile

bench: $(BIN:/bin=)/ready  ## time the package beside its peers and change it to try its tests
	$(BIN)/python -m bench --write
	$(BIN)/python -m bench.mutants --write

lighthouse: .venv/ready  ## ask Lighthouse about one page of each kind
	PYTHONPATH=tests $(BIN)/python -m bench.lighthouse

buildtimes: .venv/ready  ## time the build beside plain mkdocs-material
	PYTHONPATH=tests $(BIN)/python -m bench.build

lock: .venv/ready  ## resolve pyproject.toml into requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras -o requirements.txt

clean:  ## remove what the other targets made
	rm -rf .venv .venv-crosswalk site site.zip .cache .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --no-compile --require-hashes --only-binary=:all: -r requirements.txt
	$(BIN)/python -m pip install --no-deps --no-build-isolation -e .
	touch $@

.venv-crosswalk/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv-crosswalk
	.venv-crosswalk/bin/python -m pip install --upgrade "pip>=25.1"
	.venv-crosswalk/bin/python -m pip install --no-compile --require-hashes --only-binary=:all: -r requirements.txt
	.venv-crosswalk/bin/python -m pip install --no-compile --group crosswalk
	.venv-crosswalk/bin/python -m pip install --no-deps --no-build-isolation -e .
	touch $@

.PHONY: help serve test quick lint build zip crosswalk bench lighthouse buildtimes lock clean
