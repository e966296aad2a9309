"""Models of other tools: each gets a contract, golden rows and a card, or one line that says why not."""

import csv
import json

import jsonschema
import lightgbm
import numpy as np
import onnx
import pandas as pd
import pytest
import wrapped_models
from onnx import TensorProto, helper
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType as OtherFloats
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from wrapped_models import BINARY, COSTS, NAMES, NUMBERS, ROWS, by_skl2onnx, calibrated, logistic, matrix

from rowcast_trainer import contract, export
from rowcast_trainer.__main__ import main


@pytest.fixture(scope="module")
def visits():
    return wrapped_models.visits()


@pytest.fixture
def wrap(tmp_path, visits, capsys):
    """Wraps a model: the exit code, what was printed, and the contract."""
    visits.to_csv(tmp_path / "visits.csv", index=False)

    def run(model, *more, features=NUMBERS, label=BINARY, costs=COSTS):
        (tmp_path / "visits.toml").write_text(wrapped_models.table_file(features, label, costs))
        (tmp_path / "mine.onnx").write_bytes(model if isinstance(model, bytes) else model.SerializeToString())
        files = ["--table", str(tmp_path / "visits.toml"), "--data", str(tmp_path / "visits.csv")]
        code = main(["wrap", str(tmp_path / "mine.onnx"), *files, "--build", str(tmp_path / "build"), *more])
        out, err = capsys.readouterr()
        made = tmp_path / "build" / "visits.onnx"
        assert made.exists() == (code == 0)
        document = json.loads(export.Scorer(made).metadata[contract.KEY]) if code == 0 else None
        return code, out if code == 0 else err, document

    return run


def refused(done, *texts):
    code, line, _ = done
    assert code == 2 and line.startswith("bad ") and line.count("\n") == 1, line
    for text in texts:
        assert text in line, line
    return True


@pytest.fixture
def scores(tmp_path):
    """Writes the scores of the model's own library."""

    def write(name, columns):
        pd.DataFrame(columns).to_csv(tmp_path / name, index=False, quoting=csv.QUOTE_MINIMAL)
        return str(tmp_path / name)

    return write


@pytest.mark.parametrize("make", wrapped_models.LIBRARIES.values())
def test_model_of_another_tool_gets_a_contract_with_its_own_scores(make, wrap, visits, scores, say):
    model, expected = make(matrix(visits), visits.again.to_numpy())
    file = scores("scores.csv", {"id": visits.id, "probability": expected})
    code, out, document = wrap(model, "--check-with", file)
    assert code == 0, out
    assert "300 scores of scores.csv agree with the graph's" in out and "IN-SAMPLE" in out
    jsonschema.validate(document, contract.schema())
    assert document["contract"] == "1.2" and document["training"]["data"] == "visits.csv (metrics in-sample)"
    assert document["training"]["metrics"]["roc_auc"] > 0.75
    assert len(document["golden"]) >= 32 and {row["label"] for row in document["golden"]} == {"yes", "no"}
    own = {tuple(row[NAMES]): p for (_, row), p in zip(visits.iterrows(), expected)}
    proven = [own.get(tuple(row["row"].values())) == row["probability"] for row in document["golden"]]
    say(f"{make.__name__}: {sum(proven)} of {len(proven)} golden rows have the library's own score")
    assert any(proven)


@pytest.mark.parametrize("name", wrapped_models.LIBRARIES)
def test_model_that_the_predictor_serves_in_its_tests_is_made_here(name, visits, say):
    # Coefficients and scores depend on the processor type in their last digits, and with them digest and version.
    committed = wrapped_models.FOLDER / f"{name}.onnx"
    made, scores = wrapped_models.made(name)
    known = pd.read_csv(wrapped_models.FOLDER / wrapped_models.SCORES)
    assert known[["id", *NAMES]].equals(visits[["id", *NAMES]])
    assert np.abs(known[name] - scores).max() <= contract.TOLERANCE
    theirs, ours = export.Scorer(committed), export.Scorer(made)
    assert np.abs(theirs.score(visits[NAMES]) - ours.score(visits[NAMES])).max() <= contract.TOLERANCE
    newer, older = (json.loads(scorer.metadata[contract.KEY]) for scorer in (ours, theirs))
    for document in (newer, older):
        del document["model"], document["parity"]["digest"]
    assert rounded(newer) == rounded(older)
    say(f"{name}: {'the very bytes' if made == committed.read_bytes() else 'other bytes, same scores'}")


def rounded(document):
    """The document with four digits of each fraction."""
    return json.loads(json.dumps(document), parse_float=lambda text: f"{float(text):.4g}")


def test_row_that_the_library_scores_in_doubles_beyond_float32_is_refused(wrap, visits, scores, tmp_path):
    visits = visits.assign(pages=2.0**24 + np.arange(ROWS) % 4, again=np.where(np.arange(ROWS) % 2, "yes", "no"))
    visits.to_csv(tmp_path / "visits.csv", index=False)
    model = lightgbm.LGBMClassifier(n_estimators=5, num_leaves=7, n_jobs=1, verbose=-1)
    model.fit(visits[NAMES].to_numpy(), visits.again)
    graph = convert_lightgbm(model, initial_types=[("X", OtherFloats([None, 3]))], target_opset=15)
    file = scores("scores.csv", {"id": visits.id, "probability": model.predict_proba(visits[NAMES].to_numpy())[:, 1]})
    refused(wrap(graph, "--check-with", file), "differ from those of scores.csv by up to 0.", "float32")


def test_isotonic_calibration_is_refused_because_its_export_is_wrong(wrap, visits, scores):
    model, expected = calibrated(matrix(visits), visits.again.to_numpy(), "isotonic")
    file = scores("scores.csv", {"row": np.arange(1, ROWS + 1), "probability": expected})
    refused(wrap(model, "--check-with", file), "differ from those of scores.csv by up to 0.", "row ", "isotonic")


def test_pipeline_with_a_category_keeps_its_inputs_and_answers_missing_values(wrap, visits, scores):
    parts = [("c", OneHotEncoder(handle_unknown="ignore"), ["place"]), ("n", SimpleImputer(), NAMES)]
    model = make_pipeline(ColumnTransformer(parts), LogisticRegression(max_iter=1000)).fit(visits, visits.again)
    inputs = [(name, FloatTensorType([None, 1])) for name in NAMES] + [("place", StringTensorType([None, 1]))]
    graph = to_onnx(model, initial_types=inputs, options={id(model): {"zipmap": False}}, target_opset=17)
    features = "".join(f'{name} = "double precision"\n' for name in NAMES) + 'place = "varchar(20)"\n'
    columns = {name: visits[name] for name in (*NAMES, "place")}
    file = scores("scores.csv", {**columns, "probability": model.predict_proba(visits)[:, 1]})
    code, out, document = wrap(graph, "--check-with", file, features=features)
    assert code == 0, out
    assert document["features"][3]["categories"] == ["Oslo", "Rome"]
    assert any(row["row"]["pages"] is None for row in document["golden"])


def test_a_holdout_measures_metrics_and_threshold(wrap, visits, tmp_path):
    visits.tail(100).to_csv(tmp_path / "others.csv", index=False)
    model, _ = logistic(matrix(visits.head(200)), visits.again.head(200).to_numpy())
    code, out, document = wrap(model, "--holdout", str(tmp_path / "others.csv"))
    assert code == 0 and "100 rows of others.csv" in out and "IN-SAMPLE" not in out
    assert document["training"]["data"] == "visits.csv (metrics on others.csv)"
    assert sum(document["output"]["histogram"]["counts"]) == 100


def test_model_of_three_classes_answers_in_the_order_of_the_table_file(wrap, visits, scores):
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(matrix(visits), visits["size"])
    given = model.predict_proba(matrix(visits))
    file = scores(
        "s.csv", {"id": visits.id, **{f"probability_{c}": given[:, at] for at, c in enumerate(model.classes_)}}
    )
    label = 'name = "size"\nclasses = ["small", "middle", "large"]'
    code, out, document = wrap(by_skl2onnx(model), "--check-with", file, label=label, costs="")
    assert code == 0, out
    assert document["contract"] == "1.3" and document["label"]["classes"] == ["small", "middle", "large"]
    for row in document["golden"]:
        assert row["label"] == document["label"]["classes"][int(np.argmax(row["probabilities"]))]


def test_model_of_a_value_is_wrapped(wrap, visits, scores):
    model = GradientBoostingRegressor(n_estimators=15, random_state=1).fit(matrix(visits), visits.spent)
    file = scores("s.csv", {"id": visits.id, "value": model.predict(matrix(visits))})
    label = 'name = "spent"\nkind = "regression"\nunit = "EUR"'
    graph = to_onnx(model, initial_types=[("X", FloatTensorType([None, 3]))], target_opset=17)
    code, out, document = wrap(graph, "--check-with", file, label=label, costs="")
    assert code == 0, out
    assert document["output"]["kind"] == "regression" and document["output"]["unit"] == "EUR"
    assert set(document["training"]["metrics"]) == {"rmse", "rmse_sd", "mae", "r2"}


def graph_of(outputs, nodes, kind=TensorProto.FLOAT, shape=(None, 3)):
    body = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info("X", kind, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
    )
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def sigmoid(output="p", **more):
    nodes = [
        helper.make_node("Constant", [], ["axes"], value_ints=[1]),
        helper.make_node("Cast", ["X"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["floats", "axes"], ["sum"], keepdims=1),
        helper.make_node("Constant", [], ["scale"], value_float=0.02),
        helper.make_node("Mul", ["sum", "scale"], ["scaled"]),
        helper.make_node("Sigmoid", ["scaled"], [output]),
    ]
    return graph_of([output], nodes, **more)


def test_one_probability_of_the_positive_class_becomes_two(wrap):
    code, out, document = wrap(sigmoid())
    assert code == 0, out
    assert (document["output"]["tensor"], document["output"]["column"]) == ("probabilities", 1)


def test_an_order_of_columns_that_fits_worse_than_chance_is_refused(wrap):
    negative = sigmoid()
    negative.graph.node[3].attribute[0].f = -0.02
    refused(wrap(negative), "the ROC AUC is 0.", "--classes")


REFUSED = {
    "no ONNX": (lambda: b"this is no model", [], NUMBERS, ["it is not an ONNX model"]),
    "a matrix of another width": (lambda: sigmoid(shape=(None, 4)), [], NUMBERS, ["[None, 4]", "3 features: [N,3]"]),
    "a fixed batch": (lambda: sigmoid(shape=(1, 3)), [], NUMBERS, ["takes exactly 1 rows"]),
    "a category in a matrix": (
        lambda: sigmoid(shape=(None, 4)),
        [],
        NUMBERS + 'place = "text"\n',
        ["the feature place is a category, whose encoding cannot be guessed"],
    ),
    "an unknown output": (lambda: sigmoid(), ["--output", "q"], NUMBERS, ["it has no output 'q'; its outputs: p"]),
    "whole numbers that may be missing": (
        lambda: sigmoid(kind=TensorProto.INT64),
        [],
        NUMBERS.replace(', missing = "reject"', ""),
        ["tensor(int64)", 'missing = "reject" for pages'],
    ),
    "no answer for a missing value": (
        lambda: sigmoid(),
        [],
        NUMBERS.replace(', missing = "reject"', ""),
        ["it gives no number when pages is missing"],
    ),
    "a score that is no probability": (
        lambda: graph_of(["p"], list(sigmoid().graph.node)[:3] + [helper.make_node("Identity", ["sum"], ["p"])]),
        [],
        NUMBERS,
        ["its output is no probability"],
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_wrapped_is_refused_in_one_line(why, wrap):
    make, more, features, texts = REFUSED[why]
    refused(wrap(make(), *more, features=features), *texts)


def test_wrapped_graph_loads_in_onnx_runtime_and_keeps_its_digest(wrap, visits, tmp_path):
    wrap(by_skl2onnx(make_pipeline(StandardScaler(), LogisticRegression()).fit(matrix(visits), visits.again)))
    graph = onnx.load(tmp_path / "build" / "visits.onnx")
    document = json.loads(graph.metadata_props[0].value)
    assert document["model"]["digest"] == export.graph_digest(graph)
    assert [value.name for value in graph.graph.input] == NAMES
    assert [value.name for value in graph.graph.output] == ["probabilities"]
