# The trainer's targets. Its virtual environment is created again when the locked requirements change.
TRAINER_HOME := trainer-notebook
TRAINER_ENV  := ORT_DISABLE_TELEMETRY=1 PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1
TRAINER      := $(TRAINER_ENV) PYTHONPATH="$(CURDIR)/$(TRAINER_HOME)" $(TRAINER_HOME)/.venv/bin/python -m rowcast_trainer
# make passes DATA in the environment, so that no shell interprets a URL.
TRAINER_FROM  = $(if $(TABLE),--table "$(TABLE)") $(if $(DATA),--data "$$DATA")

# What the user knows about a model of another tool.
WRAP_WITH     = $(if $(HOLDOUT),--holdout "$$HOLDOUT") $(if $(CHECK_WITH),--check-with "$(CHECK_WITH)") $(if $(OUTPUT),--output "$(OUTPUT)") $(if $(CLASSES),--classes "$(CLASSES)")

.PHONY: describe wrap bench-trainer train accept-model upgrade-model search test-trainer

train: $(TRAINER_HOME)/.venv/complete ## Train a model and its report in trainer-notebook/build/ (DATA=file.csv or postgresql://…, TABLE=table.toml, QUICK=yes)
	@$(TRAINER) train $(TRAINER_FROM) $(if $(filter yes,$(QUICK)),--quick)

# Standard output has the table file only, for `make describe … > mine.toml`; a failure leaves no empty file.
describe: ## Propose the table file of a CSV file, on standard output (DATA=file.csv LABEL=column KEY=column, NAME=table)
	@$(MAKE) -s --no-print-directory $(TRAINER_HOME)/.venv/complete >&2 || scripts/print-or-nothing false
	@scripts/print-or-nothing env $(TRAINER) describe --data "$$DATA" --label "$(LABEL)" --key "$(KEY)" $(if $(NAME),--name "$(NAME)")

wrap: $(TRAINER_HOME)/.venv/complete ## Give an ONNX model of another tool its contract (MODEL=file.onnx TABLE=table.toml DATA=…, HOLDOUT=…, CHECK_WITH=predictions.csv, OUTPUT=name, CLASSES=No,Yes)
	@$(TRAINER) wrap "$(MODEL)" $(TRAINER_FROM) $(WRAP_WITH)

accept-model: $(TRAINER_HOME)/.venv/complete ## Accept the trained model: copy it to trainer-notebook/model/ (TABLE=table.toml MODEL_DIR=folder ANYWAY=yes)
	@$(TRAINER) accept $(if $(TABLE),--table "$(TABLE)") $(if $(MODEL_DIR),--to "$(MODEL_DIR)") $(if $(filter yes,$(ANYWAY)),--anyway)

upgrade-model: $(TRAINER_HOME)/.venv/complete ## Add the proof of contract 1.2 to a model of 1.0 or 1.1, from the parity.csv beside it (MODEL=file.onnx)
	@$(TRAINER) upgrade --model "$(MODEL)"

search: $(TRAINER_HOME)/.venv/complete ## Search for the forest size by nested cross-validation (slow: 36 sizes; TABLE=table.toml)
	@$(TRAINER) search $(TRAINER_FROM)

bench-trainer: $(TRAINER_HOME)/.venv/complete ## Measure memory and time of train and wrap on made-up rows of 50 columns (ROWS=1000000)
	@cd $(TRAINER_HOME) && $(TRAINER_ENV) .venv/bin/python -m rowcast_trainer.bench --rows $(or $(ROWS),100000)

test-trainer: $(TRAINER_HOME)/.venv/complete ## Run the trainer's linter, type checker and tests
	@cd $(TRAINER_HOME) && .venv/bin/ruff check --quiet --no-cache . && .venv/bin/ruff format --quiet --no-cache --check .
	@cd $(TRAINER_HOME) && .venv/bin/mypy --no-error-summary --cache-dir=build/.cache/mypy
	@cd $(TRAINER_HOME) && $(TRAINER_ENV) .venv/bin/python -m pytest -p no:cacheprovider --junitxml=build/tests.xml

$(TRAINER_HOME)/.venv/complete: $(TRAINER_HOME)/requirements.txt
	@command -v python3.11 >/dev/null || { echo "The trainer needs Python 3.11 (python3.11 on the PATH, with its venv module)" >&2; exit 1; }
	@echo "Creating the trainer's Python environment in $(TRAINER_HOME)/.venv (once; a minute or two)"
	@python3.11 -m venv --clear $(TRAINER_HOME)/.venv
	@$(TRAINER_HOME)/.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
