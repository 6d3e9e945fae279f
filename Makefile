# `make` alone lists the tasks. A task says what it does after its ##.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
# One more than there are cores: a third of the time the tests wait for a process or a page.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
SPREAD := --numprocesses $(WORKERS) --maxprocesses 4

.DEFAULT_GOAL := help
.PHONY: help install run test test-fast test-long check eval train bench pictures lock

help:  ## list these tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

install: $(VENV)/.installed  ## set up .venv with what the assistant needs

run: install  ## serve the web chat on http://127.0.0.1:8080, Telegram and Zalo when their tokens are in .env
	@exec $(BIN)/python -m bot run

test: $(VENV)/.installed-dev  ## run the tests (pages need Chromium, see -m browser)
	$(PYTEST) $(SPREAD) -m "not slow"

test-fast: $(VENV)/.installed-dev  ## run the tests of the pure floors, talk and ocop, in twenty seconds
	$(PYTEST) $(SPREAD) tests/talk tests/ocop -q

test-long: $(VENV)/.installed-dev  ## run the tests that take minutes
	$(PYTEST) -m slow

check: $(VENV)/.installed-dev  ## check format, lint, types and that imports run downward only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

eval: $(VENV)/.installed-dev  ## measure how well questions are understood; fails below the levels in tests/eval
	$(BIN)/python -m tests.eval

train: $(VENV)/.installed-dev  ## learn anew from the wordings of ocop/data, after any of them has changed
	$(BIN)/python -m ocop.asking.learning

bench: $(VENV)/.installed-dev  ## measure turns per second, CPU per turn, waiting times and memory
	$(BIN)/python -m tests.bench

pictures: $(VENV)/.installed-dev  ## draw the pictures of the docs anew from the page as it is (needs Chromium)
	$(BIN)/python -m tests.page.picture

lock: $(VENV)/.installed-dev  ## write both lock files anew from pyproject.toml, with the newest versions it allows
	$(LOCK) --upgrade pyproject.toml --output-file requirements.lock
	$(LOCK) --upgrade --extra dev --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --custom-compile-command "make lock"
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

$(VENV)/.installed: requirements.lock | $(BIN)/pip
	@echo "Installing what the assistant needs, a minute or so..."
	@$(PIP) --requirement requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock requirements.lock | $(BIN)/pip
	@echo "Installing what the tests and checks need, a minute or so..."
	@$(PIP) --requirement requirements-dev.lock
	@touch $(VENV)/.installed $@

# A set-up that was cut short has no pip yet, so it starts again from nothing.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	@$(PYTHON) -m venv --clear $(VENV)
