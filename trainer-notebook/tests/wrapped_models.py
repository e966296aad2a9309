"""Models of five other libraries, wrapped, with the scores of their own library: the predictor's tests serve them.

PYTHONPATH=.. python wrapped_models.py writes them, in the folder trainer-notebook/tests.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
import xgboost
from onnxmltools import convert_lightgbm, convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType as OtherFloats
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from rowcast_trainer.__main__ import main

FOLDER = Path(__file__).resolve().parents[2] / "functions/predictor/src/test/resources/wrapped"
#: The rows, and beside them the scores of each library.
SCORES = "library-scores.csv"

HEAD = """
model = "visits"
meaning = "probability that the visitor comes again"
[source]
schema = "web"
table = "visits"
captured = "visits_captured"
key = { id = "bigint" }
[label]
{label}
{costs}
[report]
title = "Who comes again?"
about = "Made up."
use = "None."
[features]
"""
BINARY = 'name = "again"\npositive = "yes"\nnegative = "no"'
COSTS = '[costs]\nmissed = 2\nneedless = 1\nunit = "coins"'
NAMES = ["pages", "minutes", "age"]
NUMBERS = "".join(f'{name} = {{ sql = "double precision", missing = "reject" }}\n' for name in NAMES)
ROWS = 300


def visits() -> pd.DataFrame:
    """The rows: three numbers that float32 holds exactly, a place, and a label of each kind."""
    dice = np.random.default_rng(7)
    rows = pd.DataFrame(np.round(dice.normal(20, 6, (ROWS, 3)) * 4) / 4, columns=NAMES)
    rows["place"] = dice.choice(["Oslo", "Rome", ""], ROWS)
    drawn = rows.pages + rows.minutes / 2 - rows.age / 3 + 5 * (rows.place == "Rome") + dice.normal(0, 4, ROWS)
    rows["again"] = np.where(drawn > drawn.median(), "yes", "no")
    rows["size"] = pd.qcut(drawn, 3, labels=["small", "middle", "large"]).astype(str)
    rows["spent"] = np.round(drawn * 10, 2)
    rows.insert(0, "id", np.arange(ROWS) + 1000)
    return rows


def matrix(rows):
    return rows[NAMES].to_numpy(np.float32)


def table_file(features=NUMBERS, label=BINARY, costs=COSTS) -> str:
    return HEAD.replace("{label}", label).replace("{costs}", costs) + features


def by_skl2onnx(model, zipmap=False):
    return to_onnx(
        model,
        initial_types=[("X", FloatTensorType([None, 3]))],
        options={id(model): {"zipmap": zipmap}},
        target_opset=17,
    )


def logistic(x, y):
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y)
    return by_skl2onnx(model), model.predict_proba(x)[:, 1]


def boosting(x, y):
    model = GradientBoostingClassifier(n_estimators=15, random_state=1).fit(x, y)
    return by_skl2onnx(model, zipmap=True), model.predict_proba(x)[:, 1]


def light(x, y):
    model = lightgbm.LGBMClassifier(n_estimators=15, num_leaves=7, n_jobs=1, verbose=-1).fit(x, y)
    inputs = [("X", OtherFloats([None, 3]))]
    graph = convert_lightgbm(model, name="visits", initial_types=inputs, target_opset=15)
    return graph, model.predict_proba(x)[:, 1]


def xg(x, y):
    model = xgboost.XGBClassifier(n_estimators=15, max_depth=3, n_jobs=1).fit(x, (y == "yes").astype(int))
    inputs = [("X", OtherFloats([None, 3]))]
    graph = convert_xgboost(model, name="visits", initial_types=inputs, target_opset=15)
    return graph, model.predict_proba(x)[:, 1]


def calibrated(x, y, method="sigmoid"):
    forest = RandomForestClassifier(10, min_samples_leaf=10, random_state=1)
    model = CalibratedClassifierCV(forest, method=method, cv=3).fit(x, y)
    return by_skl2onnx(model), model.predict_proba(x)[:, 1]


#: By the name of its file and of its column of scores.
LIBRARIES: dict[str, Callable] = {
    "logistic-regression": logistic,
    "gradient-boosting": boosting,
    "lightgbm": light,
    "xgboost": xg,
    "sigmoid-calibrated": calibrated,
}


def made(name: str) -> tuple[bytes, np.ndarray]:
    """The file that `wrap` writes for the model, and the library's own scores of the rows."""
    rows = visits()
    graph, scores = LIBRARIES[name](matrix(rows), rows.again.to_numpy())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "visits.toml").write_text(table_file())
        (folder / f"{name}.onnx").write_bytes(graph.SerializeToString())
        rows.to_csv(folder / "visits.csv", index=False)
        pd.DataFrame({"id": rows.id, "probability": scores}).to_csv(folder / "scores.csv", index=False)
        files = ["--table", folder / "visits.toml", "--data", folder / "visits.csv", "--build", folder / "build"]
        command = ["wrap", folder / f"{name}.onnx", *files, "--check-with", folder / "scores.csv"]
        if code := main([str(each) for each in command]):
            raise AssertionError(f"{name}: wrap ends with {code}")
        return (folder / "build" / "visits.onnx").read_bytes(), scores


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    table = visits()[["id", *NAMES]]
    for each in LIBRARIES:
        content, table[each] = made(each)
        (FOLDER / f"{each}.onnx").write_bytes(content)
    table.to_csv(FOLDER / SCORES, index=False)
