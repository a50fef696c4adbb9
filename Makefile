# Every target does its own set-up. `make help` lists them.
PYTHON ?= $(or $(firstword $(foreach name,python3 python3.13 python3.12 python3.10 /usr/bin/python3,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && echo $(name)))),\
	$(error There is no Python 3.8 or newer on PATH. Install Python 3.12 and run it again))

.PHONY: help up test bench faults fmt frontend
.DEFAULT_GOAL := help

help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

up: ## Set everything up and run Baton; Ctrl-C stops it.
	@exec $(PYTHON) -m config.bootstrap up

test: ## Set everything up and run every check and test.
	@exec $(PYTHON) -m config.bootstrap test

bench: ## Measure Baton beside two bare stacks, in ten minutes; ARGS=--short takes three.
	@.venv/bin/python -m tests.bench $(ARGS)

faults: ## Kill and break the service while twenty chats go on, in a quarter of an hour, and count what was lost.
	@.venv/bin/python -m tests.faults $(ARGS)

fmt: ## Format the Python code and mend what the linter can.
	@.venv/bin/python -m ruff format . && .venv/bin/python -m ruff check --fix .

frontend: ## Build frontend/dist again (needs Node).
	@cd frontend && npm ci && npm run build
