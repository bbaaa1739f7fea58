# SPDX-License-Identifier: EUPL-1.2
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev system system-test demo run web worker beat test mutants check lint format messages hooks lock vendor

PORT ?= 8000
SEED ?= 14
PYTHON ?= python3
PY := .venv/bin/python
DEMO_ENV := VAR_DIR=var HTTPS=0 DEMO=1 BASE_URL=http://127.0.0.1:$(PORT) MUNICIPALITY_NAME="Stadt Lindenfurt" \
	MUNICIPALITY_KEY=99001 UNIT_NAME="Bildungsbüro" UNIT_POSITION="Stabsstelle 01.3" \
	SUPERIOR=anna.reimers@lindenfurt.example LOG_LEVEL=WARNING READ_DOT_ENV=0 \
	EMAIL_URL=filemail:///var/mail
SYSTEM := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig gettext bubblewrap?
SYSTEM_TEST := $(SYSTEM) postgresql redis-server chromium default-jre-headless poppler-utils unzip

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

system:
	@tools/system_packages $(SYSTEM) python3-venv

system-test:
	@tools/system_packages $(SYSTEM_TEST) python3-venv

.venv/app: requirements/app.txt
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/app.txt
	@touch $@

.venv/dev: requirements/dev.txt .venv/app
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

locale/de/LC_MESSAGES/django.mo: locale/de/LC_MESSAGES/django.po
	@msgfmt --check -o $@ $<

setup: system .venv/app locale/de/LC_MESSAGES/django.mo ## environment, packages and translations
	@mkdir -p var && test -s var/secret-key || (umask 077; $(PY) -c "import secrets; print(secrets.token_urlsafe(60))" > var/secret-key)

setup-dev: system-test .venv/dev setup

demo: setup ## build Lindenfurt and serve it: make demo [PORT=8000]
	@exec env $(DEMO_ENV) SECRET_KEY="$$(cat var/secret-key)" $(PY) manage.py start --demo --bind 127.0.0.1:$(PORT)

run: setup ## serve your own installation on this machine, with the environment of .env
	@exec $(PY) manage.py start --bind 127.0.0.1:$(PORT)

web: ## the web process of production
	@exec $(PY) -m gunicorn bildungsbuero.wsgi -b 0.0.0.0:$(PORT) -k gthread -w 2 --threads 8

worker: ## a worker process of production; start as many as needed
	@exec $(PY) -m celery -A bildungsbuero worker -l info -c 2

beat: ## the clock of production; exactly one
	@exec $(PY) -m celery -A bildungsbuero beat -l info -s var/beat

test: setup-dev check ## the whole suite: checks, then all tests on PostgreSQL with Redis, then the unit tests on SQLite
	@$(PY) -m tests.suite

mutants: setup-dev ## whether the tests notice broken rules: make mutants [SEED=14]
	@$(PY) -m tests.mutants --seed $(SEED)

check: setup-dev ## lint, format, layers, types, translations, migrations
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/djangofmt --quiet --check templates
	@.venv/bin/lint-imports > var/layers.txt || (cat var/layers.txt; exit 1)
	@SECRET_KEY=check READ_DOT_ENV=0 .venv/bin/mypy --no-error-summary core press activity accounts actors committees indicators recommendations tasks reports demo bildungsbuero
	@SECRET_KEY=check HTTPS=0 READ_DOT_ENV=0 $(PY) manage.py makemigrations --check --dry-run > /dev/null

lint: .venv/dev ## mend what ruff can mend
	@.venv/bin/ruff check --fix .

format: .venv/dev ## format code and templates
	@.venv/bin/ruff format .
	@.venv/bin/djangofmt --quiet templates

messages: .venv/dev ## collect strings for translation
	@SECRET_KEY=messages $(PY) manage.py makemessages -l de --no-wrap --add-location file --ignore .venv --ignore var

hooks: .venv/dev ## ask `make check` before each commit
	@.venv/bin/pre-commit install

lock: ## pin all packages with hashes
	@uv pip compile -q --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 requirements/app.in -o requirements/app.txt
	@uv pip compile -q --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 requirements/dev.in -c requirements/app.txt -o requirements/dev.txt

vendor: ## fetch the vendored front-end files again
	@static/vendor/fetch.sh
