"""The rows in the contract with which a predictor verifies the model before it accepts events."""

import copy
import csv
import io
import shutil

import numpy as np
import onnx
import pandas as pd
import pytest

from conftest import churn_only
from rowcast_trainer import cells, contract, export, kinds
from rowcast_trainer import golden as proofs
from rowcast_trainer.__main__ import main


@pytest.fixture
def proof(committed):
    return committed["golden"]


def test_the_contract_carries_a_few_dozen_rows_with_both_labels(proof, committed):
    assert 32 <= len(proof) <= 60
    assert {row["label"] for row in proof} == {committed["label"]["positive"], committed["label"]["negative"]}


def test_proof_has_categories_missing_values_and_both_ends(proof, committed, golden):
    for feature in committed["features"]:
        found = [row["row"][feature["name"]] for row in proof]
        assert None in found, feature["name"]
        present = {cell for cell in found if cell is not None}
        if feature["type"] == "category":
            assert set(feature["categories"]) < present, feature["name"]
        else:
            all_cells = [float(cell) for cell in golden[feature["name"]] if cell]
            assert {min(all_cells), max(all_cells)} <= present, feature["name"]


def test_onnx_runtime_gives_the_scores_of_the_proof(proof, committed, scorer, column):
    features = {
        f["name"]: [cells.number(_text(row, f), f["sql"]) if f["type"] == "number" else _text(row, f) for row in proof]
        for f in committed["features"]
    }
    scores = scorer.score(pd.DataFrame(features), column)
    assert np.abs(scores - [row["probability"] for row in proof]).max() <= contract.TOLERANCE


def _text(row, feature):
    value = row["row"][feature["name"]]
    return "" if value is None else str(value)


@churn_only
def test_model_of_contract_1_1_gets_the_bytes_of_a_new_one(committed, folder, name, tmp_path, capsys):
    older = copy.deepcopy(committed)
    del older["golden"], older["model"]["digest"]
    older["contract"] = "1.1"
    (tmp_path / "old.onnx").write_bytes(export.with_contract(onnx.load(folder / f"{name}.onnx"), older))
    shutil.copy(folder / "parity.csv", tmp_path)
    assert main(["upgrade", "--model", str(tmp_path / "old.onnx")]) == 0
    assert (tmp_path / "old.onnx").read_bytes() == (folder / f"{name}.onnx").read_bytes()


@churn_only
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda rows: rows[:-1], "the golden rows are not those that the contract names"),
        (lambda rows: [], "nothing to upgrade: "),
    ],
)
def test_a_model_is_not_upgraded_without_its_golden_rows(spoil, why, folder, name, tmp_path, capsys):
    shutil.copy(folder / f"{name}.onnx", tmp_path)
    lines = spoil((folder / "parity.csv").read_text().splitlines())
    if lines:
        (tmp_path / "parity.csv").write_text("\n".join(lines))
    assert main(["upgrade", "--model", str(tmp_path / f"{name}.onnx")]) == 2
    assert why in capsys.readouterr().err
    assert (tmp_path / f"{name}.onnx").read_bytes() == (folder / f"{name}.onnx").read_bytes()


@churn_only
def test_a_graph_with_other_scores_is_not_upgraded(committed, folder, name, tmp_path, capsys):
    graph = onnx.load(folder / f"{name}.onnx")
    forest = next(node for node in graph.graph.node if node.op_type == "TreeEnsembleClassifier")
    weights = next(attribute for attribute in forest.attribute if attribute.name == "class_weights")
    weights.floats[:] = [weight / 2 for weight in weights.floats]
    (tmp_path / "half.onnx").write_bytes(export.with_contract(graph, committed))
    shutil.copy(folder / "parity.csv", tmp_path)
    assert main(["upgrade", "--model", str(tmp_path / "half.onnx")]) == 2
    assert "half.onnx cannot be upgraded: the graph's scores differ from the golden rows by " in capsys.readouterr().err


def test_a_file_that_is_no_model_is_not_upgraded(tmp_path, capsys):
    for file in ("text.onnx", "parity.csv"):
        (tmp_path / file).write_text("this is no model")
    assert main(["upgrade", "--model", str(tmp_path / "text.onnx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@churn_only
def test_golden_rows_that_lack_a_category_are_no_proof(committed, folder):
    rows = list(csv.reader(io.StringIO((folder / "parity.csv").read_text())))
    without = io.StringIO()
    csv.writer(without).writerows(row for row in rows if "Two year" not in row)
    with pytest.raises(ValueError, match="no golden row has contract category Two year"):
        kind = kinds.of_contract(committed["label"], committed["output"])
        proofs.chosen(without.getvalue().encode(), committed["features"], kind)
