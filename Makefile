# make run | test | bench | lint. Each builds .venv from pyproject.toml when it is not there yet.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
STAMP := .venv/built

.PHONY: run test bench lint

run: $(STAMP)
	@$(BIN)/dl-tutor $(ARGS)

test: lint
	$(BIN)/pytest -q -n auto --dist worksteal

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks

$(STAMP): pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
