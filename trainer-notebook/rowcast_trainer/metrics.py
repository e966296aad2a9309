"""Metrics of the scores of unseen rows, with confidence intervals, overall and by subgroup."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .data import Training
from .model import SEED, cost_by_threshold, folds

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


def bias(truth: np.ndarray, scores: np.ndarray) -> float:
    """The mean score minus the share of positive rows: 0 when the scores are right on average."""
    return float(scores.mean() - truth.mean())


def calibration_error(truth: np.ndarray, scores: np.ndarray) -> float:
    """The mean distance of mean score and share of positive rows, over tenths of the rows by score."""
    rising = np.argsort(scores, kind="stable")
    tenths: list[np.ndarray] = [rising[part] for part in np.array_split(np.arange(len(rising)), 10) if len(part)]
    off = [len(part) * abs(scores[part].mean() - truth[part].mean()) for part in tenths]
    return float(sum(off) / len(truth))


def cost(truth: np.ndarray, scores: np.ndarray, threshold: float, missed: float, needless: float) -> float:
    """The cost per row of acting on the rows at or above the threshold."""
    above = scores >= threshold
    return float((missed * (truth & ~above) + needless * ((1 - truth) & above)).mean())


def saved(truth: np.ndarray, scores: np.ndarray, threshold: float, missed: float, needless: float) -> float:
    """What the threshold saves per row against the better of acting on every row and acting on none."""
    fixed = min(missed * truth.mean(), needless * (1 - truth.mean()))
    return float(fixed) - cost(truth, scores, threshold, missed, needless)


def unseen_cost(training: Training, scores: np.ndarray) -> float:
    """The cost per row when the threshold of each fold is the best one of the other folds: without optimism."""
    missed, needless, truth, spent = training.table.costs.missed, training.table.costs.needless, training.positive, 0.0
    for learn, ask in folds(training):
        by_threshold = cost_by_threshold(truth[learn], scores[learn], missed, needless)
        best = float(by_threshold.threshold.to_numpy()[by_threshold.cost.to_numpy().argmin()])
        spent += len(ask) * cost(truth[ask], scores[ask], best, missed, needless)
    return spent / len(truth)


def cost_band(training: Training, scores: np.ndarray, thresholds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % bootstrap interval of the cost per row at each threshold: low ends, high ends."""
    missed, needless, truth = training.table.costs.missed, training.table.costs.needless, training.positive
    dice, found = np.random.default_rng(SEED), []
    for drawn in _draws(dice, len(truth)):
        positive = np.sort(scores[drawn][truth[drawn] == 1])
        negative = np.sort(scores[drawn][truth[drawn] == 0])
        left_out = np.searchsorted(positive, thresholds, side="left")
        acted_on = len(negative) - np.searchsorted(negative, thresholds, side="left")
        found.append((missed * left_out + needless * acted_on) / len(truth))
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    return low, high


def interval(statistic: Statistic, truth: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    """The 95 % bootstrap interval over the rows. The same rows give the same interval."""
    dice = np.random.default_rng(SEED)
    found = [statistic(truth[drawn], scores[drawn]) for drawn in _draws(dice, len(truth))]
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)


def overall(training: Training, scores: np.ndarray, threshold: float) -> pd.DataFrame:
    """The measures of all rows: value, low and high end of the interval."""
    measures: dict[str, Statistic] = {
        "ROC AUC": auc,
        "Brier score": brier,
        "calibration error": calibration_error,
        "mean score minus share of the positive": bias,
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
        values = groups(training.features[name])
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


def shown(subgroups: pd.DataFrame) -> pd.DataFrame:
    """The subgroups for the report: each interval in the cell of its value, so that the table fits a page."""
    lines = [
        {
            "group": f"{group.feature}: {group.group}",
            "rows": f"{group.rows:,}",
            "positive": f"{group.positive:.1%}",
            "mean score": f"{group['mean score']:.1%}",
            "acted on": f"{group['acted on']:.1%}",
            "ROC AUC (95 %)": f"{group['ROC AUC']:.3f} ({group['AUC low']:.3f} to {group['AUC high']:.3f})",
            "reached (95 %)": f"{group.reached:.1%} ({group['reached low']:.1%} to {group['reached high']:.1%})",
        }
        for _, group in subgroups.iterrows()
    ]
    return pd.DataFrame(lines).set_index("group")


def groups(values: pd.Series) -> pd.Series:
    """A number with more than ten values is split into quarters with about equally many rows."""
    if values.dtype == object:
        return values.replace("", "missing").astype("category")
    if values.nunique() > 10:
        quarters = pd.qcut(values, 4, duplicates="drop")
        ends = values.groupby(quarters, observed=True).agg(["min", "max"])
        return quarters.cat.rename_categories([f"{low:g}–{high:g}" for low, high in ends.itertuples(index=False)])
    return values.map("{:g}".format, na_action="ignore").astype("category")


def _draws(dice: np.random.Generator, rows: int) -> Iterator[np.ndarray]:
    for _ in range(RESAMPLES):
        yield dice.integers(rows, size=rows)
