# Kỷ Cương: what a developer or a first-time user does, by name. `make help` explains.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

# The Python that .venv is made with; any of 3.11 or newer.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
# Where `make run` keeps its data; empty: var/ here.
DATA ?=
PORT ?= 8000
# How many processes `make chaos` kills.
KILLS ?= 200

BIN := .venv/bin
UV := VIRTUAL_ENV=.venv $(BIN)/uv

.PHONY: help run test demo bench chaos schemas tables lock lint types jars airgap clean

help: ## Say what there is.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  PYTHON=python3.12   the Python to use (3.11 or newer)"
	@echo "  DATA=folder         where make run keeps its data (var/)"
	@echo "  PORT=8000           the port of make run"
	@echo "  KILLS=200           how many processes make chaos kills"

run: .venv/.runtime ## Start the whole suite on this machine; Ctrl-C stops it, its data stays.
	@$(BIN)/kycuong up --sample --port $(PORT) $(if $(DATA),--data $(DATA))

test: .venv/.development ## Lint, types, import contracts, and every test on a real Kafka and PostgreSQL.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

demo: .venv/.development ## The main job as a story: findings go in, stalled follow-ups come out as alerts.
	@$(BIN)/python -m tests.stories

bench: .venv/.development ## Measure, each figure beside its ceiling; writes build/bench.json.
	@$(BIN)/python -m tests.bench

chaos: .venv/.development ## Kill the real processes KILLS times while findings flow, and count what came out.
	@KYCUONG_KILLS=$(KILLS) $(BIN)/pytest tests/whole -k chaos --timeout=0 -q -s

schemas: .venv/.development ## Write JSON Schema and AsyncAPI from the contracts.
	$(BIN)/kycuong schemas write

tables: .venv/.development ## Write the tables of the docs that are made from the code.
	@$(BIN)/python -m tests.catalogues.refusals
	@$(BIN)/python -m tests.catalogues.law_rows

lint: .venv/.development ## Lint and format, mending what can be mended.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/lint-imports

types: .venv/.development ## Check the types.
	$(BIN)/mypy

jars: .venv/.runtime ## Fetch the broker's jars (make run does it by itself).
	@$(BIN)/kycuong jars fetch

airgap: .venv/.development ## Gather everything for a data centre without internet (docs/airgap.md).
	@$(BIN)/python -m deploy.airgap.gather build/airgap/bundle

# Locks name versions and hashes and no index host; `make lock` keeps what is pinned, `make lock UPGRADE=--upgrade` moves on.
COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet $(UPGRADE)

lock: .venv/.tools ## Pin the dependencies again after pyproject.toml changed.
	$(COMPILE) requirements/tools.in -o requirements/tools.txt
	$(COMPILE) --all-extras --group dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) --all-extras -c requirements/dev.txt pyproject.toml -o requirements/embedded.txt
	$(COMPILE) -c requirements/dev.txt pyproject.toml -o requirements/runtime.txt

clean: ## Remove .venv and what was built; data folders stay.
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- .venv, step by step; a stamp file each, so that a second make is quick -------------------------------------------

.venv/.tools: requirements/tools.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found. Install it, or say where it is: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11. Say where a newer one is: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

# The project itself is linked, not copied; its build needs setuptools only, which is among the tools.
SYNC = $(UV) pip sync --quiet --require-hashes --compile-bytecode
LINK = $(UV) pip install --quiet --no-deps --no-build-isolation --editable .

# A .venv that has the development's packages has the runtime's too.
.venv/.runtime: .venv/.tools requirements/embedded.txt requirements/dev.txt pyproject.toml
	@echo "Installing the locked dependencies ..."
	@$(SYNC) $(if $(wildcard .venv/.development),requirements/dev.txt,requirements/embedded.txt)
	@$(LINK)
	@touch $@ $(wildcard .venv/.development)

.venv/.development: .venv/.tools requirements/dev.txt pyproject.toml
	@echo "Installing the locked dependencies, with those of development ..."
	@$(SYNC) requirements/dev.txt
	@$(LINK)
	@touch $@
