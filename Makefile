# `make` alone lists the targets.

PYTHON ?= python3
GPU ?= 0
HOURS ?= 4

VENV := .venv
BIN := $(VENV)/bin
CACHE := $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/alignment-kb
FLAVOUR := $(if $(filter 1,$(GPU)),gpu,cpu)
OTHER_FLAVOUR := $(if $(filter 1,$(GPU)),cpu,gpu)
LLAMA := $(shell sed -n 's/^llama_cpp_python==/llama-cpp-python==/p' lock-cpu.txt)
# The wheel is compiled for this very processor, so its features are part of the key.
CPU_KEY := $(shell grep -m1 -E '^(flags|Features)' /proc/cpuinfo 2>/dev/null | cksum | cut -d' ' -f1)
WHEEL_KEY = $(CPU_KEY)-$(LLAMA)-$(shell $(PYTHON) -c 'import sys, sysconfig; print(sys.implementation.cache_tag + "-" + sysconfig.get_platform())')

LOCKS := lock-build.txt lock-dev.txt lock-$(FLAVOUR).txt
ENVIRONMENT := $(VENV)/.environment-$(FLAVOUR)
PIP_INSTALL := $(BIN)/pip install -qq --disable-pip-version-check

DEMO_DATA := .cache/demo
DEMO_QUESTION ?= Where do Priyanka and Mateusz disagree?

CLUSTER := $(VENV)/.environment-cluster
MILVUS := .cache/milvus-environment

.DEFAULT_GOAL := help
FUZZ := .cache/fuzz-environment
FUZZ_SECONDS ?= 600

.PHONY: help setup demo cluster test lint bench soak fuzz clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "PYTHON=python3.12 chooses the interpreter, GPU=1 faiss-gpu and torch for CUDA."

setup: $(ENVIRONMENT) ## Make the environment in .venv and fetch the models (once; minutes)
	@$(BIN)/python -m kb.models.weights

demo: setup ## Ingest the sample transcripts and ask them a question
	$(BIN)/kb --data-dir $(DEMO_DATA) ingest corpus
	$(BIN)/kb --data-dir $(DEMO_DATA) ask "$(DEMO_QUESTION)"

cluster: $(CLUSTER) $(MILVUS)/ready ## Install PostgreSQL, Milvus and Ray, for tests and past one machine

test: setup cluster ## Run all tests
	$(BIN)/python -m pytest

lint: $(CLUSTER) ## Check style, types, and versions with known holes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python .ci/advisories

bench: setup ## Measure speed and cost beside peers and limits
	@$(BIN)/python benchmarks/bench.py $(if $(filter 1,$(QUICK)),--quick) $(if $(filter 1,$(WRITE)),--write)

soak: setup ## Faults at every call to the disk, then a server for HOURS=4
	KB_FAULT_CYCLES=2000 KB_FAULT_SAMPLE=100000 KB_FAULT_EXAMPLES=200 \
		$(BIN)/python -m pytest tests/faults
	$(BIN)/python benchmarks/soak.py --hours $(HOURS)

fuzz: setup $(FUZZ)/ready ## Feed readers, claims and questions with hostile inputs (10 minutes each)
	@set -e; for target in readers claims questions; do \
		echo "== $$target"; $(FUZZ)/bin/python tests/fuzz/fuzz.py $$target --seconds $(FUZZ_SECONDS); done

# An environment of its own, which sees the libraries of the other one and has atheris besides.
$(FUZZ)/ready: | $(ENVIRONMENT)
	@$(BIN)/python -m venv --without-pip $(FUZZ)
	@$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > \
		"$$($(FUZZ)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/shared.pth"
	@$(BIN)/pip --python $(FUZZ)/bin/python install -qq --disable-pip-version-check --no-deps \
		atheris==3.0.0 || echo "fuzz: atheris cannot be installed; inputs are changed without guidance"
	@touch $@

$(CLUSTER): lock-cluster.txt $(ENVIRONMENT)
	@echo "cluster: installing the libraries of lock-cluster.txt; this takes about a minute"
	@$(PIP_INSTALL) -r lock-cluster.txt
	@touch $@

# An environment of its own, see lock-milvus.txt.
$(MILVUS)/ready: lock-milvus.txt | $(ENVIRONMENT)
	@echo "cluster: making the environment of the Milvus-protocol server in $(MILVUS)"
	@$(BIN)/python -m venv --without-pip $(MILVUS)
	@$(BIN)/pip --python $(MILVUS)/bin/python install -qq --disable-pip-version-check \
		-r lock-milvus.txt
	@touch $@

clean: ## Remove everything that was made in this folder (the cache of models and wheels stays)
	rm -rf $(VENV) .cache build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.11" >&2; exit 1; }
	@echo "setup: making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(ENVIRONMENT): pyproject.toml $(LOCKS) | $(VENV)/bin/python
	@if [ "$(FLAVOUR)" = gpu ] && ! command -v nvidia-smi >/dev/null; then \
		echo "GPU=1 needs an NVIDIA GPU with its driver; nvidia-smi was not found" >&2; exit 1; fi
	@$(PIP_INSTALL) -r lock-build.txt
	@wheels="$(CACHE)/wheels/$(WHEEL_KEY)"; \
	if ! ls "$$wheels"/*.whl >/dev/null 2>&1; then \
		echo "setup: compiling $(LLAMA); this takes 6 to 20 minutes, once per machine"; \
		mkdir -p "$$wheels.part"; \
		$(BIN)/pip wheel --progress-bar off --no-deps --wheel-dir "$$wheels.part" "$(LLAMA)" \
			> "$$wheels.log" 2>&1 || { tail -n 20 "$$wheels.log" >&2; \
			echo "setup: that failed; a C and C++ compiler is needed. Log: $$wheels.log" >&2; exit 1; }; \
		mkdir -p "$$wheels" && mv "$$wheels.part"/*.whl "$$wheels" && rm -r "$$wheels.part"; \
	fi; \
	echo "setup: installing the libraries of lock-$(FLAVOUR).txt; this takes 1 to 5 minutes"; \
	$(BIN)/pip uninstall --quiet --yes faiss-$(OTHER_FLAVOUR) 2>/dev/null; \
	$(PIP_INSTALL) --find-links "$$wheels" -r lock-$(FLAVOUR).txt -r lock-dev.txt
	@PYTHONWARNINGS=ignore $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.environment-*
	@touch $@
	@echo "setup: the environment is ready; the first time, two models are fetched (about 180 MB)"
