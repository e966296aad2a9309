"""The notebook itself, as it is committed and as it runs."""

import json
import subprocess
import sys

import numpy as np
import pytest

from conftest import HOME
from rowcast_trainer import contract, export


def test_the_notebook_is_committed_without_outputs():
    for cell in json.loads((HOME / "train.ipynb").read_text())["cells"]:
        assert cell.get("outputs", []) == [], cell["id"]
        assert cell.get("execution_count") is None, cell["id"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A whole run of the notebook into folders of its own."""
    folder = tmp_path_factory.mktemp("train")
    command = [
        sys.executable,
        "-m",
        "rowcast_trainer",
        "train",
        "--model",
        str(folder),
        "--build",
        str(folder / "build"),
    ]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_committed_model_is_the_one_the_notebook_makes(made, scorer, committed, golden_features, say):
    again = export.Scorer(made / "churn.onnx")
    document = json.loads(again.metadata[contract.KEY])
    assert np.abs(again.score(golden_features) - scorer.score(golden_features)).max() <= contract.TOLERANCE
    assert {**document, "model": None, "parity": None} == {**committed, "model": None, "parity": None}
    same = (made / "churn.onnx").read_bytes() == (HOME / "model" / "churn.onnx").read_bytes()
    say(f"model {document['model']['version']}: {'the very bytes' if same else 'other bytes, same scores'}")


def test_the_report_shows_results_and_no_code_and_needs_no_network(made):
    report = (made / "build" / "report.html").read_text()
    for part in ("ROC AUC", "Threshold", "largest difference", "data:image/png"):
        assert part in report
    assert "from rowcast_trainer" not in report
    assert '<script src="http' not in report and '<link rel="stylesheet" href="http' not in report
