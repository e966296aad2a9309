"""What a forest of a certain size costs to serve through ONNX Runtime. For the report only: times decide nothing."""

import copy
import time

import numpy as np
import pandas as pd

from . import search
from .data import Training
from .export import Scorer, to_graph
from .model import Forest, fit, folds

BATCH = 256
ASKED = 200


def measure(training: Training, trees: tuple[int, ...], depths: tuple[int, ...]) -> pd.DataFrame:
    """By depth and number of trees: ROC AUC of the folds, bytes of the file, time to load it and to score a row.

    The depth and the number of trees of the table file are among them.
    """
    usual = training.table.forest
    trees, depths = sorted({*trees, usual.trees}), sorted({*depths, usual.depth}, key=lambda depth: (depth == 0, depth))
    auc = _auc(training, trees, depths)
    lines = []
    for depth in depths:
        grown = fit(training, Forest(max(trees), depth, usual.rows_per_leaf))
        for count in trees:
            model = copy.copy(grown)
            model.steps = [(name, copy.copy(step)) for name, step in grown.steps]
            model["forest"].estimators_ = grown["forest"].estimators_[:count]
            model["forest"].n_estimators = count
            lines.append(
                {
                    "depth": depth or "no limit",
                    "trees": count,
                    "ROC AUC": auc[count, depth],
                    **_served(to_graph(model, training.table).SerializeToString(), training),
                    "": "← the choice" if (count, depth) == (usual.trees, usual.depth) else "",
                }
            )
    return pd.DataFrame(lines).set_index(["depth", "trees"])


def _auc(training: Training, trees: list[int], depths: list[int]) -> dict[tuple[int, int], float]:
    grid = search.Grid(tuple(trees), tuple(depths), (training.table.forest.rows_per_leaf,), repeats=1)
    found = [search.measured(training, learn, ask, grid, jobs=1) for learn, ask in folds(training)]
    return {size[:2]: np.mean([fold[size][0] for fold in found]) for size in found[0]}


def _served(content: bytes, training: Training) -> dict[str, float]:
    started = time.perf_counter()
    scorer = Scorer(content)
    load = time.perf_counter() - started
    rows = training.features.head(BATCH)
    alone = [scorer.tensors(rows.iloc[[at % len(rows)]]) for at in range(ASKED)]
    together = scorer.tensors(rows)
    return {
        "MB": len(content) / 1e6,
        "load, ms": 1e3 * load,
        "µs a row, alone": 1e6 * min(_timed(scorer, one) for one in alone),
        f"µs a row, {BATCH} at once": 1e6 * min(_timed(scorer, together) for _ in range(20)) / len(rows),
    }


def _timed(scorer: Scorer, tensors: dict) -> float:
    started = time.perf_counter()
    scorer.run(tensors)
    return time.perf_counter() - started
