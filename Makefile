# make run · make test · make check · make bench · make clean
# Each target sets up what it needs on a fresh Debian machine that has Python 3.11, git and make.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
NPM := tools/npm
ASSETS := $(wildcard src/tideover/app/assets/*) $(shell find src/tideover/app -name '*.html') $(wildcard src/tideover/app/*/*.py)
CATALOGUES := $(shell find src/tideover -name '*.po')
DIST := src/tideover/app/static/dist
PAGES := $(addprefix tests/app/,api hooks portal service wechat workbench)

export TIDEOVER_HOME ?= $(CURDIR)/var
# Tests, checks and the server start many processes: compiled modules are kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-core test-app test-postgres test-pages-postgres test-browser check format bench soak mutation wheel lock clean docs pictures

help:
	@echo 'make run     set everything up and serve the demo lender on http://127.0.0.1:8000'
	@echo 'make test    set everything up and run all tests'
	@echo 'make check   format, lint, types, layers, docs'
	@echo 'make bench   print the tables of docs/reference/performance.md'
	@echo 'make soak    the long runs: more seeds, more steps'
	@echo 'make clean   remove what the targets above made (not var/, where the data is)'

# ---- what must be on the machine --------------------------------------------------------------

$(VENV)/.tools: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Tideover needs Python 3.11 or newer: apt-get install python3, or set PYTHON=/path/to/python3.11'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo 'Python lacks its venv module: apt-get install python3-venv'; exit 1; }
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/tools.txt
	@touch $@

$(VENV)/.service: $(VENV)/.tools requirements/service.txt pyproject.toml
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/service.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.service requirements/dev.txt
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.installed: package-lock.json .npmrc $(VENV)/.tools
	@$(NPM) ci --silent
	@touch $@

$(DIST)/.built: node_modules/.installed $(ASSETS)
	@$(NPM) run --silent build 2>&1 | { grep -iE 'error|warn' || true; }
	@gzip -9nkf $(DIST)/*.css $(DIST)/*.js
	@test -s $(DIST)/tideover.css && test -s $(DIST)/portal.js && test -s $(DIST)/workbench.js
	@touch $@

$(VENV)/.messages: $(VENV)/.service tools/compile_messages.py $(CATALOGUES)
	@$(BIN)/python tools/compile_messages.py
	@touch $@

# Chromium and PostgreSQL come from Debian; a person who is not root is told the one command.
$(VENV)/.machine: tools/machine
	@tools/machine
	@touch $@

# ---- what people call -------------------------------------------------------------------------

run: $(VENV)/.service $(VENV)/.messages $(DIST)/.built
	@$(BIN)/tideover serve --demo

test: test-core test-app test-postgres test-browser

test-core: $(VENV)/.dev $(VENV)/.messages $(DIST)/.built $(VENV)/.machine
	@$(BIN)/pytest tests -q -n 2 --ignore=tests/app --ignore=tests/journeys

# Three at once on two cores: tests of the service wait for processes they started.
test-app: $(VENV)/.dev $(VENV)/.messages $(DIST)/.built $(VENV)/.machine
	@$(BIN)/pytest tests/app -q -n 3

# What speaks to the database runs on PostgreSQL too; the doors over it do in CI, by test-pages-postgres.
test-postgres: $(VENV)/.dev $(VENV)/.messages $(DIST)/.built $(VENV)/.machine
	@$(BIN)/pytest tests/app -q --postgres -n 3 $(addprefix --ignore=,$(PAGES))

test-pages-postgres: $(VENV)/.dev $(VENV)/.messages $(DIST)/.built $(VENV)/.machine
	@$(BIN)/pytest $(PAGES) -q --postgres -n 3

test-browser: $(VENV)/.dev $(VENV)/.messages $(DIST)/.built $(VENV)/.machine
	@$(BIN)/pytest tests/journeys -q

check: $(VENV)/.dev $(VENV)/.messages
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q tests/test_tidy.py tests/docs

docs: $(VENV)/.dev
	@$(BIN)/python -m cogapp -P -I tools -I examples -r $$(grep -rl "\[\[\[cog" docs)
	@$(BIN)/python tools/fill_consoles.py
	@$(BIN)/python tools/docs_conformance.py
	@$(BIN)/python -c 'from tideover.app.api.description import text; print(text(), end="")' > docs/reference/openapi.json

pictures: test-browser
	@$(BIN)/python tools/make_pictures.py

format: $(VENV)/.dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.dev $(VENV)/.messages $(DIST)/.built $(VENV)/.machine
	@$(BIN)/python -m bench

soak: $(VENV)/.dev $(VENV)/.messages $(DIST)/.built $(VENV)/.machine
	@TIDEOVER_SOAK=1 $(BIN)/pytest tests -q -m soak

# Of each room a sample, always the same; SAMPLE=0 is everything, ROOMS=loan ONLY=loan/cost a part.
mutation: $(VENV)/.dev
	@$(BIN)/python tools/mutation $(or $(ROOMS),money dates options loan) --sample $(or $(SAMPLE),400) $(if $(ONLY),--only $(ONLY))

wheel: $(VENV)/.dev $(VENV)/.messages $(DIST)/.built
	@$(UV) build --quiet --python $(BIN)/python --wheel --no-build-isolation --out-dir build
	@ls build/*.whl

# Locks carry hashes and no address.
lock: $(VENV)/.tools
	@$(UV) pip compile requirements/tools.in --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -q -o requirements/tools.txt
	@$(UV) pip compile requirements/node.in --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements/node.txt
	@$(UV) pip compile requirements/bench.in --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --no-deps -q -o requirements/bench.txt
	@$(UV) pip compile pyproject.toml --extra service --extra ocr --extra hsm --extra portfolio --extra cluster --extra dev --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements/dev.txt
	@$(UV) pip compile pyproject.toml --extra service --extra ocr --extra hsm --extra portfolio --constraint requirements/dev.txt --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements/service.txt
	@$(NPM) install --package-lock-only --silent && $(BIN)/python tools/strip_lock.py

clean:
	@rm -rf $(VENV) node_modules $(DIST) build screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests -name '__pycache__' -type d -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
