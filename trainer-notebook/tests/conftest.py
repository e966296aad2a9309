"""Fixtures of several tests: each table with its published data and forest, and its committed files."""

import json
from pathlib import Path

import pandas as pd
import pytest

from rowcast_trainer import contract, data, export, model, tablefile

HOME = Path(__file__).resolve().parent.parent
FOLDERS = {"churn": HOME / "model", "loan": HOME / "example"}

#: For tests of facts that only the churn table has.
churn_only = pytest.mark.parametrize("name", ["churn"], indirect=True)


@pytest.fixture(scope="session", params=FOLDERS)
def name(request):
    """The tables of this repository: a test that uses any of the fixtures below runs for each."""
    return request.param


@pytest.fixture(scope="session")
def table_file(name):
    return HOME / "tables" / f"{name}.toml"


@pytest.fixture(scope="session")
def folder(name):
    """The folder of the table's committed files."""
    return FOLDERS[name]


@pytest.fixture(scope="session")
def training(table_file):
    return data.load(tablefile.read(table_file))


@pytest.fixture(scope="session")
def positive(training):
    return training.table.label.positive


@pytest.fixture(scope="session")
def fitted(training):
    return model.fit(training)


@pytest.fixture(scope="session")
def scorer(folder, name):
    """The committed model."""
    return export.Scorer(folder / f"{name}.onnx")


@pytest.fixture(scope="session")
def committed(scorer):
    """The committed model's contract."""
    return json.loads(scorer.metadata[contract.KEY])


@pytest.fixture(scope="session")
def column(committed):
    """The column of the positive label's probability."""
    return committed["output"]["column"]


@pytest.fixture(scope="session")
def golden(folder):
    """The committed golden rows, all cells as text."""
    return pd.read_csv(folder / "parity.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def golden_features(golden, training):
    return data.features_of(golden.to_dict("records"), training.table)


_MEASURED = []


@pytest.fixture(scope="session")
def say():
    """Adds a line below the results: a measured value, also when the test passes."""
    return _MEASURED.append


def pytest_terminal_summary(terminalreporter):
    for line in _MEASURED:
        terminalreporter.write_line(line)
