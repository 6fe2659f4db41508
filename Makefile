# What one does with the portal. `make demo` and `make test` start from a bare Debian: git, make, python3, sudo.
SHELL := /bin/bash
PYTHON ?= python3
PY := .venv/bin/python
ARGS ?= $(PYTEST_ARGS)
PIP_TOOLS := pip-tools==7.6.2

.DEFAULT_GOAL := aiuto
.PHONY: aiuto demo test bench lint format lock clean prepara prepara-prove

aiuto: ## elenca i comandi
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 22

demo: prepara ## installa tutto, avvia il portale con i dati di esempio (PORTA=8123 sceglie la porta)
	@$(PY) -m conciliazione.server_locali demo

test: prepara-prove ## esegue tutte le prove (ARGS="-k parola" passa argomenti a pytest)
	@$(PY) -m conciliazione.server_locali prove $(ARGS)

bench: prepara-prove ## misura tempi, interrogazioni e memoria; i rapporti sono di una sola esecuzione
	@$(PY) -m conciliazione.server_locali prove -q -s -n0 -p no:randomly -p no:cacheprovider tests/banco/misure.py tests/banco/elenchi.py $(ARGS)

lint: prepara-prove ## controlla lo stile, i tipi e le migrazioni
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	find templates progetti/edizioni -name '*.html' -print0 2>/dev/null | xargs -0r .venv/bin/djade --check --target-version 5.2
	DEBUG=1 .venv/bin/mypy
	$(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

format: prepara-prove ## mette in forma il codice e i template
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	find templates progetti/edizioni -name '*.html' -print0 2>/dev/null | xargs -0r .venv/bin/djade --target-version 5.2 || true

# The hashes must be those of the public registry, whatever the configuration of pip on this machine adds to it.
lock: export PIP_CONFIG_FILE = /dev/null
lock: export PIP_FIND_LINKS =
lock: export CUSTOM_COMPILE_COMMAND = make lock
lock: ## ricalcola le versioni fissate in requirements/*.txt (AGGIORNA=--upgrade le aggiorna)
	$(PYTHON) -m venv var/lock && var/lock/bin/pip install -q $(PIP_TOOLS)
	cd requirements && for nome in base locale prove; do \
		../var/lock/bin/pip-compile -q $(AGGIORNA) --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
			--no-emit-find-links --no-emit-options --output-file $$nome.txt $$nome.in || exit 1; done

clean: ## cancella ambiente, base dati e file prodotti (anche i dati della dimostrazione)
	@! $(PYTHON) conciliazione/server_locali/prepara.py in-uso || { echo 'La dimostrazione è in corso: fermarla prima.'; exit 1; }
	rm -rf .venv var staticfiles artefatti .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

prepara:
	@$(PYTHON) conciliazione/server_locali/prepara.py locale

prepara-prove:
	@$(PYTHON) conciliazione/server_locali/prepara.py prove
