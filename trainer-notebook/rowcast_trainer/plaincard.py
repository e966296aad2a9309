"""The model card of a wrapped model, and of a forest for several classes or numbers."""

import numpy as np

from . import kinds, quality
from .card import opening, table_of
from .data import Training
from .quality import Measured

NAMES = {
    "roc_auc": "ROC AUC",
    "brier": "Brier score",
    "accuracy": "accuracy",
    "log_loss": "log loss",
    "rmse": "root mean squared error",
    "mae": "mean absolute error",
    "r2": "R²",
    "covered": "share of the values in their interval",
}


def write(training: Training, measured: Measured, document: dict, origin: str, said: list[str]) -> str:
    """The card. `origin` describes the model, `said` are facts about its checks, a line each."""
    table, golden = training.table, document["golden"]
    known = f"in {len(measured.folds)} parts of the rows"
    parts = [
        *opening(table, document, "Generated with the model; do not edit it."),
        _data(training),
        "## Intended use",
        table.report.use,
        "## Limits",
        "\n".join(f"- {limit}" for limit in [*table.report.limits, table.report.ceiling] if limit) or "None stated.",
        "## The model",
        origin,
        "## Quality",
        f"Mean and standard deviation {known}: {_how(measured)}.",
        table_of(
            ["measure", "mean", "± sd"],
            [
                [NAMES[name], _number(measured.folds[name].mean()), _spread(measured.folds[name].std(ddof=1))]
                for name in measured.folds.columns
            ],
        ),
        *_of_kind(training, measured),
        "## Parity",
        f"{document['parity']['rows']} golden rows are in `parity.csv`, {len(golden)} of them in the model's contract: "
        "the predictor scores them before it accepts events.",
        "\n".join(f"- {line}" for line in said),
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _how(measured: Measured) -> str:
    if not measured.how:
        return "unseen rows, from folds in which equal rows stay together"
    if "in-sample" in measured.how:
        return "**in-sample**, if the model was trained on these rows: the true quality is lower"
    return measured.how.strip(" ()").replace("metrics on", "rows of")


def _data(training: Training) -> str:
    omitted = ", ".join(f"{count:,} rows {why}" for why, count in training.left_out.items())
    return table_of(
        ["", ""],
        [
            ["source", training.name],
            ["licence", training.licence],
            ["rows", f"{len(training.features):,}"],
            ["omitted", omitted or "no row"],
            ["digest", f"`{training.digest}`"],
            ["features", ", ".join(f"`{name}`" for name in training.table.feature_names)],
        ],
    )


def _of_kind(training: Training, measured: Measured) -> list[str]:
    kind = measured.kind
    if isinstance(kind, kinds.Binary):
        return (
            _threshold(training, measured)
            if len(measured.answers) == len(training.label)
            else ["## Threshold", f"**{kind.threshold:g}**, chosen on the rows above by the costs of the table file."]
        )
    if isinstance(kind, kinds.Multiclass):
        return _classes(training, measured)
    unit = f" ({kind.label.unit})" if kind.label.unit else ""
    values = training.label.to_numpy(float)
    ends = (
        f"The values of `{kind.label.name}`{unit} are {_number(values.min())} to {_number(values.max())}, "
        f"on average {_number(values.mean())}."
    )
    if not kind.interval:
        return [ends]
    width = float(np.mean(measured.answers[:, 2] - measured.answers[:, 1]))
    return [ends, f"An interval with a stated coverage of {measured.coverage:.0%} is on average {_number(width)} wide."]


def _threshold(training: Training, measured: Measured) -> list[str]:
    costs, label = training.table.costs, training.table.label
    return [
        "## Threshold and costs",
        f"**{measured.kind.threshold:g}**: from it upwards the label is `{label.positive}`. Assumption of the table "
        f"file: missing a positive row costs {costs.missed:g}, acting on a negative one {costs.needless:g} (in "
        f"{costs.unit}). Cost per row:",
        table_of(
            ["decision", "cost"], [[how, f"{cost:.3f}"] for how, cost in quality.costs_of(training, measured).items()]
        ),
    ]


def _classes(training: Training, measured: Measured) -> list[str]:
    names = measured.kind.label.classes
    if len(measured.answers) != len(training.label):
        return []
    truth, decided = training.label.to_numpy(), np.array(names, dtype=object)[np.argmax(measured.answers, axis=1)]
    lines = [
        [f"`{wanted}`", *(f"{int(((truth == wanted) & (decided == given)).sum()):,}" for given in names)]
        for wanted in names
    ]
    return [
        "Rows by true class (line) and predicted class (column):",
        table_of(["", *(f"`{n}`" for n in names)], lines),
    ]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) >= 1 else f"{value:.3f}"


def _spread(value: float) -> str:
    """Two digits: a standard deviation of five values has no more."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"
