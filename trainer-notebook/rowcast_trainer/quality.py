"""How good the answers for known rows are, for each kind of label: by folds for training, on given rows for wrap."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from . import kinds
from .data import FOLDS, Training
from .kinds import Binary, Kind, Multiclass
from .model import SEED, Make, cost_by_threshold, fitted, folds, of, settle_threshold

#: The share of the rows whose value lies in the interval of a regression.
COVERAGE = 0.9


@dataclass(frozen=True)
class Measured:
    """Answers for rows with a known label, and what they are worth.

    `metrics` are those of the contract, `folds` the same by part of the rows, and `how` says which rows these are.
    """

    kind: Kind
    answers: np.ndarray
    metrics: dict[str, float]
    folds: pd.DataFrame
    how: str
    coverage: float = COVERAGE


def by_folds(
    training: Training, make: Make = of, repeat: int = 0, say: Callable[[str], object] = lambda line: None
) -> np.ndarray:
    """The answers for each row by a model that was not trained on it."""
    kind = kinds.of_table(training.table.label)
    answers = None
    for number, (learn, ask) in enumerate(folds(training, repeat), 1):
        model = fitted(make(training), training.features.iloc[learn], training.label.iloc[learn])
        given = kinds.expected(kind, model, training.features.iloc[ask])
        if answers is None:
            answers = np.full((len(training.label), given.shape[1]), np.nan)
        answers[ask] = given
        say(f"fold {number} of {FOLDS} scored")
    return answers


def spread_of(training: Training, answers: np.ndarray, coverage: float = COVERAGE) -> float:
    """Half the width of an interval that holds this share of the rows: the quantile of the errors on unseen rows."""
    errors = np.sort(np.abs(training.label.to_numpy(float) - answers[:, 0]))
    return float(np.float32(errors[min(len(errors) - 1, int(np.ceil(coverage * (len(errors) + 1))) - 1)]))


def measured(training: Training, kind: Kind, answers: np.ndarray, how: str, coverage: float = COVERAGE) -> Measured:
    """The metrics of these answers: their mean over five parts of the rows, and the standard deviation.

    Unseen rows (without a `how`) are parted into their folds.
    """
    parts = _parts(training) if how else [ask for _, ask in folds(training)]
    lines = [_metrics(kind, training.label.to_numpy()[part], answers[part]) for part in parts]
    parts = pd.DataFrame(lines, index=pd.RangeIndex(1, len(lines) + 1, name="part"))
    return Measured(kind, answers, _summary(kind, parts), parts, how, coverage)


def threshold_of(training: Training, answers: np.ndarray, shown: np.ndarray) -> float:
    """The threshold with the least cost on these answers, in a gap between the scores that the graph gives."""
    costs, truth = training.table.costs, training.positive
    by_threshold = cost_by_threshold(truth, answers[:, 0], costs.missed, costs.needless)
    wanted = float(by_threshold.threshold[by_threshold.cost.idxmin()])
    return min(max(settle_threshold(wanted, shown[:, 0]), 1e-6), 1 - 1e-6)


def costs_of(training: Training, measured: Measured) -> dict[str, float]:
    """The cost per row of each way to decide."""
    costs, truth, scores = training.table.costs, training.positive, measured.answers[:, 0]

    def cost(line: float) -> float:
        return float(np.mean(np.where(truth == 1, costs.missed * (scores < line), costs.needless * (scores >= line))))

    return {
        f"threshold {measured.kind.threshold:g}": cost(measured.kind.threshold),
        "threshold 0.5": cost(0.5),
        "act on no row": float(costs.missed * truth.mean()),
        "act on every row": float(costs.needless * (1 - truth.mean())),
    }


def _parts(training: Training) -> list[np.ndarray]:
    if isinstance(kinds.of_table(training.table.label), kinds.Regression):
        return [ask for _, ask in folds(training)]
    # By class in turn: each part has rows of each class, however many rows are equal.
    shuffled = np.random.default_rng(SEED).permutation(len(training.label))
    order = shuffled[np.argsort(pd.factorize(training.label.to_numpy()[shuffled])[0], kind="stable")]
    return [order[start::FOLDS] for start in range(FOLDS)]


def _metrics(kind: Kind, truth: np.ndarray, answers: np.ndarray) -> dict[str, float]:
    if isinstance(kind, Binary):
        positive = (truth == kind.label.positive).astype(int)
        return {
            "roc_auc": roc_auc_score(positive, answers[:, 0]),
            "brier": brier_score_loss(positive, answers[:, 0]),
        }
    if isinstance(kind, Multiclass):
        names = list(kind.label.classes)
        decided = np.argmax(answers, axis=1)
        wanted = np.array([names.index(label) for label in truth])
        certain = np.clip(answers, 1e-15, None)
        return {
            "accuracy": float(np.mean(decided == wanted)),
            "log_loss": float(log_loss(wanted, certain / certain.sum(axis=1, keepdims=True), labels=range(len(names)))),
        }
    error = truth.astype(float) - answers[:, 0]
    around = np.mean((truth.astype(float) - truth.astype(float).mean()) ** 2)
    found = {
        "rmse": float(np.sqrt(np.mean(error**2))),
        "mae": float(np.mean(np.abs(error))),
        "r2": float(1 - np.mean(error**2) / around) if around else 0.0,
    }
    if kind.interval:
        found["covered"] = float(np.mean((answers[:, 1] <= truth) & (truth <= answers[:, 2])))
    return found


def _summary(kind: Kind, parts: pd.DataFrame) -> dict[str, float]:
    main = {"binary": "roc_auc", "multiclass": "accuracy", "regression": "rmse"}[kind.label.kind]
    found = {}
    for name in parts.columns:
        found[name] = round(float(parts[name].mean()), 6)
        if name == main:
            found[f"{name}_sd"] = round(float(parts[name].std(ddof=1)), 6)
    return found
