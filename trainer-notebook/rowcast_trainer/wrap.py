"""Gives a model of any tool its contract: measures it on rows with a known label, and proves it with golden rows."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from . import adapter, card, contract, data, export, kinds, parity, plaincard, predictions, quality
from .adapter import ModelError, Wishes
from .data import DataError, Training

#: How far a graph's probabilities of a row may be from a sum of 1.
SUM = 1e-3


@dataclass(frozen=True)
class Wrapped:
    """The files, and what the user must know."""

    files: dict[str, bytes]
    said: list[str]


def wrap(
    model: Path, training: Training, wishes: Wishes, holdout: Training | None = None, checked: Path | None = None
) -> Wrapped:
    """Raises `ModelError` when the model cannot be served, and `DataError` when a file cannot be used."""
    try:
        content = model.read_bytes()
    except OSError as error:
        raise ModelError(f"it cannot be read: {error.strerror}") from error
    adapted = adapter.adapted(content, training, wishes)
    scorer = export.Scorer(export.with_contract(adapted.graph, {}))
    output = dict(adapted.tensors)
    kind = kinds.of_table(training.table.label, interval="interval" in output)
    known = holdout or training
    answers = _answers(scorer, known.features, output, kind, "a row of the data")
    if isinstance(kind, kinds.Binary):
        kind = replace(kind, threshold=quality.threshold_of(known, answers, answers))
        if not 0 < kind.threshold < 1:
            raise ModelError("each row of the data has the same score")
    how = f" (metrics on {holdout.name})" if holdout else " (metrics in-sample)"
    measured = quality.measured(known, kind, answers, how, wishes.coverage)
    _plausible(kind, measured, adapted.tensors)

    golden = parity.rows(training, None)
    features = data.features_of(golden.to_dict("records"), training.table)
    _no_answer_for_missing(scorer, training, output)
    expected = _answers(scorer, features, output, kind, "a golden row")
    said = [*adapted.notes, _how_measured(holdout, known)]
    if checked:
        theirs = predictions.read(checked, training, kind)
        answered = _answers(scorer, theirs.features, output, kind, f"a row of {checked.name}")
        fault = predictions.fault(kind, theirs, answered, checked.name)
        if fault:
            raise ModelError(fault)
        taken = predictions.kept(theirs)
        golden = pd.concat([theirs.rows.iloc[taken], golden], ignore_index=True)
        expected = np.concatenate([theirs.answers[taken], expected])
        said.append(
            f"{len(theirs.answers)} scores of {checked.name} agree with the graph's, {len(taken)} are golden rows"
        )
    else:
        said.append("not compared with the scores of the model's own library: --check-with predictions.csv does")
    parity_file = parity.written(golden, kind, expected)
    digest = export.graph_digest(adapted.graph)
    try:
        document = contract.describe(training, measured, output, digest, parity_file, predictions.TOLERANCE)
    except ValueError as error:
        raise ModelError(str(error)) from error
    text = plaincard.write(training, measured, document, _origin(model, adapted.graph), said)
    files = {
        f"{training.table.model}.onnx": export.with_contract(adapted.graph, document),
        "parity.csv": parity_file,
        card.FILE: text.encode(),
    }
    return Wrapped(files, [*said, f"{document['model']['version']}: {_shown(measured.metrics)}"])


def _answers(scorer: export.Scorer, features: pd.DataFrame, output: dict, kind: kinds.Kind, what: str) -> np.ndarray:
    """The graph's answers, each of which the predictor would accept."""
    answers = scorer.answers(features, output)
    width = 3 if isinstance(kind, kinds.Regression) and kind.interval else answers.shape[1]
    if answers.shape[1] != width:
        raise ModelError(f"the interval's output has {answers.shape[1] - 1} columns, expected are lower and upper")
    if not np.isfinite(answers).all():
        at = int(np.argmin(np.isfinite(answers).all(axis=1)))
        raise ModelError(f"it gives no number for {what} ({at + 1} of {len(answers)})")
    if isinstance(kind, kinds.Regression):
        if kind.interval and not ((answers[:, 1] <= answers[:, 0]) & (answers[:, 0] <= answers[:, 2])).all():
            raise ModelError(f"the value of {what} is not in its interval")
    elif answers.min() < 0 or answers.max() > 1 + 1e-6:
        raise ModelError(
            f"its output is no probability: {answers.min():g} to {answers.max():g} for the rows of the data; a score "
            "needs a sigmoid or softmax in the graph"
        )
    elif isinstance(kind, kinds.Multiclass) and np.abs(answers.sum(axis=1) - 1).max() > SUM:
        raise ModelError(f"the probabilities of {what} have the sum {answers.sum(axis=1)[0]:g}, not 1")
    return answers


def _no_answer_for_missing(scorer: export.Scorer, training: Training, output: dict) -> None:
    from .model import blanked

    some = training.features.head(20)
    for feature in training.table.features:
        if feature.missing == "impute" and not np.isfinite(scorer.answers(blanked(some, feature), output)).all():
            raise ModelError(
                f"it gives no number when {feature.name} is missing: impute it in the exported pipeline, or write "
                f'missing = "reject" for {feature.name} into the table file'
            )


def _plausible(kind: kinds.Kind, measured: quality.Measured, tensors: dict) -> None:
    if isinstance(kind, kinds.Binary) and measured.metrics["roc_auc"] < 0.5:
        label = kind.label
        raise ModelError(
            f"the ROC AUC is {measured.metrics['roc_auc']:.3f} with column {tensors['column']} of the output as the "
            f"probability of {label.positive!r}: say the order of the columns with --classes "
            f"{label.positive},{label.negative}"
        )


def _how_measured(holdout: Training | None, known: Training) -> str:
    if holdout:
        return f"metrics and threshold are measured on {len(known.label):,} rows of {holdout.name}"
    return (
        "metrics and threshold are IN-SAMPLE if the model was trained on these rows, so they look better than they "
        "are: --holdout rows.csv measures on others"
    )


def _origin(model: Path, graph) -> str:
    maker = " ".join(part for part in (graph.producer_name, graph.producer_version) if part)
    return (
        f"An ONNX model of another tool (`{model.name}`{f', written by {maker}' if maker else ''}), wrapped as it is."
    )


def _shown(metrics: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in metrics.items())


__all__ = ["DataError", "ModelError", "Wishes", "Wrapped", "wrap"]
