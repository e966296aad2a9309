# The trainer's targets. Its virtual environment is made again when the locked requirements change.
TRAINER_HOME := trainer-notebook
TRAINER_RUN  := cd $(TRAINER_HOME) && ORT_DISABLE_TELEMETRY=1 PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 .venv/bin/python

.PHONY: train test-trainer

train: $(TRAINER_HOME)/.venv/complete ## Train the model again, from the published data or DATA=file.csv
	@$(TRAINER_RUN) -m rowcast_trainer train $(if $(DATA),--data "$(abspath $(DATA))")

test-trainer: $(TRAINER_HOME)/.venv/complete ## Run the trainer's tests
	@$(TRAINER_RUN) -m pytest -p no:cacheprovider --junitxml=build/tests.xml

$(TRAINER_HOME)/.venv/complete: $(TRAINER_HOME)/requirements.txt
	@command -v python3.11 >/dev/null || { echo "The trainer needs Python 3.11 (python3.11 on the PATH, with its venv module)" >&2; exit 1; }
	@echo "Making the trainer's Python environment in $(TRAINER_HOME)/.venv (once; a minute or two)"
	@python3.11 -m venv --clear $(TRAINER_HOME)/.venv
	@$(TRAINER_HOME)/.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
