"""Trains a model for a label of several classes or of numbers: model, golden rows and card."""

import numpy as np

from . import card, contract, data, export, kinds, parity, plaincard, quality
from .data import Training
from .learners import TREES, Learner
from .quality import COVERAGE, Measured
from .table import Quantity


class ParityError(RuntimeError):
    """ONNX Runtime does not give scikit-learn's answers. The message is one line."""


def train(training: Training, learner: Learner = TREES, answers: np.ndarray | None = None) -> dict[str, bytes]:
    """The files by name. `answers` are those for unseen rows, if they are known. Raises `ParityError`."""
    table = training.table
    if answers is None:
        answers = quality.by_folds(training, learner.make)
    spread = quality.spread_of(training, answers) if isinstance(table.label, Quantity) else None
    measured = unseen(training, answers)
    kind = measured.kind
    tensors: dict = {"tensor": "probabilities"}
    if spread is not None:
        tensors = {"tensor": "value", "interval": {"tensor": "interval", "coverage": COVERAGE}}
    fitted = learner.fit(training)
    if isinstance(kind, kinds.Multiclass):
        tensors["order"] = [list(fitted.classes_).index(name) for name in kind.label.classes]
    graph = export.to_graph(fitted, table, spread, tensors.pop("order", None))
    golden = parity.rows(training, fitted)
    expected = kinds.expected(kind, fitted, data.features_of(golden.to_dict("records"), table), spread or 0)
    parity_file = parity.written(golden, kind, expected)
    tolerance = contract.TOLERANCE if spread is None else contract.TOLERANCE_OF_VALUES
    document = contract.describe(training, measured, tensors, export.graph_digest(graph), parity_file, tolerance)
    content = export.with_contract(graph, document)
    said = _proven(content, training, learner, fitted, kind, golden, spread or 0, document)
    text = plaincard.write(training, measured, document, learner.described(table), [said])
    return {f"{table.model}.onnx": content, "parity.csv": parity_file, card.FILE: text.encode()}


def unseen(training: Training, answers: np.ndarray) -> Measured:
    """What these answers for unseen rows are worth, with the interval of a value."""
    kind = kinds.of_table(training.table.label, interval=True)
    if isinstance(kind, kinds.Regression):
        spread = quality.spread_of(training, answers)
        answers = np.hstack([answers, answers - spread, answers + spread])
    return quality.measured(training, kind, answers, "")


def _proven(content, training, learner, fitted, kind, golden, spread, document) -> str:
    """Compares ONNX Runtime with scikit-learn on golden rows, all rows, and rows around each threshold."""
    scorer, worst = export.Scorer(content), 0.0
    sets = {
        "golden rows": data.features_of(golden.to_dict("records"), training.table),
        "all training rows": training.features,
        f"rows at each {learner.edges} and one float32 step to each side": parity.at_thresholds(training, fitted),
    }
    for name, rows in sets.items():
        if not len(rows):
            continue
        expected = kinds.expected(kind, fitted, rows, spread)
        answered = scorer.answers(rows, document["output"])
        apart = kinds.differences(kind, expected, answered)
        worst = max(worst, float(apart.max()))
        if not worst <= document["parity"]["tolerance"]:
            raise ParityError(f"ONNX Runtime and scikit-learn differ by {worst:g} on {name}")
        clear = np.array([kind.clear(answer) for answer in expected])
        if not kinds.same_decisions(kind, expected[clear], answered[clear]):
            raise ParityError(f"ONNX Runtime and scikit-learn decide differently on {name}")
    return (
        f"ONNX Runtime agrees with scikit-learn to {document['parity']['tolerance']:g} on {', '.join(sets)}; the files "
        "are written only under this condition"
    )
