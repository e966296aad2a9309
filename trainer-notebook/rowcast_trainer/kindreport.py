"""What the report for several classes or numbers measures: the comparison, the measures, the groups."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from . import kinds, metrics, quality
from .data import Training
from .kinds import Kind, Multiclass
from .learners import SPLINES, TREES
from .metrics import LEAST_ROWS, interval
from .model import folds
from .quality import Measured

#: What the paired test compares, by kind: its name, and whether a greater value is better.
COMPARED = {"multiclass": ("ROC AUC", True), "regression": ("RMSE", False)}

Of = Callable[[np.ndarray, np.ndarray], float]


def wanted(training: Training) -> np.ndarray:
    """The truth as numbers: the index of the class in the table file, or the value."""
    label = training.table.label
    if label.kind == "regression":
        return training.label.to_numpy(float)
    return np.array([label.classes.index(value) for value in training.label])


def measures(kind: Kind) -> dict[str, Of]:
    """Of the truth and the answers, by name in the report; the compared one is the first."""
    if isinstance(kind, Multiclass):
        return {
            "ROC AUC": separation,
            "log loss": log_loss,
            "accuracy": accuracy,
            "calibration error": calibration_error,
        }
    found: dict[str, Of] = {"RMSE": rmse, "MAE": mae, "R²": r2, "mean residual": bias}
    return {**found, "values in their interval": covered} if kind.interval else found


def separation(truth: np.ndarray, answers: np.ndarray) -> float:
    """The ROC AUC of each class against the others, averaged over the classes that there are."""
    found = [metrics.auc((truth == at).astype(int), answers[:, at]) for at in range(answers.shape[1])]
    return float(np.nanmean(found)) if not np.isnan(found).all() else float("nan")


def log_loss(truth: np.ndarray, answers: np.ndarray) -> float:
    certain = np.clip(answers, 1e-15, 1)
    return float(-np.mean(np.log(certain[np.arange(len(truth)), truth] / certain.sum(axis=1))))


def accuracy(truth: np.ndarray, answers: np.ndarray) -> float:
    return float(np.mean(np.argmax(answers, axis=1) == truth))


def calibration_error(truth: np.ndarray, answers: np.ndarray) -> float:
    """That of the probability of each class, averaged over the classes."""
    return float(np.mean([metrics.calibration_error(truth == at, answers[:, at]) for at in range(answers.shape[1])]))


def gained(truth: np.ndarray, answers: np.ndarray) -> float:
    """How much smaller the log loss is than that of always answering with the share of each class."""
    shares = np.bincount(truth, minlength=answers.shape[1]) / len(truth)
    there = shares[shares > 0]
    return float(-np.sum(there * np.log(there))) - log_loss(truth, answers)


def precision(truth: np.ndarray, answers: np.ndarray, at: int) -> float:
    decided = np.argmax(answers, axis=1) == at
    return float(np.mean(truth[decided] == at)) if decided.any() else float("nan")


def recall(truth: np.ndarray, answers: np.ndarray, at: int) -> float:
    there = truth == at
    return float(np.mean(np.argmax(answers[there], axis=1) == at)) if there.any() else float("nan")


def _against_others(truth: np.ndarray, answers: np.ndarray, at: int) -> float:
    return metrics.auc((truth == at).astype(int), answers[:, at])


def rmse(truth: np.ndarray, answers: np.ndarray) -> float:
    return float(np.sqrt(np.mean((truth - answers[:, 0]) ** 2)))


def mae(truth: np.ndarray, answers: np.ndarray) -> float:
    return float(np.mean(np.abs(truth - answers[:, 0])))


def r2(truth: np.ndarray, answers: np.ndarray) -> float:
    """The share of the variance that the answers explain: 0 when they are no better than the mean."""
    around = np.mean((truth - truth.mean()) ** 2)
    return float(1 - np.mean((truth - answers[:, 0]) ** 2) / around) if around else 0.0


def bias(truth: np.ndarray, answers: np.ndarray) -> float:
    """The value less the answer, on average."""
    return float(np.mean(truth - answers[:, 0]))


def covered(truth: np.ndarray, answers: np.ndarray) -> float:
    return float(np.mean((answers[:, 1] <= truth) & (truth <= answers[:, 2])))


def compared(training: Training, answers: np.ndarray, repeats: int) -> tuple[pd.DataFrame, np.ndarray]:
    """One line per model and fold, with the measures; and the reference's answers on the folds of the first repeat.

    `answers` are the forest's on these folds, which are not computed again.
    """
    kind, truth = kinds.of_table(training.table.label), wanted(training)
    lines, first = [], np.empty(0)
    for repeat in range(repeats):
        by_forest = quality.by_folds(training, TREES.make, repeat) if repeat else answers
        by_reference = quality.by_folds(training, SPLINES.make, repeat)
        first = first if repeat else by_reference
        for fold, (_, ask) in enumerate(folds(training, repeat)):
            for name, given in ((TREES.name, by_forest), (SPLINES.name, by_reference)):
                lines.append((name, repeat, fold, *(of(truth[ask], given[ask]) for of in measures(kind).values())))
    return pd.DataFrame(lines, columns=["model", "repeat", "fold", *measures(kind)]), first


def overall(training: Training, measured: Measured) -> pd.DataFrame:
    """The measures of all rows: value, low and high end of the 95 % interval."""
    truth, answers = wanted(training), measured.answers
    lines = {name: (of(truth, answers), *interval(of, truth, answers)) for name, of in measures(measured.kind).items()}
    return pd.DataFrame.from_dict(lines, orient="index", columns=["value", "low", "high"])


def by_class(training: Training, measured: Measured) -> pd.DataFrame:
    """Of each class the rows, precision, recall and ROC AUC against the others, each with its 95 % interval."""
    truth, answers, lines = wanted(training), measured.answers, {}
    for at, name in enumerate(training.table.label.classes):
        of_class: dict[str, Of] = {
            "precision": partial(precision, at=at),
            "recall": partial(recall, at=at),
            "ROC AUC": partial(_against_others, at=at),
        }
        said = {f"{what} (95 %)": _with_interval(of, truth, answers) for what, of in of_class.items()}
        lines[name] = {"rows": f"{(truth == at).sum():,}", **said}
    return pd.DataFrame.from_dict(lines, orient="index")


def confusion(training: Training, measured: Measured) -> pd.DataFrame:
    """Rows by true class (line) and predicted class (column)."""
    classes, truth = training.table.label.classes, wanted(training)
    counts = np.zeros((len(classes), len(classes)), dtype=int)
    np.add.at(counts, (truth, np.argmax(measured.answers, axis=1)), 1)
    return pd.DataFrame(counts, index=classes, columns=[f"as {name}" for name in classes])


def by_subgroup(training: Training, measured: Measured) -> pd.DataFrame:
    """The measures by the value of each feature that the table file names as subgroup; small groups are omitted."""
    truth, answers, lines = wanted(training), measured.answers, {}
    for name in training.table.report.subgroups:
        values = metrics.groups(training.features[name])
        for value in values.cat.categories:
            there = (values == value).to_numpy()
            if there.sum() >= LEAST_ROWS:
                lines[f"{name}: {value}"] = {
                    "rows": f"{there.sum():,}",
                    **{
                        f"{what} (95 %)": _with_interval(of, truth[there], answers[there])
                        for what, of in measures(measured.kind).items()
                    },
                }
    return pd.DataFrame.from_dict(lines, orient="index")


def coverage_by_size(training: Training, measured: Measured) -> pd.DataFrame:
    """By tenths of the rows in the order of the answer: its ends, mean residual, MAE, and share in the interval."""
    truth, answers = wanted(training), measured.answers
    rising = np.argsort(answers[:, 0], kind="stable")
    lines = []
    for part in np.array_split(rising, min(10, len(rising))):
        given, of = answers[part], truth[part]
        lines.append(
            {
                "answers": f"{given[:, 0].min():.4g} to {given[:, 0].max():.4g}",
                "rows": f"{len(part):,}",
                "mean residual": f"{bias(of, given):+.4g}",
                "MAE": f"{mae(of, given):.4g}",
                "in the interval": f"{covered(of, given):.1%}",
            }
        )
    return pd.DataFrame(lines).set_index("answers")


def _with_interval(of: Of, truth: np.ndarray, answers: np.ndarray) -> str:
    low, high = interval(of, truth, answers)
    return f"{of(truth, answers):.3f} ({low:.3f} to {high:.3f})"
