"""The committed examples of a label with several classes, and of a value with parts of a date."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace

import jsonschema
import numpy as np
import onnx
import pandas as pd
import pytest

from conftest import HOME
from rowcast_trainer import contract, data, export, kinds, model, plaintrain, table, tablefile

EXAMPLES = HOME.parent / "examples"


@pytest.fixture(scope="module", params=["penguins", "ridership"])
def example(request):
    return request.param


@pytest.fixture(scope="module")
def rows(example):
    return data.load(tablefile.read(HOME / "tables" / f"{example}.toml"))


@pytest.fixture(scope="module")
def made(tmp_path_factory, example):
    """The files of a quick run of the notebook, which makes the same model."""
    folder = tmp_path_factory.mktemp(example)
    command = [sys.executable, "-m", "rowcast_trainer", "train", "--quick"]
    arguments = ["--table", str(HOME / "tables" / f"{example}.toml"), "--build", str(folder)]
    done = subprocess.run([*command, *arguments], cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.fixture(scope="module")
def document(example):
    return json.loads(export.Scorer(EXAMPLES / example / f"{example}.onnx").metadata[contract.KEY])


def test_contract_satisfies_the_published_schema_and_says_its_kind(document, example):
    jsonschema.validate(document, contract.schema())
    assert document["contract"] == "1.3"
    assert document["output"]["kind"] == {"penguins": "multiclass", "ridership": "regression"}[example]


def test_committed_files_are_those_that_training_makes(made, document, example, say):
    folder = EXAMPLES / example
    assert made["parity.csv"] == (folder / "parity.csv").read_bytes()
    again = onnx.load_from_string(made[f"{example}.onnx"])
    # On another processor type the file may differ in the last digit, and with it the version.
    newer = json.loads(again.metadata_props[0].value)
    assert {**newer, "model": None, "output": None} == {**document, "model": None, "output": None}
    card = made["MODEL_CARD.md"].decode().replace(newer["model"]["version"], document["model"]["version"])
    assert card == (folder / "MODEL_CARD.md").read_text()
    same = made[f"{example}.onnx"] == (folder / f"{example}.onnx").read_bytes()
    say(f"model {newer['model']['version']}: {'the very bytes' if same else 'other bytes, same scores'}")


def test_onnx_runtime_gives_the_answers_of_parity_csv_and_of_the_proof(document, rows, example, say):
    scorer = export.Scorer(EXAMPLES / example / f"{example}.onnx")
    kind = kinds.of_contract(document["label"], document["output"])
    lines = pd.read_csv(EXAMPLES / example / "parity.csv", dtype=str, keep_default_na=False)
    assert list(lines.columns) == rows.table.columns + kind.headers
    features = data.features_of(lines.to_dict("records"), rows.table)
    apart = kinds.differences(kind, kind.read(lines), scorer.answers(features, document["output"]))
    say(f"largest difference on {len(lines)} golden rows of {example}: {apart.max():.2e}")
    assert apart.max() <= document["parity"]["tolerance"]
    texts = [{name: data.text_of(cell) for name, cell in row["row"].items()} for row in document["golden"]]
    answers = scorer.answers(data.features_of(texts, rows.table), document["output"])
    for answer, row in zip(answers, document["golden"]):
        assert kind.decision(answer) == row.get("label", "")
        said = row.get("probabilities") or [row[name] for name in kind.headers]
        assert kinds.differences(kind, np.array([said]), np.array([answer])).max() <= 1e-5


def test_rows_of_the_proof_are_columns_of_the_table_not_inputs_of_the_graph(document, rows):
    for row in document["golden"]:
        assert list(row["row"]) == rows.table.columns


def test_interval_of_a_value_covers_the_stated_share_of_unseen_rows():
    scorer = export.Scorer(EXAMPLES / "ridership" / "ridership.onnx")
    found = json.loads(scorer.metadata[contract.KEY])
    assert found["output"]["interval"] == {"tensor": "interval", "coverage": 0.9}
    assert found["training"]["metrics"]["covered"] == pytest.approx(0.9, abs=0.01)


def test_metrics_of_the_examples_are_better_than_a_constant_answer(document, rows):
    metrics = document["training"]["metrics"]
    if document["output"]["kind"] == "multiclass":
        assert metrics["accuracy"] > rows.label.value_counts(normalize=True).max() + 0.2
    else:
        assert metrics["rmse"] < 0.8 * rows.label.std() and metrics["r2"] > 0.4


def test_report_has_the_verdict_on_top_and_each_group(made, example):
    report, said = made["report.html"].decode(), json.loads(made["verdict.json"])
    assert said["ships"] and said["quick"] and said["sentence"].startswith("**Ship it**: on unseen rows the forest ")
    assert said["model"] == contract.digest_of(made[f"{example}.onnx"])
    assert report.index("<strong>Ship it</strong>: on unseen rows the forest") < report.index("Digest:")
    assert "A quick run" in report and "data:image/png" in report
    parts = {
        "penguins": [
            "precision (95 %)",
            "recall (95 %)",
            "log loss",
            "calibration error",
            "as Chinstrap",
            "sex: female",
        ],
        "ridership": [
            "MAE",
            "R²",
            "mean residual (95 %)",
            "in the interval",
            "values in their interval",
            "day_weekday: 7",
        ],
    }
    for part in parts[example]:
        assert part in report, part
    # Eleven penguins without a sex are too few for a group; no other one is left out.
    groups = {"penguins": 3 + 2, "ridership": 7}
    assert len(re.findall(r"(?:island|sex|day_weekday): ", report)) == groups[example]


def test_classes_in_another_order_than_the_alphabet_keep_their_probabilities(rows, example):
    if example != "penguins":
        pytest.skip("a value has no classes")
    turned = table.Classes("species", ("Gentoo", "Adelie", "Chinstrap"))
    files = plaintrain.train(replace(rows, table=replace(rows.table, label=turned)))
    lines = list(csv.DictReader(io.StringIO(files["parity.csv"].decode())))
    scorer = export.Scorer(files["penguins.onnx"])
    output = json.loads(scorer.metadata[contract.KEY])["output"]
    features = data.features_of(lines, rows.table)
    expected = model.fit(rows).predict_proba(features)[:, [2, 0, 1]]
    assert np.abs(scorer.answers(features, output) - expected).max() <= contract.TOLERANCE
    assert list(lines[0])[-4:] == ["probability_Gentoo", "probability_Adelie", "probability_Chinstrap", "label"]
