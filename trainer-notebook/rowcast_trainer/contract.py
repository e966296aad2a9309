"""The contract: one JSON document inside the ONNX file with all that a function needs to know about the model."""

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd

from . import golden, kinds
from .data import Training
from .model import Evaluation, categories_of
from .quality import Measured
from .table import Feature

KEY = "rowcast.contract"
VERSION = "1.2"
NEWEST = "1.3"

#: The largest difference between scikit-learn's float64 score and that of ONNX Runtime, on any row.
#: Both compare float32 numbers to the same thresholds and so reach the same leaves; ONNX Runtime then adds the leaves'
#: shares in float32, which leaves about half of this with 200 trees.
TOLERANCE = 1e-6

#: The same for a value, as a share of it: the trees' values are added in float32.
TOLERANCE_OF_VALUES = 1e-5

BINS = 10
SCORE_EDGES = np.round(np.linspace(0, 1, 21), 2)


def build(training: Training, evaluation: Evaluation, threshold: float, graph_digest: str, parity_file: bytes) -> dict:
    """The contract's document of a binary forest, in an order for human readers.

    `graph_digest` is that of the file without metadata, `parity_file` the golden rows beside it.
    """
    label = training.table.label
    output = {
        "tensor": "probabilities",
        "column": sorted([label.positive, label.negative]).index(label.positive),
        "meaning": training.table.meaning,
        "threshold": threshold,
        "histogram": _counted(evaluation.scores, SCORE_EDGES),
    }
    metrics = {
        "roc_auc": round(float(evaluation.auc.mean()), 6),
        "roc_auc_sd": round(float(evaluation.auc.std(ddof=1)), 6),
        "brier": round(float(evaluation.brier.mean()), 6),
    }
    kind = kinds.of_table(label, threshold)
    return _document(training, kind, output, training.name, metrics, graph_digest, parity_file, TOLERANCE)


def describe(
    training: Training,
    measured: Measured,
    tensors: dict,
    graph_digest: str,
    parity_file: bytes,
    tolerance: float,
) -> dict:
    """The contract's document of any model. `tensors` has the output's `tensor`, and its `column` or `interval`."""
    kind, answers = measured.kind, measured.answers
    output = {"kind": kind.label.kind, **tensors, "meaning": training.table.meaning}
    if isinstance(kind, kinds.Binary):
        output |= {"threshold": kind.threshold, "histogram": _counted(answers[:, 0], SCORE_EDGES)}
        del output["kind"]
    elif isinstance(kind, kinds.Multiclass):
        decided = np.bincount(np.argmax(answers, axis=1), minlength=answers.shape[1])
        output["histogram"] = {"counts": decided.tolist()}
    else:
        output |= {"unit": kind.label.unit} if kind.label.unit else {}
        output["histogram"] = _counted(answers[:, 0], number_edges(pd.Series(answers[:, 0])))
    return _document(
        training, kind, output, training.name + measured.how, measured.metrics, graph_digest, parity_file, tolerance
    )


def _document(
    training: Training,
    kind: kinds.Kind,
    output: dict,
    data: str,
    metrics: dict,
    graph_digest: str,
    parity_file: bytes,
    tolerance: float,
) -> dict:
    table = training.table
    document = {
        "contract": VERSION,
        "model": {"name": table.model, "version": version_of(table.model, graph_digest)},
        "source": {
            "schema": table.schema,
            "table": table.name,
            "key": list(table.key),
            "key_type": list(table.key.values()),
        },
        "captured": {"schema": table.schema, "table": table.captured},
        "features": [_feature(training, feature) for feature in table.features],
        "label": kind.label_part(),
        "output": output,
        "training": {
            "data": data,
            "licence": training.licence,
            "rows": len(training.features),
            "digest": training.digest,
            "metrics": metrics,
        },
        "parity": {
            "rows": lines_of(parity_file),
            "digest": digest_of(parity_file),
            "tolerance": tolerance,
        },
    }
    return proven(document, graph_digest, parity_file)


def proven(document: dict, graph_digest: str, parity_file: bytes) -> dict:
    """The document with the proof: the graph's digest, and rows that every reader can score.

    Raises `ValueError` when `parity_file` lacks a row that is needed.
    """
    kind = kinds.of_contract(document["label"], document["output"])
    rows = golden.chosen(parity_file, document["features"], kind)
    model = {**document["model"], "digest": graph_digest}
    return {**document, "contract": _version(document), "model": model, "golden": rows}


def _version(document: dict) -> str:
    """The oldest version that has all that the document says, so that no reader refuses it without need."""
    newer_types = re.compile(r"(var)?char\(.*|uuid|date|timestamp|timestamptz")
    features, key_types = document["features"], document["source"].get("key_type", [])
    newer = (
        "kind" in document["output"]
        or any("column" in f or newer_types.fullmatch(f.get("sql", "text")) for f in features)
        or any(f["type"] == "number" and f.get("sql") == "text" for f in features)
        or any(newer_types.fullmatch(kind) and kind != "uuid" for kind in key_types)
    )
    return NEWEST if newer else VERSION


def lines_of(parity_file: bytes) -> int:
    """The rows of the file: a text may contain a line break."""
    return sum(1 for _ in csv.reader(io.StringIO(parity_file.decode(), newline=""))) - 1


def version_of(name: str, graph_digest: str) -> str:
    """The model's name and the beginning of the digest of its graph."""
    return f"{name}-{graph_digest.removeprefix('sha256:')[:12]}"


def digest_of(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def to_json(contract: dict) -> str:
    """The document as it is stored. Raises `ValueError` on a number that JSON cannot represent."""
    return json.dumps(contract, ensure_ascii=False, allow_nan=False)


def schema() -> dict:
    """The published JSON Schema of the contract."""
    return json.loads((Path(__file__).parent.parent / "contract.schema.json").read_text(encoding="utf-8"))


def _feature(training: Training, feature: Feature) -> dict:
    values = training.features[feature.name]
    moment = {"column": feature.of, "part": feature.part, "since": feature.since, "zone": feature.zone}
    said = {key: value for key, value in moment.items() if value}
    head = {"name": feature.name, **said, "type": feature.type, "sql": feature.sql}
    if feature.type == "category":
        categories = categories_of(training)[feature.name]
        head["categories"] = categories
        counted = values.value_counts()
        histogram = {"counts": [int(counted[category]) for category in categories]}
        missing = int((values == "").sum())
    else:
        present = values.dropna().to_numpy(dtype=float)
        histogram = _counted(present, number_edges(values))
        missing = int(values.isna().sum())
    return {**head, "missing": feature.missing, "histogram": {**histogram, "missing": missing}}


def number_edges(values: pd.Series) -> list[float]:
    """Edges of about ten bins with equally many rows: the ends are the least and the greatest value.

    The inner edges lie between two values, so that no training value equals one.
    """
    # The number that the shortest text of each value spells, which is what a reader of the rows sees.
    found, counts = np.unique(values.dropna().to_numpy(), return_counts=True)
    distinct = found.astype(str).astype(float)
    present = np.repeat(distinct, counts)
    cuts = np.quantile(present, np.arange(1, BINS) / BINS, method="inverted_cdf")
    above = np.searchsorted(distinct, np.unique(cuts[cuts < distinct[-1]])) + 1
    inner = (distinct[above - 1] + distinct[above]) / 2
    return [round(float(edge), 4) for edge in (distinct[0], *inner, distinct[-1])]


def _counted(values: np.ndarray, edges) -> dict:
    """Counts per bin: an edge belongs to the bin above it, values beyond the ends to the first and the last bin."""
    inner = np.asarray(edges, dtype=float)[1:-1]
    counts = np.bincount(np.searchsorted(inner, values, side="right"), minlength=len(inner) + 1)
    return {"edges": [float(edge) for edge in edges], "counts": [int(count) for count in counts]}
