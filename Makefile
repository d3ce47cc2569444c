# Two commands for everybody: `make demo` and `make test`. Both set up what they need by themselves,
# from Python 3.11 or newer, git and make; a second run starts at once and needs no network.

PYTHON ?= python3
# pytest's: how many at once, and what to run (`make test TESTS=tests/codec`)
JOBS ?= 2
TESTS ?= tests
# `make fuzz SECONDS=3600`
SECONDS ?= 120
# `make golden ACCEPT="op-smooth preset-natural" BY="your name" WHY="what changed"`; or ACCEPT=all
ACCEPT ?=
BY ?=
WHY ?=

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
DEMO := demo-output

# A stamp's name carries the content of what it was made from: a changed lock is a missing stamp.
key = $(shell cat $(1) 2>/dev/null | git hash-object --stdin)
ENV_STAMP := $(VENV)/.stamp-env-$(call key,requirements-dev.lock)
APP_STAMP := $(VENV)/.stamp-app-$(call key,requirements-dev.lock pyproject.toml hatch_build.py scripts/weights.py scripts/fonts.py scripts/graph.py scripts/upconv.py)
API := src/freckle/server/openapi.json
WEB := $(if $(wildcard web/package.json),web)

# Python keeps what it compiled, whatever the machine's settings are: tests start hundreds of
# processes, and each of them would compile all modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check types format bench fuzz golden setup editor browser lock clean
.NOTPARALLEL:

help:
	@echo 'make demo    retouch a sample portrait, then open the editor on it'
	@echo 'make test    every test; .ci/run does the same'
	@echo 'make check   format, lint, types and import rules, as a review expects them'
	@echo 'make types   describe the API anew, and write the editor'\''s types from it'
	@echo 'make format  put files into their format, fix what can be fixed by itself'
	@echo 'make bench   quality on real faces, speed and memory (long)'
	@echo 'make fuzz    open twisted files for two minutes, SECONDS=N for longer'
	@echo 'make golden  show how the golden pictures differ; ACCEPT=NAMES takes the new ones'
	@echo 'make setup   only what the others need: .venv, networks, the built editor'
	@echo 'make lock    renew the locked dependencies from pyproject.toml'
	@echo 'make clean   remove everything that make made'

# `make demo SERVE=` stops after the files.
SERVE ?= --sample
demo: setup
	$(BIN)/freckle demo $(DEMO)/
	$(if $(SERVE),$(BIN)/freckle serve $(SERVE) --data $(DEMO)/studio)

test: setup browser
	$(if $(WEB),$(PY) scripts/editor.py npm run test)
	$(PY) -m pytest -n $(JOBS) --dist loadscope -rs $(TESTS)

check: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m freckle.server.openapi | cmp - $(API)
	$(if $(WEB),$(PY) scripts/editor.py npm run types -- --check)
	$(if $(WEB),$(PY) scripts/editor.py npm run lint)

# What the server speaks, and the editor's types of it; `make check` fails where either is stale.
types: $(APP_STAMP)
	$(PY) -m freckle.server.openapi > $(API)
	$(if $(WEB),$(PY) scripts/editor.py npm run types)

format: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup
	$(PY) -m benchmarks.quality
	$(PY) -m benchmarks.speed

fuzz: setup
	$(PY) -m tests.codec.fuzz $(SECONDS)

golden: setup
	$(PY) -m tests.golden.accept $(if $(ACCEPT),--by "$(BY)" --why "$(WHY)" $(ACCEPT))

setup: $(APP_STAMP) editor

# pip checks every file's hash against the lock; nothing comes in that the lock does not name.
$(ENV_STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'freckle needs Python 3.11 or newer: make PYTHON=python3.12 …' >&2; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { \
	  echo 'No virtual environment could be made: install the venv module (Debian: python3-venv).' >&2; exit 1; }
	$(PY) -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.lock
	@rm -f $(VENV)/.stamp-env-* && touch $@

# The build hook brings the networks' weights; the build's own tools are in the lock as well.
$(APP_STAMP): $(ENV_STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.stamp-app-* && touch $@

editor: $(APP_STAMP)
	$(if $(WEB),@$(PY) scripts/editor.py build)

browser:
	@scripts/browser.sh

# pip and npm take their registry from the machine's own settings: no address is written down.
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE)
lock:
	$(LOCK) pyproject.toml --extra all -o requirements.lock
	$(LOCK) pyproject.toml --extra all --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --group node -o requirements-node.lock

clean:
	rm -rf $(VENV) $(DEMO) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache web/node_modules src/freckle/server/static src/freckle/vision/weights src/freckle/poster/fonts
	find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
