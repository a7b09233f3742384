# make run | test | bench | lint | monkey. Each builds .venv from pyproject.toml when it is not there yet.

PYTHON ?= python3
ARGS ?=
COUNT ?= 1000000
SEED ?= 1
BIN := .venv/bin
STAMP := .venv/built

.PHONY: run test bench lint monkey

run: $(STAMP)
	@$(BIN)/dl-tutor $(ARGS)

test: lint
	$(BIN)/pytest -q -n auto --dist worksteal

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks

# COUNT keys at random, with SEED; what goes wrong becomes a test.
monkey: $(STAMP)
	$(BIN)/python -m tests.monkey --count $(COUNT) --seed $(SEED)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
