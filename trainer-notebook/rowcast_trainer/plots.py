"""The report's pictures."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.calibration import calibration_curve

from .data import Training

STAYS, LEAVES = "#7f9fb8", "#c8553d"


def by_label(training: Training) -> plt.Figure:
    """Each feature: how the rows spread over its values (bars), and the share of leavers at each (dots)."""
    table, leaves = training.table, training.leaves
    across = 4
    down = -(-len(table.features) // across)
    figure, axes = plt.subplots(down, across, figsize=(14, 2.5 * down), layout="constrained")
    for axis, feature in zip(axes.flat, table.features):
        values = training.features[feature.name]
        if feature.type == "number" and values.nunique() > 10:
            edges = np.linspace(values.min(), values.max(), 9)
            middles = np.round((edges[:-1] + edges[1:]) / 2)
            bins = middles[np.searchsorted(edges[1:-1], values.fillna(values.median()))]
        else:
            bins = values.replace("", "missing")
        groups = pd.Series(leaves).groupby(np.asarray(bins), sort=True)
        names, sizes, shares = map(list, (groups.size().index, groups.size(), groups.mean()))
        positions = np.arange(len(names))
        axis.bar(positions, sizes, color=STAYS)
        axis.set_xticks(positions, [_short(name) for name in names], fontsize=7)
        axis.set_title(feature.name, fontsize=9)
        share = axis.twinx()
        share.plot(positions, shares, "o", color=LEAVES, markersize=4)
        share.set_ylim(0, 0.75)
        share.tick_params(labelsize=7, colors=LEAVES)
        axis.tick_params(axis="y", labelsize=7)
    for axis in axes.flat[len(table.features) :]:
        axis.set_visible(False)
    return figure


def calibration(leaves: np.ndarray, scores: np.ndarray) -> plt.Figure:
    """Of the rows with a score near p, a share of p should leave."""
    figure, (curve, spread) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
    share, mean = calibration_curve(leaves, scores, n_bins=10, strategy="quantile")
    curve.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
    curve.plot(mean, share, "o-", color=LEAVES)
    curve.set(xlabel="mean score (tenths of the rows)", ylabel="share that left", title="Calibration")
    bins = np.linspace(0, 1, 41)
    spread.hist(scores[leaves == 0], bins, color=STAYS, label="stayed")
    spread.hist(scores[leaves == 1], bins, color=LEAVES, alpha=0.75, label="left")
    spread.set(xlabel="score", ylabel="rows", title="Scores of rows the forest had not seen")
    spread.legend()
    return figure


def costs(table: pd.DataFrame, threshold: float) -> plt.Figure:
    figure, axis = plt.subplots(figsize=(7, 3.4), layout="constrained")
    axis.plot(table["threshold"], table["cost"], color=STAYS)
    axis.axvline(threshold, color=LEAVES, label=f"threshold {threshold:g}")
    axis.set(xlabel="threshold", ylabel="cost per row, in calls", title="What a threshold costs")
    axis.legend()
    return figure


def _short(name: object) -> str:
    text = f"{name:g}" if isinstance(name, (int, float, np.floating)) else str(name)
    text = text.removesuffix(" (automatic)")
    return text.replace(" internet service", "\ninternet").replace(" phone service", "\nphone").replace(" ", "\n", 1)
