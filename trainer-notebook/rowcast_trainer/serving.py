"""The cost of serving a forest of a given size with ONNX Runtime. For the report only: times decide nothing."""

import copy
import time

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from . import search
from .data import Training
from .export import Scorer, to_graph
from .model import fit, folds
from .table import Forest

BATCH = 256
ASKED = 200


def measure(training: Training, trees: tuple[int, ...], depths: tuple[int, ...]) -> pd.DataFrame:
    """By depth and number of trees: ROC AUC of the folds, bytes of the file, time to load it and to score a row.

    The depth and the number of trees of the table file are included, and trees that grow until each leaf is pure.
    """
    usual, lines = training.table.forest, []
    counts = sorted({*trees, usual.trees})
    limited = sorted({*depths, usual.depth} - {0})
    shapes = [*((depth, usual.rows_per_leaf) for depth in limited), (0, usual.rows_per_leaf), (0, 1)]
    for depth, rows_per_leaf in dict.fromkeys(shapes):
        grown = fit(training, Forest(max(counts), depth, rows_per_leaf))
        auc = _auc(training, counts, depth, rows_per_leaf)
        for count in counts:
            size = Forest(count, depth, rows_per_leaf)
            lines.append(
                {
                    "depth": f"{depth or 'no limit'}, ≥ {rows_per_leaf} a leaf",
                    "trees": count,
                    "ROC AUC": auc[count],
                    **_served(to_graph(_first(grown, count), training.table).SerializeToString(), training),
                    "": "← shipped" if size == usual else "",
                }
            )
    return pd.DataFrame(lines).set_index(["depth", "trees"])


def _first(grown: Pipeline, trees: int) -> Pipeline:
    """The forest of the first trees of this one."""
    model = Pipeline([(name, copy.copy(step)) for name, step in grown.steps])
    model["forest"].estimators_ = grown["forest"].estimators_[:trees]
    model["forest"].n_estimators = trees
    return model


def _auc(training: Training, trees: list[int], depth: int, rows_per_leaf: int) -> dict[int, float]:
    grid = search.Grid(tuple(trees), (depth,), (rows_per_leaf,), repeats=1)
    found = [search.measured(training, learn, ask, grid, jobs=1) for learn, ask in folds(training)]
    return {size[0]: float(np.mean([fold[size][0] for fold in found])) for size in found[0]}


def _served(content: bytes, training: Training) -> dict[str, float]:
    load = min(_loaded(content) for _ in range(5))
    scorer = Scorer(content)
    rows = training.features.head(BATCH)
    alone = [scorer.tensors(rows.iloc[[at % len(rows)]]) for at in range(ASKED)]
    together = scorer.tensors(rows)
    return {
        "MB": len(content) / 1e6,
        "load, ms": 1e3 * load,
        "µs a row, alone": 1e6 * min(_timed(scorer, one) for one in alone),
        f"µs a row, {BATCH} at once": 1e6 * min(_timed(scorer, together) for _ in range(20)) / len(rows),
    }


def _loaded(content: bytes) -> float:
    started = time.perf_counter()
    Scorer(content)
    return time.perf_counter() - started


def _timed(scorer: Scorer, tensors: dict) -> float:
    started = time.perf_counter()
    scorer.run(tensors)
    return time.perf_counter() - started
