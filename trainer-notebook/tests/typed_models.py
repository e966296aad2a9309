"""Creates the models of several classes and of a number that the functions' tests score with.

Both graphs are built by hand, so that their scores are known without training: numpy computes the golden rows.
"""

import datetime
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

FOLDER = Path(__file__).resolve().parents[2] / "functions/core/src/test/resources/models"
NONE = "sha256:" + "0" * 64
UUID = "5f0c1b1e-8f0d-4c0e-9b0a-0123456789ab"


def _number(name: str, imputed: float) -> list:
    """The nodes that put a number in place of NaN, as `<name>_read`."""
    return [
        helper.make_node("IsNaN", [name], [f"{name}_nan"]),
        helper.make_node("Constant", [], [f"{name}_else"], value_float=imputed),
        helper.make_node("Where", [f"{name}_nan", f"{name}_else", name], [f"{name}_read"]),
    ]


def _category(name: str, values: dict[str, float]) -> list:
    """The node that gives each category a number, and 0 to others, as `<name>_read`."""
    return [
        helper.make_node(
            "LabelEncoder",
            [name],
            [f"{name}_read"],
            domain="ai.onnx.ml",
            keys_strings=list(values),
            values_floats=list(values.values()),
            default_float=0.0,
        )
    ]


def _model(name: str, inputs: dict[str, int], nodes: list, outputs: dict[str, int], contract: dict) -> bytes:
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info(each, kind, [None, 1]) for each, kind in inputs.items()],
        [helper.make_tensor_value_info(each, TensorProto.FLOAT, [None, width]) for each, width in outputs.items()],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="typed_models.py")
    onnx.checker.check_model(model, full_check=True)
    digest = hashlib.sha256(model.SerializeToString(deterministic=True)).hexdigest()
    contract["model"] = {"name": name, "version": f"{name}-{digest[:12]}", "digest": f"sha256:{digest}"}
    entry = model.metadata_props.add()
    entry.key, entry.value = "rowcast.contract", json.dumps(contract, ensure_ascii=False)
    return model.SerializeToString(deterministic=True)


def _contract(
    source: dict, captured: dict, features: list, label: dict, output: dict, metrics: dict, golden: list
) -> dict:
    return {
        "contract": "1.3",
        "source": source,
        "captured": captured,
        "features": features,
        "label": label,
        "output": output,
        "training": {"data": "made up", "licence": "none", "rows": 8, "digest": NONE, "metrics": metrics},
        "parity": {"rows": len(golden), "digest": NONE, "tolerance": 1e-5},
        "golden": golden,
    }


def _feature(name: str, column: str, sql: str, histogram: dict, **more) -> dict:
    kind = "category" if "categories" in more else "number"
    return {
        "name": name,
        "column": column,
        "type": kind,
        "sql": sql,
        "missing": "impute",
        "histogram": histogram,
        **more,
    }


KIND_WEIGHTS = np.array(
    [
        [0.8, -0.4, 0.0],
        [0.05, 0.02, -0.06],
        [-0.1, 0.02, 0.05],
        [0.001, -0.002, 0.0005],
        [0.5, 0.0, -0.5],
        [0.0, 0.3, 0.0],
    ],
    dtype=np.float32,
)
COLOURS = {"blue": 1.0, "red": 2.0}
CODES = {"a": 1.0, "bc": 2.0}
ORIGINS = {UUID: 1.0}


def kinds() -> bytes:
    """Three classes; two features of one time, a number stored as text, char(3), uuid, odd names, a composite key."""
    zone = {"zone": "Europe/Berlin"}
    numbers = {"missing": 2}
    features = [
        _feature("colour", "Farbe", "text", {"counts": [3, 3], "missing": 2}, categories=list(COLOURS)),
        _feature("size", 'Größe "cm"', "text", {"edges": [0, 10, 100], "counts": [4, 2], **numbers}),
        _feature(
            "hour",
            "verkauft am",
            "timestamptz",
            {"edges": [0, 12, 23], "counts": [3, 3], **numbers},
            part="hour",
            **zone,
        ),
        _feature(
            "days",
            "verkauft am",
            "timestamptz",
            {"edges": [0, 366], "counts": [6], **numbers},
            part="days",
            since="2024-01-01",
            **zone,
        ),
        _feature("code", "code", "char(3)", {"counts": [3, 3], "missing": 2}, categories=list(CODES)),
        _feature("origin", "origin", "uuid", {"counts": [6], "missing": 2}, categories=list(ORIGINS)),
    ]
    rows = [
        (
            {
                "Farbe": "blue",
                'Größe "cm"': "7.5",
                "verkauft am": "2024-05-01T10:30:00Z",
                "code": "a  ",
                "origin": UUID,
            },
            [1, 7.5, 12, None, 1, 1],
        ),
        (
            {
                "Farbe": "red",
                'Größe "cm"': " 40",
                "verkauft am": "2024-12-31T23:15:00.5Z",
                "code": "bc ",
                "origin": None,
            },
            [2, 40, 0, None, 2, 0],
        ),
        ({"Farbe": None, 'Größe "cm"': None, "verkauft am": None, "code": None, "origin": None}, [0, 5, 6, 100, 0, 0]),
    ]
    berlin = [datetime.datetime(2024, 5, 1, 12, 30), datetime.datetime(2025, 1, 1, 0, 15, 0, 500000)]
    golden = []
    for (row, values), local in zip(rows, [*berlin, None]):
        if local:
            values[3] = (local - datetime.datetime(2024, 1, 1)) / datetime.timedelta(days=1)
        golden.append({"row": {"Nr": "n", "Tag": "2024-05-01", **row}, **_of_kinds(values)})
    names = [feature["name"] for feature in features]
    nodes = [
        *_category("colour", COLOURS),
        *_number("size", 5.0),
        # A size of more than 3.4e36 overflows, so that the graph gives no probabilities.
        helper.make_node("Constant", [], ["hundred"], value_float=100.0),
        helper.make_node("Mul", ["size_read", "hundred"], ["size_hundredfold"]),
        helper.make_node("Div", ["size_hundredfold", "hundred"], ["size_again"]),
        *_number("hour", 6.0),
        *_number("days", 100.0),
        *_category("code", CODES),
        *_category("origin", ORIGINS),
        helper.make_node(
            "Concat", ["size_again" if name == "size" else f"{name}_read" for name in names], ["features"], axis=1
        ),
        helper.make_node("Constant", [], ["weights"], value=onnx.numpy_helper.from_array(KIND_WEIGHTS)),
        helper.make_node("MatMul", ["features", "weights"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
    ]
    strings = {"colour", "code", "origin"}
    inputs = {name: TensorProto.STRING if name in strings else TensorProto.FLOAT for name in names}
    contract = _contract(
        {"schema": "Lager", "table": 'Käufe "2024"', "key": ["Nr", "Tag"], "key_type": ["varchar(20)", "date"]},
        {"schema": "Lager", "table": "Käufe captured"},
        features,
        {"name": "Art", "classes": ["klein", "mittel", "groß"]},
        {
            "kind": "multiclass",
            "tensor": "probabilities",
            "meaning": "probability of each Art",
            "histogram": {"counts": [4, 3, 1]},
        },
        {"accuracy": 0.8, "accuracy_sd": 0.1, "log_loss": 0.6},
        golden,
    )
    return _model("kinds", inputs, nodes, {"probabilities": 3}, contract)


def _of_kinds(values: list[float]) -> dict:
    logits = np.array(values, dtype=np.float32) @ KIND_WEIGHTS
    shares = np.exp(logits - logits.max())
    probabilities = shares / shares.sum()
    return {
        "probabilities": [float(each) for each in probabilities],
        "label": ["klein", "mittel", "groß"][int(probabilities.argmax())],
    }


NOTES = {"garden": 20_000.0, "busy road": -5_000.0}


def prices() -> bytes:
    """A number with an interval; two features of a date, varchar(40). A negative area turns the interval around."""
    numbers = {"missing": 1}
    features = [
        _feature("area", "area", "double precision", {"edges": [20, 100, 300], "counts": [5, 3], **numbers}),
        _feature(
            "built_days",
            "built",
            "date",
            {"edges": [-3000, 0, 20000], "counts": [2, 5], **numbers},
            part="days",
            since="1970-01-01",
        ),
        _feature("built_month", "built", "date", {"edges": [1, 7, 12], "counts": [4, 3], **numbers}, part="month"),
        _feature("note", "note", "varchar(40)", {"counts": [4, 3], "missing": 1}, categories=list(NOTES)),
    ]
    rows = [
        ({"area": 100, "built": "1999-12-31", "note": "garden"}, [100, 10956, 12, 20_000]),
        ({"area": 55.5, "built": "1969-07-20Z", "note": "busy road"}, [55.5, -165, 7, -5_000]),
        ({"area": None, "built": None, "note": None}, [80, 9000, 6, 0]),
    ]
    golden = []
    for row, (area, days, month, note) in rows:
        value = 3000 * area + 2 * days + 100 * month + note
        bounds = {"value": value, "lower": value - 250 * area, "upper": value + 250 * area}
        golden.append({"row": {"id": 1, **row}, **bounds})
    inputs = {
        "area": TensorProto.FLOAT,
        "built_days": TensorProto.FLOAT,
        "built_month": TensorProto.FLOAT,
        "note": TensorProto.STRING,
    }
    factors = {"area": 3000.0, "built_days": 2.0, "built_month": 100.0, "note": 1.0}
    nodes = [
        *_number("area", 80.0),
        *_number("built_days", 9000.0),
        *_number("built_month", 6.0),
        *_category("note", NOTES),
    ]
    for name, factor in factors.items():
        nodes.append(helper.make_node("Constant", [], [f"{name}_factor"], value_float=factor))
        nodes.append(helper.make_node("Mul", [f"{name}_read", f"{name}_factor"], [f"{name}_part"]))
    nodes += [
        helper.make_node("Sum", [f"{name}_part" for name in factors], ["value"]),
        helper.make_node("Constant", [], ["spread"], value_float=250.0),
        helper.make_node("Mul", ["area_read", "spread"], ["half"]),
        helper.make_node("Sub", ["value", "half"], ["lower"]),
        helper.make_node("Add", ["value", "half"], ["upper"]),
        helper.make_node("Concat", ["lower", "upper"], ["interval"], axis=1),
    ]
    contract = _contract(
        {"schema": "public", "table": "house", "key": ["id"], "key_type": ["bigint"]},
        {"schema": "public", "table": "house_captured"},
        features,
        {"name": "price"},
        {
            "kind": "regression",
            "tensor": "value",
            "meaning": "price of the house",
            "unit": "EUR",
            "histogram": {"edges": [0, 200000, 400000, 1000000], "counts": [3, 4, 1]},
            "interval": {"tensor": "interval", "coverage": 0.9},
        },
        {"rmse": 1000.0, "rmse_sd": 100.0, "mae": 800.0, "r2": 0.9},
        golden,
    )
    return _model("prices", inputs, nodes, {"value": 1, "interval": 2}, contract)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "kinds.onnx").write_bytes(kinds())
    (FOLDER / "prices.onnx").write_bytes(prices())
