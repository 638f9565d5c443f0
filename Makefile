# Every target that needs Python makes its environment first; see `make help`.
PYTHON_IN = .venv/bin/python
TESTS ?=
# One more worker than cores: browsers wait for sound more than they work.
WORKERS = 3
# A file stays with one worker, so that what its tests share is made once; in the order
# of collection, so that the long files of the browser do not come last.
BY_FILE = --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help listen setup setup-system check test test-all bench golden docs words pictures

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

listen:  ## open Undersong in the browser (sets everything up the first time)
	@sh scripts/environment run
	@.venv/bin/undersong listen

setup:  ## create .venv with everything pinned
	@sh scripts/environment dev

setup-system:  ## install the browser and ffmpeg that the tests drive
	@sh scripts/test-programs

check: setup  ## formatting, lint, types, direction of imports, wording
	@$(PYTHON_IN) -m ruff format --check .
	@$(PYTHON_IN) -m ruff check .
	@$(PYTHON_IN) -m mypy
	@$(PYTHON_IN) -m pytest tests/test_architecture.py
	@$(PYTHON_IN) -m undersong guide check --project .

test: setup setup-system  ## the suite, under five minutes on two cores
	@$(PYTHON_IN) -m pytest -n $(WORKERS) $(BY_FILE) -m "not slow" $(TESTS)

test-all: setup setup-system  ## the suite and the slow proofs
	@$(PYTHON_IN) -m pytest -n $(WORKERS) $(TESTS)

bench: setup  ## the figures in docs/performance.md
	@$(PYTHON_IN) -m benchmarks

golden: setup  ## rewrite golden files; review the difference like code
	@$(PYTHON_IN) -m pytest tests --golden-rewrite -m golden

docs: setup  ## rewrite the generated documents
	@$(PYTHON_IN) -m scripts.docs

words: setup  ## bring the catalogues up to date with what the program says
	@$(PYTHON_IN) -m scripts.words

pictures: setup setup-system  ## screenshots of every page into docs/pictures
	@$(PYTHON_IN) -m scripts.pictures
