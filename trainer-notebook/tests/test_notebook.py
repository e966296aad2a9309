"""The committed notebooks, and a run of the one for two classes."""

import json
import re
import subprocess
import sys

import numpy as np
import pytest

from conftest import HOME
from rowcast_trainer import contract, export, verdict
from rowcast_trainer.__main__ import main


def test_the_notebooks_are_committed_without_outputs():
    notebooks = sorted(HOME.glob("*.ipynb"))
    assert [notebook.name for notebook in notebooks] == ["train.ipynb", "train_kinds.ipynb"]
    for notebook in notebooks:
        for cell in json.loads(notebook.read_text())["cells"]:
            assert cell.get("outputs", []) == [], (notebook.name, cell["id"])
            assert cell.get("execution_count") is None, (notebook.name, cell["id"])


@pytest.fixture(scope="module")
def made(tmp_path_factory, table_file):
    """A quick run of the notebook into its own folder: it makes the same model."""
    folder = tmp_path_factory.mktemp("train")
    command = [sys.executable, "-m", "rowcast_trainer", "train", "--quick"]
    arguments = ["--table", str(table_file), "--build", str(folder)]
    done = subprocess.run([*command, *arguments], cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_committed_model_is_the_one_the_notebook_makes(
    made, folder, name, scorer, column, committed, golden_features, say
):
    again = export.Scorer(made / f"{name}.onnx")
    document = json.loads(again.metadata[contract.KEY])
    difference = np.abs(again.score(golden_features, column) - scorer.score(golden_features, column))
    assert difference.max() <= contract.TOLERANCE
    assert {**document, "model": None, "parity": None} == {**committed, "model": None, "parity": None}
    same = (made / f"{name}.onnx").read_bytes() == (folder / f"{name}.onnx").read_bytes()
    say(f"model {document['model']['version']}: {'the very bytes' if same else 'other bytes, same scores'}")


def test_the_committed_card_is_the_one_the_notebook_makes(made, folder, name, committed):
    # On another processor type the file may differ in the last digit, and with it the version.
    version = json.loads(export.Scorer(made / f"{name}.onnx").metadata[contract.KEY])["model"]["version"]
    card = (made / "MODEL_CARD.md").read_text().replace(version, committed["model"]["version"])
    assert without_verdict(card) == without_verdict((folder / "MODEL_CARD.md").read_text())


def without_verdict(card):
    """The card without the verdict, which a quick run reaches on fewer folds."""
    before, rest = card.split(f"{verdict.HEADING}\n")
    assert rest.lstrip().startswith(("**Ship it**", "**Do not ship it**"))
    return before + rest[rest.index("\n## ") :]


def test_report_shows_results_without_code_and_needs_no_network(made, training):
    report = (made / "report.html").read_text()
    assert re.search("<strong>(Do not ship|Ship) it</strong>: on unseen rows the forest ranks", report)
    assert "A quick run" in report
    for part in (
        "ROC AUC",
        "Threshold",
        "Calibration error",
        "the rule chooses",
        "reached (95 %)",
        "largest difference",
        "data:image/png",
    ):
        assert part in report
    assert f"<title>{training.table.report.title}</title>" in report
    assert "from rowcast_trainer" not in report
    assert '<script src="http' not in report and '<link rel="stylesheet" href="http' not in report


def test_what_was_trained_is_served_only_when_it_was_accepted(made, table_file, name, tmp_path, capsys):
    accept = ["accept", "--table", str(table_file), "--build", str(made)]
    assert main([*accept, "--to", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []
    assert main([*accept, "--to", str(tmp_path), "--anyway"]) == 0
    files = {f"{name}.onnx", "parity.csv", "MODEL_CARD.md"}
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file: (made / file).read_bytes() for file in files
    }


def test_nothing_is_accepted_that_was_not_trained(table_file, name, tmp_path, capsys):
    accept = ["accept", "--table", str(table_file), "--build", str(tmp_path), "--to", str(tmp_path / "model")]
    assert main(accept) == 2
    assert capsys.readouterr().err == f"nothing to accept: {tmp_path / f'{name}.onnx'} does not exist; train first\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["loan"], indirect=True)
def test_second_table_never_replaces_the_churn_model_by_default(made, table_file, name, capsys):
    assert main(["accept", "--table", str(table_file), "--build", str(made)]) == 2
    assert capsys.readouterr().err == "set the target folder of the model: --to (MODEL_DIR=)\n"
