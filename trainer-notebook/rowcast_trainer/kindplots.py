"""The figures of the report for several classes or numbers."""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.metrics import precision_recall_curve

from .data import Training
from .kindreport import wanted
from .plots import NEGATIVE, POSITIVE
from .quality import Measured


def classes(training: Training, measured: Measured) -> plt.Figure:
    """Of each class precision by recall, and the share of its rows by tenths of its probability."""
    truth, names = wanted(training), training.table.label.classes
    figure, (precise, calibrated) = plt.subplots(1, 2, figsize=(12, 3.9), layout="constrained")
    calibrated.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
    for at, name in enumerate(names):
        there, given = (truth == at).astype(int), measured.answers[:, at]
        precision, recall, _ = precision_recall_curve(there, given)
        precise.plot(recall, precision, label=name)
        tenths = np.array_split(np.argsort(given, kind="stable"), 10)
        tenths = [tenth for tenth in tenths if len(tenth)]
        calibrated.plot([given[t].mean() for t in tenths], [there[t].mean() for t in tenths], "o-", label=name)
    precise.set(xlabel="recall", ylabel="precision", title="Precision and recall of each class", ylim=(0, 1.02))
    calibrated.set(xlabel="mean probability (tenths of the rows)", ylabel="share of the class", title="Calibration")
    precise.legend(fontsize=8)
    return figure


def errors(training: Training, measured: Measured) -> plt.Figure:
    """The share of rows with at most each error, beside that of the mean; the residuals by answer; value by answer."""
    truth, answers = wanted(training), measured.answers
    given, half = answers[:, 0], (answers[:, 2] - answers[:, 1]).mean() / 2
    figure, (curve, residual, value) = plt.subplots(1, 3, figsize=(13, 3.9), layout="constrained")
    share = (np.arange(len(truth)) + 1) / len(truth)
    curve.plot(np.sort(np.abs(truth - given)), share, color=POSITIVE, label="model")
    curve.plot(np.sort(np.abs(truth - truth.mean())), share, color=NEGATIVE, label="always the mean")
    curve.axvline(half, color="grey", linewidth=1, linestyle="--", label="half the interval")
    curve.set(xlabel="error, at most", ylabel="share of the rows", title="Errors", ylim=(0, 1.02))
    curve.legend(fontsize=8)
    residual.plot(given, truth - given, ".", color=NEGATIVE, markersize=2)
    for end in (-half, 0, half):
        residual.axhline(end, color="grey", linewidth=1, linestyle="--")
    residual.set(xlabel="answer", ylabel="value less answer", title="Residuals, with the interval")
    value.plot(given, truth, ".", color=NEGATIVE, markersize=2)
    value.plot([given.min(), given.max()], [given.min(), given.max()], color="grey", linewidth=1, linestyle="--")
    value.set(xlabel="answer", ylabel="value", title="Value by answer")
    return figure
