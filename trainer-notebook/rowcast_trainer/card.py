"""The model card: what the model is for, how good it is and where it is not, as Markdown beside the model."""

import pandas as pd

from . import contract
from .data import Training
from .model import Evaluation
from .table import Forest, Table

FILE = "MODEL_CARD.md"


def write(
    training: Training,
    evaluation: Evaluation,
    measures: pd.DataFrame,
    subgroups: pd.DataFrame,
    costs: dict[str, float],
    document: dict,
) -> str:
    """The card. Every figure comes from what was measured, every opinion from the table file.

    `measures` and `subgroups` are those of `metrics`, `costs` the cost per row by the way to decide, in words.
    """
    table, threshold = training.table, document["output"]["threshold"]
    parts = [
        f"# Model card: {table.model}",
        f"Answers with the {table.meaning}, for each row of `{table.schema}.{table.name}`. "
        f"Version `{document['model']['version']}`.",
        "Made by the notebook that trains the model; nobody edits it.",
        "## Data",
        table.report.about,
        _data(training),
        "## Intended use",
        table.report.use,
        "## Limits",
        "\n".join(f"- {limit}" for limit in [*table.report.limits, table.report.ceiling] if limit),
        "## The model",
        _forest(table.forest),
        "## How good it is",
        _quality(training, evaluation),
        _table(
            ["measure", "value", "95 % interval"],
            [[name, f"{m.value:.3f}", f"{m.low:.3f} to {m.high:.3f}"] for name, m in measures.iterrows()],
        ),
        f"*Positive* is a row with {_positive(table)}, *acted on* one at or above the threshold. The threshold was "
        "chosen on these scores, so the shares are a little optimistic.",
        "## Subgroups",
        _subgroups(subgroups),
        "## Threshold and costs",
        f"**{threshold:g}**. To miss a positive row is taken to cost {table.costs.missed:g} and to act on another one "
        f"{table.costs.needless:g} (in {table.costs.unit}): an assumption of the table file. Cost per row:",
        _table(["decision", "cost"], [[how, f"{cost:.3f}"] for how, cost in costs.items()]),
        "## Parity",
        f"ONNX Runtime agrees with scikit-learn to {contract.TOLERANCE:g} on the {document['parity']['rows']} golden "
        "rows of `parity.csv`, on all training rows, and on rows at each threshold of the forest and one float32 step "
        "to each side; no decision differs. The files are written only when this holds. "
        f"{len(document['golden'])} of the golden rows travel in the model's contract: the predictor scores them before it "
        "takes events.",
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _positive(table: Table) -> str:
    return f"`{table.label.name}` = `{table.label.positive}`"


def _data(training: Training) -> str:
    left_out = ", ".join(f"{count:,} rows {why}" for why, count in training.left_out.items())
    lines = [
        ["source", training.name],
        ["licence", training.licence],
        [
            "rows",
            f"{len(training.features):,}, {training.positive.mean():.1%} of them with {_positive(training.table)}",
        ],
        ["left out", left_out or "no row"],
        ["digest", f"`{training.digest}`"],
        ["features", ", ".join(f"`{name}`" for name in training.table.feature_names)],
    ]
    return _table(["", ""], lines)


def _forest(forest: Forest) -> str:
    limit = f"depth at most {forest.depth}" if forest.depth else "depth without a limit"
    return (
        f"A random forest of {forest.trees} trees ({limit}, at least {forest.rows_per_leaf} rows in a leaf) on one "
        "column per known category and on the numbers; a missing number becomes the median, an unknown or missing "
        "category a row of zeros. All of it is in the ONNX file."
    )


def _quality(training: Training, evaluation: Evaluation) -> str:
    auc, brier, share = evaluation.auc, evaluation.brier, training.positive.mean()
    return (
        f"Rows that the forest had not seen, from {len(auc)} stratified folds in which equal rows stay together: "
        f"ROC AUC **{auc.mean():.3f} ± {auc.std(ddof=1):.3f}**, Brier score **{brier.mean():.3f} ± "
        f"{brier.std(ddof=1):.3f}** (mean and standard deviation of the folds; always answering {share:.3f} has 0.5 "
        f"and {share * (1 - share):.3f}). Over all rows, with 95 % intervals of a bootstrap:"
    )


def _subgroups(found: pd.DataFrame) -> str:
    if found.empty:
        return "The table file names none."
    lines = [
        [
            f"{group.feature}: {group.group}",
            f"{group.rows:,}",
            f"{group.positive:.1%}",
            f"{group['mean score']:.1%}",
            f"{group['acted on']:.1%}",
            f"{group['ROC AUC']:.3f} ({group['AUC low']:.3f} to {group['AUC high']:.3f})",
            f"{group.reached:.1%} ({group['reached low']:.1%} to {group['reached high']:.1%})",
        ]
        for _, group in found.iterrows()
    ]
    head = ["group", "rows", "positive", "mean score", "acted on", "ROC AUC (95 %)", "positive reached (95 %)"]
    return _table(head, lines)


def _table(head: list[str], lines: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *lines])
