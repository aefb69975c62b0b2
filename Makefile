.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
DEPLOYED := $(shell sed -nE 's/^ *runtime += "python(3)([0-9]+)"/\1.\2/p' infra/functions.tf)

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

$(VENV)/installed: pyproject.toml functions/emulator/pyproject.toml requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . --editable functions/emulator
	@touch $@

install: $(VENV)/installed ## Install everything into .venv

demo: install ## Play three months on a local Workspace and serve the page (ARGS=--no-serve, --port, --months, --roster, --seed)
	$(BIN)/peerpact demo $(ARGS)

# Bytecode is kept, whatever the environment says: workers and commands would compile the same modules each.
test: install ## Run all tests, those in a browser included where Chromium is present
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

test-deployed: ## Run all tests on the Python that is deployed, in an environment of its own
	$(MAKE) test PYTHON=$$(.ci/python $(DEPLOYED)) VENV=.venv-$(DEPLOYED)

lint: install ## Check form, types and borders
	$(BIN)/ruff format --check functions tests infra
	$(BIN)/ruff check functions tests infra
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	cd functions/emulator && PYTHONPATH=src ../../$(BIN)/lint-imports --no-cache

coverage: install ## Run all tests and show what they don't reach
	$(BIN)/python -m pytest -n auto --cov --cov-report=term $(ARGS)

bench: install ## Count each job's calls, time what should be fast, count the letters of seven months, and those on days off
	$(BIN)/python tests/bench/calls.py $(ARGS)
	PYTHONPATH=tests/programme/meetings $(BIN)/python tests/bench/slots.py exactly
	$(BIN)/python tests/bench/startup.py
	$(BIN)/python tests/bench/letters.py
	$(BIN)/python tests/bench/promising.py
	$(BIN)/python tests/bench/days_off.py

bench-year: install ## Play a year of the example company while Google fails and runs are killed: has each pair a meeting ahead?
	$(BIN)/python tests/bench/letters.py 12 --faults

weights: install ## Learn again how heavily words weigh as words of distress, from the tables of replies
	$(BIN)/python tests/programme/replies/weigh_words.py

bench-load: install ## Weigh each job at 10,000 people, and play their month inside Google's quotas, also with 12 mailboxes (ARGS=people)
	$(BIN)/python tests/bench/memory.py $(ARGS)
	$(BIN)/python tests/bench/memory_several.py $(ARGS)
	$(BIN)/python tests/bench/load.py $(ARGS)
	$(BIN)/python tests/bench/load_several.py $(ARGS)

bench-mailbox: install ## Weigh the jobs that open the mailbox on large, many and odd mails (ARGS="word of a name")
	$(BIN)/python tests/bench/mailbox.py $(ARGS)

bench-years: install ## Weigh each job's run with nothing to do, after a quarter and after five years (ARGS="people years"), then its memory at 10,000 people
	PYTHONPATH=tests $(BIN)/python tests/bench/years.py $(ARGS)
	$(BIN)/python tests/bench/heavy_years.py

clients: install ## Drive other people's clients against the local Workspace (ARGS="--only gspread --folder build/clients")
	$(BIN)/python functions/emulator/clients/run.py $(ARGS)

live-test: install ## Play what is believed of Google on a staging domain and here; print what differs (ARGS="--only words")
	$(BIN)/python functions/emulator/live/live_test.py $(ARGS)

bench-workspace: install ## Time the local Workspace beside others of its kind, and its growth (ARGS="--only sheets")
	$(BIN)/python functions/emulator/bench/workspace.py $(ARGS)

bench-pairing: install ## Measure pairing: time, gap to the bound, rounds
	$(BIN)/python tests/bench/pairing.py $(ARGS)

bench-repairs: install ## Hold repairs after 20,000 sequences of events against trying everything (ARGS=how many)
	PYTHONPATH=tests $(BIN)/python tests/programme/pairing/repair_sequences.py $(ARGS)

slip-test: install ## Make every slip in every column, and take it back a day later (ARGS=--column WORD)
	$(BIN)/python tests/slips/slip_test.py $(ARGS)

any-cell-test: install ## Put any content into any cell of any tab: nobody else may notice (ARGS=--tab WORD --each NUMBER)
	$(BIN)/python tests/slips/any_cell.py $(ARGS)

odd-test: install ## Refuse, reshape and edit items of every job: nobody else may notice (ARGS="words of scenarios --each 150")
	$(BIN)/python tests/crash/odd_test.py $(ARGS)

outcome-test: install ## Play programmes that differ in one outcome of one person: no admin may tell (ARGS="--seeds 4 --weeks 10")
	$(BIN)/python tests/jobs/outcome_test.py $(ARGS)

crash-test: install ## Disturb every job at every call in every way (ARGS=--only WORD)
	$(BIN)/python tests/crash/crash_test.py $(ARGS)

quarter-test: install ## Play 2,000 quarters of six people who move, decline, delete and repeat meetings (ARGS="--quarters 50")
	$(BIN)/python tests/crash/quarter_test.py $(ARGS)

mails: install ## Write every mail to build/mails, and hold each against what mail programs draw (needs node and npm)
	$(BIN)/peerpact letters --to build/mails
	npm install --silent --no-fund --no-audit --prefix build/mails-check caniemail@2.0.2
	cd build/mails-check && node ../../tests/letters/support.mjs ../mails

picture: install ## Make README's picture of the demo again (ARGS=--check: say what it shows otherwise than the demo)
	PYTHONPATH=tests/demo:functions/emulator/tests $(BIN)/python tests/demo/picture.py $(ARGS)

mutants: install ## Change everything that decides a little; say what no test notices (ARGS=programme/figures ...)
	$(BIN)/python tests/mutants/mutants.py $(ARGS)

bundle: install ## Build build/bundle.zip, which infra/ deploys
	$(BIN)/python infra/bundle.py build/bundle.zip

jobs-map: install ## Write infra/jobs.json, delegates.json and README.md's tables from the code's list of jobs
	$(BIN)/python infra/jobs_map.py
	$(BIN)/python infra/readme.py

findings: ## Show what real libraries were found to do otherwise than one would guess
	@for script in $(filter-out findings/common.sh,$(wildcard findings/*.sh)); do echo "== $$script"; "$$script" || failed=1; done; [ -z "$$failed" ]

lock: ## Pin all dependencies again, with hashes
	uv pip compile --quiet --universal --no-strip-extras --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml -o functions/requirements.txt
	uv pip compile --quiet --universal --no-strip-extras --generate-hashes --no-emit-index-url --python-version 3.11 --extra local --group dev -c functions/requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## Remove what was installed and built
	rm -rf $(VENV) build dist

.PHONY: help install demo test test-deployed lint coverage bench bench-year bench-load bench-mailbox bench-workspace clients live-test bench-pairing bench-repairs slip-test any-cell-test odd-test outcome-test crash-test quarter-test mails picture mutants bundle jobs-map findings lock clean
