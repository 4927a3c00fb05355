# Undersigned. `make help` lists what can be made.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
SHARED ?= $(abspath ../shared)
BASE := .venv/bin/
UV := PYTHONPATH=.tools .tools/bin/uv
WORKERS ?= 2
SUITE := tests --ignore=tests/acceptance
export UV_PYTHON_DOWNLOADS := never
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check format lint types contracts templates sqlite postgres browser acceptance bench assets messages wheel lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

.tools/bin/uv: requirements/tools.txt
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action ignore \
		--upgrade --target .tools -r requirements/tools.txt
	@touch $@

.venv/bin/python: .tools/bin/uv
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	@touch $@

CATALOGUES := $(wildcard src/undersigned/locale/*/LC_MESSAGES/*.po)

.venv/run: .venv/bin/python requirements/run.lock pyproject.toml hatch_build.py $(CATALOGUES)
	@$(UV) pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r requirements/run.lock
	@$(UV) pip install --quiet --python .venv/bin/python --no-deps --editable .
	@touch $@

.venv/dev: .venv/run requirements/dev.lock
	@$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r requirements/dev.lock
	@touch $@

demo: .venv/run ## make the invented city and show it: make demo PORT=8000
	@PYTHONDONTWRITEBYTECODE= $(BASE)undersigned demo --port $(PORT)

test: check sqlite postgres browser ## everything that must hold: format, lint, types, contracts, templates, both databases, pages
	@echo "make test: all of it passed"

check: format lint types contracts templates

format: .venv/dev
	@$(BASE)ruff format --check --quiet . || { echo "make format: run '.venv/bin/ruff format .'"; exit 1; }

lint: .venv/dev
	@$(BASE)ruff check --quiet .

types: .venv/dev ## mypy --strict
	@$(BASE)mypy

contracts: .venv/dev ## which room may import which
	@$(BASE)lint-imports --no-cache

templates: .venv/dev
	@$(BASE)djlint --quiet --check --lint src/undersigned

sqlite: .venv/dev ## the suite on SQLite
	@$(BASE)python -m pytest $(SUITE) -m "not browser" -q -n $(WORKERS)

postgres: .venv/dev ## the same suite on PostgreSQL
	@$(BASE)python -m tests.postgres $(SUITE) -m "not browser" -q -n $(WORKERS)

browser: .venv/dev ## pages in a real Chromium, with axe
	@$(BASE)python -m tests.chromium
	@$(BASE)python -m pytest $(SUITE) -m browser -q

acceptance: .venv/dev ## the checks that use real data and counterparts: make acceptance SHARED=../shared
	@test -d "$(SHARED)" || { echo "make acceptance: no folder $(SHARED); name it with SHARED=…"; exit 1; }
	@UNDERSIGNED_SHARED="$(SHARED)" $(BASE)python -m pytest tests/acceptance -q

bench: .venv/dev ## measure the figures, each beside its limit; also writes build/bench.json
	@$(BASE)python -m bench

assets: .venv/dev ## build the style sheet and script anew (needs Node)
	@cd assets && npm ci --silent && npm run --silent build

messages: .venv/dev ## collect the words to translate (needs gettext); installing compiles them
	@cd src/undersigned && ../../$(BASE)python ../../manage.py makemessages --all --no-location --no-wrap --ignore 'static/*'

wheel: .venv/bin/python ## build the wheel into dist/
	@$(UV) build --quiet --wheel --out-dir dist --python .venv/bin/python

lock: .tools/bin/uv ## resolve the dependencies anew
	@$(UV) pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/run.lock
	@$(UV) pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --quiet --group dev \
		--constraint requirements/run.lock -o requirements/dev.lock

clean: ## remove what was made; keeps var/
	@rm -rf .venv .tools build dist .mypy_cache .ruff_cache .pytest_cache
