"""The report's figures."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.metrics import precision_recall_curve, roc_curve

from .data import Training
from .table import Feature

NEGATIVE, POSITIVE = "#7f9fb8", "#c8553d"
COMMON = 10


def by_label(training: Training) -> plt.Figure:
    """Each feature: the number of rows by value (bars), and the share of positive rows for each (dots)."""
    table, truth = training.table, training.positive
    across = 4
    down = -(-len(table.features) // across)
    figure, axes = plt.subplots(down, across, figsize=(14, 2.5 * down), layout="constrained")
    for axis, feature in zip(axes.flat, table.features):
        bins = _bins(training.features[feature.name], feature)
        groups = pd.Series(truth).groupby(bins, sort=True)
        names, sizes = list(groups.size().index), groups.size().to_numpy()
        shares = np.where(sizes >= 10, groups.mean(), np.nan)
        positions = np.arange(len(names))
        axis.bar(positions, sizes, color=NEGATIVE)
        axis.set_xticks(positions, [_short(name) for name in names], fontsize=7)
        axis.set_title(feature.name, fontsize=9)
        share = axis.twinx()
        share.plot(positions, shares, "o", color=POSITIVE, markersize=4)
        share.set_ylim(0, 1 if np.nanmax([*shares, 0]) > 0.75 else 0.75)
        share.tick_params(labelsize=7, colors=POSITIVE)
        axis.tick_params(axis="y", labelsize=7)
    for axis in axes.flat[len(table.features) :]:
        axis.set_visible(False)
    return figure


def calibration(truth: np.ndarray, scores: np.ndarray) -> plt.Figure:
    """Of the rows with a score near p, a share of p should be positive. Bars: 95 % intervals (Wilson)."""
    figure, (curve, spread) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
    rising = np.argsort(scores, kind="stable")
    tenths = [rising[part] for part in np.array_split(np.arange(len(rising)), 10) if len(part)]
    mean, share = (np.array([values[tenth].mean() for tenth in tenths]) for values in (scores, truth))
    low, high = _wilson(share, np.array([len(tenth) for tenth in tenths]))
    curve.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
    curve.errorbar(mean, share, yerr=np.maximum(0, [share - low, high - share]), fmt="o-", color=POSITIVE, capsize=3)
    curve.set(xlabel="mean score (tenths of the rows)", ylabel="share of the positive", title="Calibration")
    bins = np.linspace(0, 1, 41)
    spread.hist(scores[truth == 0], bins, color=NEGATIVE, label="negative")
    spread.hist(scores[truth == 1], bins, color=POSITIVE, alpha=0.75, label="positive")
    spread.set(xlabel="score", ylabel="rows", title="Scores of unseen rows")
    spread.legend()
    return figure


def curves(truth: np.ndarray, scores: np.ndarray, threshold: float) -> plt.Figure:
    """ROC, precision-recall and gain, with the threshold's place on each."""
    figure, (roc, precise, gain) = plt.subplots(1, 3, figsize=(13, 3.9), layout="constrained")
    false, true, _ = roc_curve(truth, scores)
    precision, recall, _ = precision_recall_curve(truth, scores)
    acted = np.arange(len(truth) + 1) / len(truth)
    reached = np.concatenate([[0], np.cumsum(truth[np.argsort(-scores, kind="stable")])]) / truth.sum()
    above, share = scores >= threshold, truth.mean()
    here = {"marker": "o", "color": POSITIVE, "linestyle": "", "label": f"threshold {threshold:g}"}
    chance = {"color": "grey", "linewidth": 1, "linestyle": "--"}
    found = truth[above].sum() / truth.sum()
    for axis, across, up, at in (
        (roc, false, true, ((above & (truth == 0)).sum() / (truth == 0).sum(), found)),
        (precise, recall, precision, (found, truth[above].mean() if above.any() else np.nan)),
        (gain, acted, reached, (above.mean(), found)),
    ):
        axis.plot(across, up, color=NEGATIVE)
        axis.plot(*at, **here)
        axis.legend(fontsize=8, loc="lower right")
        axis.set(xlim=(0, 1), ylim=(0, 1.02))
    roc.plot([0, 1], [0, 1], **chance)
    precise.axhline(share, **chance)
    gain.plot([0, 1], [0, 1], **chance)
    gain.plot([0, share, 1], [0, 1, 1], color="grey", linewidth=1, linestyle=":")
    roc.set(xlabel="share of the negative acted on", ylabel="share of the positive reached", title="ROC")
    precise.set(xlabel="share of the positive reached (recall)", ylabel="precision", title="Precision and recall")
    gain.set(xlabel="share of all rows acted on", ylabel="share of the positive reached", title="Gain")
    return figure


def costs(
    table: pd.DataFrame, threshold: float, unit: str, grid: np.ndarray, low: np.ndarray, high: np.ndarray
) -> plt.Figure:
    """The cost of each threshold, and its 95 % interval at the thresholds of the grid."""
    figure, axis = plt.subplots(figsize=(7, 3.4), layout="constrained")
    axis.fill_between(grid, low, high, color=NEGATIVE, alpha=0.3, linewidth=0, label="95 % interval")
    axis.plot(table["threshold"], table["cost"], color=NEGATIVE)
    axis.axvline(threshold, color=POSITIVE, label=f"threshold {threshold:g}")
    axis.set(xlabel="threshold", ylabel=f"cost per row, in {unit}", title="What a threshold costs")
    axis.legend()
    return figure


def importance(found: pd.DataFrame) -> plt.Figure:
    """The loss of ROC AUC without each feature, the greatest at the top."""
    rising = found.iloc[::-1]
    figure, axis = plt.subplots(figsize=(7, 0.6 + 0.24 * len(rising)), layout="constrained")
    axis.barh(rising.index, rising["mean"], xerr=rising["std"], color=NEGATIVE, ecolor=POSITIVE)
    axis.axvline(0, color="grey", linewidth=1)
    axis.set(xlabel="ROC AUC lost", title="Permutation importance")
    axis.tick_params(axis="y", labelsize=8)
    return figure


def serving(served: pd.DataFrame) -> plt.Figure:
    """Cost per row and quality, one line per depth."""
    figure, axis = plt.subplots(figsize=(7, 3.6), layout="constrained")
    for (depth, sizes), shade in zip(served.groupby(level="depth", sort=False), np.linspace(0.35, 0.95, 8)):
        asked = sizes["µs a row, alone"]
        axis.plot(asked, sizes["ROC AUC"], "o-", color=plt.cm.Blues(shade), label=f"depth {depth}")
    choice = served[served[""] != ""]
    axis.plot(choice["µs a row, alone"], choice["ROC AUC"], "o", color=POSITIVE, markersize=9, label="shipped")
    trees = sorted(set(served.index.get_level_values("trees")))
    title = f"Cost and quality, {', '.join(map(str, trees))} trees from left to right"
    axis.set(xlabel="µs a row, alone", ylabel="ROC AUC", title=title)
    axis.legend(fontsize=8)
    return figure


def _wilson(share: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % interval of each share."""
    z = 1.96
    middle = (share + z**2 / (2 * rows)) / (1 + z**2 / rows)
    half = z / (1 + z**2 / rows) * np.sqrt(share * (1 - share) / rows + z**2 / (4 * rows**2))
    return middle - half, middle + half


def _bins(values: pd.Series, feature: Feature) -> np.ndarray:
    """The bar of each row: the value, or for a number with more than ten values the middle of one of eight ranges."""
    if feature.type == "number" and values.nunique() > 10:
        # Up to the 98th percentile, so that a few outliers do not compress all others into one bar.
        edges = np.linspace(values.min(), values.quantile(0.98), 9)
        middles = (edges[:-1] + edges[1:]) / 2
        middles = np.round(middles) if feature.whole else np.array([float(f"{middle:.3g}") for middle in middles])
        return middles[np.searchsorted(edges[1:-1], values.fillna(values.median()))]
    bins = values.replace("", "missing")
    usual = bins.value_counts().index[:COMMON]
    return bins.where(bins.isin(usual), "others").to_numpy()


def _short(name: object) -> str:
    text = f"{name:g}" if isinstance(name, (int, float, np.floating)) else str(name)
    text = text.removesuffix(" (automatic)")
    return text.replace(" internet service", "\ninternet").replace(" phone service", "\nphone").replace(" ", "\n", 1)
