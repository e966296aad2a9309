"""Metrics of the scores of unseen rows, with confidence intervals, overall and by subgroup."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .data import Training
from .model import SEED

RESAMPLES = 400
DECILE = 0.1
LEAST_ROWS = 30

Statistic = Callable[[np.ndarray, np.ndarray], float]


def auc(truth: np.ndarray, scores: np.ndarray) -> float:
    """The probability that a positive row has a higher score than a negative one; NaN without rows of both kinds."""
    positives = int(truth.sum())
    negatives = len(truth) - positives
    if not positives or not negatives:
        return float("nan")
    ranks = rankdata(scores)[truth == 1].sum()
    return float((ranks - positives * (positives + 1) / 2) / (positives * negatives))


def brier(truth: np.ndarray, scores: np.ndarray) -> float:
    return float(np.mean((scores - truth) ** 2))


def lift(truth: np.ndarray, scores: np.ndarray) -> float:
    """The share of positive rows in the tenth with the highest scores, divided by the share in all rows."""
    top = np.argsort(-scores, kind="stable")[: max(1, round(DECILE * len(scores)))]
    return float(truth[top].mean() / truth.mean()) if truth.any() else float("nan")


def acted(truth: np.ndarray, scores: np.ndarray, threshold: float) -> float:
    """The share of the rows at or above the threshold."""
    return float(np.mean(scores >= threshold))


def reached(truth: np.ndarray, scores: np.ndarray, threshold: float) -> float:
    """The share of the positive rows at or above the threshold."""
    return float(np.mean(scores[truth == 1] >= threshold)) if truth.any() else float("nan")


def right(truth: np.ndarray, scores: np.ndarray, threshold: float) -> float:
    """The share of positive rows among those at or above the threshold."""
    above = scores >= threshold
    return float(truth[above].mean()) if above.any() else float("nan")


def interval(statistic: Statistic, truth: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    """The 95 % bootstrap interval over the rows. The same rows give the same interval."""
    dice = np.random.default_rng(SEED)
    found = [statistic(truth[drawn], scores[drawn]) for drawn in _draws(dice, len(truth))]
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)


def overall(training: Training, scores: np.ndarray, threshold: float) -> pd.DataFrame:
    """The measures of all rows: value, low and high end of the interval."""
    measures = {
        "ROC AUC": auc,
        "Brier score": brier,
        "lift in the top tenth": lift,
        "share acted on": partial(acted, threshold=threshold),
        "share of the positive reached": partial(reached, threshold=threshold),
        "share of those acted on that are positive": partial(right, threshold=threshold),
    }
    truth = training.positive
    lines = {name: (of(truth, scores), *interval(of, truth, scores)) for name, of in measures.items()}
    return pd.DataFrame.from_dict(lines, orient="index", columns=["value", "low", "high"])


def by_subgroup(training: Training, scores: np.ndarray, threshold: float) -> pd.DataFrame:
    """The measures by the value of each feature that the table file names as subgroup; small groups are omitted."""
    lines = []
    for name in training.table.report.subgroups:
        values = _groups(training.features[name])
        for value in values.cat.categories:
            there = (values == value).to_numpy()
            truth, given = training.positive[there], scores[there]
            if len(truth) < LEAST_ROWS or min(truth.sum(), (1 - truth).sum()) < 5:
                continue
            of = partial(reached, threshold=threshold)
            lines.append(
                {
                    "feature": name,
                    "group": str(value),
                    "rows": len(truth),
                    "positive": truth.mean(),
                    "mean score": given.mean(),
                    "acted on": acted(truth, given, threshold),
                    "ROC AUC": auc(truth, given),
                    **dict(zip(("AUC low", "AUC high"), interval(auc, truth, given))),
                    "reached": of(truth, given),
                    **dict(zip(("reached low", "reached high"), interval(of, truth, given))),
                }
            )
    return pd.DataFrame(lines)


def _groups(values: pd.Series) -> pd.Series:
    """A number with more than ten values is split into quarters with about equally many rows."""
    if values.dtype == object:
        return values.replace("", "missing").astype("category")
    if values.nunique() > 10:
        quarters = pd.qcut(values, 4, duplicates="drop")
        ends = values.groupby(quarters, observed=True).agg(["min", "max"])
        return quarters.cat.rename_categories([f"{low:g}–{high:g}" for low, high in ends.itertuples(index=False)])
    return values.map("{:g}".format, na_action="ignore").astype("category")


def _draws(dice: np.random.Generator, rows: int):
    for _ in range(RESAMPLES):
        yield dice.integers(rows, size=rows)
