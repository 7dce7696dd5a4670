# Steady's own environment is .venv here, made from the pinned and hashed versions in locks/.
# `make run ARGS=--explain` and the like pass options on.

PYTHON ?= python3
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
RUN_READY := $(VENV)/.ready-to-run
DEV_READY := $(VENV)/.ready-to-develop

.PHONY: help setup run test prove lint docs bench lock clean
.DELETE_ON_ERROR:

help:
	@echo 'make run    talk to Steady in this terminal (ARGS="..." for options)'
	@echo 'make test   run all tests'
	@echo 'make lint   check style, types, imports and the Dockerfile'
	@echo 'make docs   write anew what is made from the dialogs: the tour, the pictures, pages of the document'
	@echo 'make prove  prove that the scripts are safe, and plant mistakes that must be caught'
	@echo 'make bench  measure speed; the numbers are never part of a test'
	@echo 'make lock   pin the dependencies anew after pyproject.toml changed (ARGS=--upgrade for newer versions)'
	@echo 'make setup  only prepare .venv for development'
	@echo 'make clean  remove .venv and all caches'

# Nothing but the chat may stand on stdout, so whatever sets up writes to stderr.
run: $(RUN_READY)
	@$(BIN)/steady chat $(ARGS)

test: $(DEV_READY)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

lint: $(DEV_READY)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy --strict bot tests
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/hadolint Dockerfile

docs: $(DEV_READY)
	@$(BIN)/python -m bot.authoring.draw_docs
	@$(BIN)/python -m bot.authoring.tour > docs/tour.md
	@$(BIN)/python -m bot.authoring.hazards > docs/safety/hazards.md
	@$(BIN)/python -m bot.authoring.document.docs_pictures

prove: $(DEV_READY)
	@$(BIN)/steady check --prove --mutants 100 $(ARGS)

bench: $(DEV_READY)
	@for one in bench/[a-z]*.py; do $(BIN)/python -m bench.$$(basename $$one .py) || exit 1; done

setup: $(DEV_READY)
	@:

# --universal: one lock for Python 3.11 and newer on every system. The locks name no index and no folder, so that
# they say the same wherever they are made.
lock: $(DEV_READY)
	@export UV_CUSTOM_COMPILE_COMMAND='make lock'; \
	compile="$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links pyproject.toml $(ARGS)"; \
	$$compile --output-file locks/run.txt && \
	$$compile --extra prove --extra author --constraints locks/run.txt --output-file locks/publish.txt && \
	$$compile --group build --constraints locks/run.txt --output-file locks/build.txt && \
	$$compile --all-extras --group build --group dev --constraints locks/build.txt --output-file locks/dev.txt

clean:
	@rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find bot tests -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Steady needs Python 3.11 or newer. Name one: make PYTHON=python3.13 ...' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >&2
	@touch $@

$(RUN_READY): $(VENV)/.made locks/build.txt pyproject.toml
	@echo 'Setting up Steady in $(VENV), once ...' >&2
	@$(PIP) install --require-hashes --requirement locks/build.txt >&2
	@$(PIP) install --no-deps --no-build-isolation --editable . >&2
	@touch $@

$(DEV_READY): $(RUN_READY) locks/dev.txt
	@echo 'Setting up the tools for development, once ...' >&2
	@$(PIP) install --require-hashes --requirement locks/dev.txt >&2
	@touch $@
