"""Searches for the forest size by nested cross-validation: a choice on some rows is evaluated on others."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from .data import FOLDS, Training
from .model import SEED, categories_of, columns, folds

INNER_FOLDS = 3
SIZE = ["trees", "depth", "rows_per_leaf"]


@dataclass(frozen=True)
class Grid:
    """The candidate sizes. A depth of 0 means no limit."""

    trees: tuple[int, ...]
    depth: tuple[int, ...]
    rows_per_leaf: tuple[int, ...]
    repeats: int


#: The sizes of `make search`, and the few of each training.
FULL = Grid(trees=(100, 200, 300), depth=(6, 8, 12, 0), rows_per_leaf=(5, 10, 20), repeats=2)
SMALL = Grid(trees=(50, 100), depth=(4, 8, 0), rows_per_leaf=(10,), repeats=1)


def nested(
    training: Training, grid: Grid, jobs: int = 1, say: Callable[[str], object] = lambda line: None
) -> pd.DataFrame:
    """One line per outer fold and size.

    `inner_auc` is the mean over three inner folds of the training rows. `outer_auc` and `outer_brier` are the results
    on the remaining rows of a forest of this size that was trained on all training rows.
    """
    lines = []
    for repeat in range(grid.repeats):
        for fold, (learn, ask) in enumerate(folds(training, repeat)):
            splitter = StratifiedGroupKFold(INNER_FOLDS, shuffle=True, random_state=SEED + repeat)
            within = splitter.split(learn, training.positive[learn], training.groups[learn])
            inner = [measured(training, learn[some], learn[others], grid, jobs) for some, others in within]
            outer = measured(training, learn, ask, grid, jobs)
            for size, (auc, brier) in outer.items():
                inner_auc = np.mean([measured[size][0] for measured in inner])
                lines.append((repeat + 1, fold + 1, *size, round(inner_auc, 5), round(auc, 5), round(brier, 5)))
            say(f"repeat {repeat + 1} of {grid.repeats}, fold {fold + 1}: {len(outer)} sizes")
    return pd.DataFrame(lines, columns=["repeat", "fold", *SIZE, "inner_auc", "outer_auc", "outer_brier"])


def measured(
    training: Training, learn: np.ndarray, ask: np.ndarray, grid: Grid, jobs: int
) -> dict[tuple[int, int, int], tuple[float, float]]:
    """ROC AUC and Brier score by size. A smaller forest is the first trees of the greatest one."""
    prepared = columns(training.table, categories_of(training)).fit(training.features.iloc[learn])
    known, asked = (np.float32(prepared.transform(training.features.iloc[rows])) for rows in (learn, ask))
    truth, found = training.positive, {}
    for depth in grid.depth:
        for rows_per_leaf in grid.rows_per_leaf:
            forest = RandomForestClassifier(
                max(grid.trees), max_depth=depth or None, min_samples_leaf=rows_per_leaf, random_state=SEED, n_jobs=jobs
            ).fit(known, truth[learn])
            votes = np.zeros(len(ask))
            for count, tree in enumerate(forest.estimators_, 1):
                votes += tree.predict_proba(asked)[:, 1]
                if count in grid.trees:
                    scores = votes / count
                    found[count, depth, rows_per_leaf] = (
                        roc_auc_score(truth[ask], scores),
                        brier_score_loss(truth[ask], scores),
                    )
    return found


def chosen(found: pd.DataFrame) -> pd.DataFrame:
    """Per outer fold the size that the inner folds choose: the unbiased result of a search."""
    return found.loc[found.groupby(["repeat", "fold"])["inner_auc"].idxmax()]


def by_size(found: pd.DataFrame) -> pd.DataFrame:
    """Per size the mean and the spread on unseen rows, and how often the inner folds chose it."""
    taken = chosen(found).groupby(SIZE).size().rename("taken")
    sizes = found.groupby(SIZE).agg(
        roc_auc=("outer_auc", "mean"), sd=("outer_auc", "std"), brier=("outer_brier", "mean")
    )
    return sizes.join(taken).fillna({"taken": 0}).astype({"taken": int})


def losses(found: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Per size the mean loss of ROC AUC against the best size on the same outer folds, and its standard error.

    The error is that of the paired difference, corrected for the overlap of the folds. `leaves` is the greatest number
    of leaves that a forest of this size can have on so many rows, in proportion to which file and memory grow.
    """
    results = found.pivot_table(index=["repeat", "fold"], columns=SIZE, values="outer_auc")
    lost = -results.sub(results[results.mean().idxmax()], axis=0)
    error = lost.std() * np.sqrt(1 / len(lost) + 1 / (FOLDS - 1))
    sizes = pd.DataFrame({"loss": lost.mean(), "error": error})
    sizes["leaves"] = [
        trees * min(2.0**depth if depth else np.inf, rows // rows_per_leaf)
        for trees, depth, rows_per_leaf in sizes.index
    ]
    return sizes


def recommended(found: pd.DataFrame, rows: int) -> tuple[int, int, int]:
    """The one-standard-error rule: the smallest size whose loss against the best one is within one standard error.

    Of equally small sizes it is the one whose depth is limited, which holds for more rows too.
    """
    sizes = losses(found, rows)
    near = sizes[sizes.loss <= sizes.error].reset_index()
    near["deep"] = near["depth"].replace(0, np.inf)
    first = near.sort_values(["leaves", "deep", "loss"]).iloc[0]
    return int(first["trees"]), int(first["depth"]), int(first["rows_per_leaf"])


def file_of(table_file: Path) -> Path:
    """The result file of `make search`: beside the table file, committed."""
    return table_file.with_suffix(".search.csv")
