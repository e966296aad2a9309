"""What several tests share: the published data, the forest, and the committed files."""

import json
from pathlib import Path

import pandas as pd
import pytest

from rowcast_trainer import contract, data, export, model

HOME = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def training():
    return data.load()


@pytest.fixture(scope="session")
def fitted(training):
    return model.fit(training)


@pytest.fixture(scope="session")
def scorer():
    """The committed model."""
    return export.Scorer(HOME / "model" / "churn.onnx")


@pytest.fixture(scope="session")
def committed(scorer):
    """The committed model's contract."""
    return json.loads(scorer.metadata[contract.KEY])


@pytest.fixture(scope="session")
def golden():
    """The committed golden rows, all cells as text."""
    return pd.read_csv(HOME / "model" / "parity.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def golden_features(golden, training):
    return data.features_of(golden.to_dict("records"), training.table)


_MEASURED = []


@pytest.fixture(scope="session")
def say():
    """Takes a line that is shown below the results: what was measured, also where the test passes."""
    return _MEASURED.append


def pytest_terminal_summary(terminalreporter):
    for line in _MEASURED:
        terminalreporter.write_line(line)
