"""The model: one pipeline from raw columns to a probability, its evaluation, and its threshold."""

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder
from threadpoolctl import threadpool_limits

from .data import FOLDS, Training
from .table import Forest, Quantity, Table

SEED = 20_261_124
#: With fewer rows, several cores cost more than they save.
MANY_ROWS = 50_000

#: Makes the untrained pipeline for these rows.
Make = Callable[[Training], Pipeline]


def categories_of(training: Training) -> dict[str, list[str]]:
    """The known values of each category, sorted. A missing one is not among them, so that it counts as unknown."""
    return training.categories


def pipeline(table: Table, categories: dict[str, list[str]], forest: Forest) -> Pipeline:
    """The pipeline from a table row to its probability.

    The forest scores on one core: several cores would add the trees' votes in varying order, which changes the last
    digit.
    """
    forest_of = RandomForestRegressor if isinstance(table.label, Quantity) else RandomForestClassifier
    votes = forest_of(
        n_estimators=forest.trees,
        max_depth=forest.depth or None,
        min_samples_leaf=forest.rows_per_leaf,
        random_state=SEED,
        n_jobs=1,
    )
    return Pipeline([("columns", columns(table, categories)), ("forest", votes)])


def columns(table: Table, categories: dict[str, list[str]]) -> ColumnTransformer:
    """A category becomes one column per known value, a missing number the table file's value for it or the median."""
    encoder = OneHotEncoder(
        categories=[categories[name] for name in table.categories],
        handle_unknown="ignore",
        sparse_output=False,
        dtype=np.float32,
    )
    filled = {f.name: f.missing_value for f in table.features if f.missing_value is not None}
    parts = [
        ("category", encoder, table.categories),
        ("number", SimpleImputer(strategy="median"), [name for name in table.numbers if name not in filled]),
    ]
    for at, value in enumerate(sorted(set(filled.values()))):
        imputer = SimpleImputer(strategy="constant", fill_value=value)
        parts.append((f"filled{at}", imputer, [name for name in filled if filled[name] == value]))
    return ColumnTransformer([part for part in parts if part[2]])


def of(training: Training, forest: Forest | None = None) -> Pipeline:
    """The untrained forest of the table file, or of another size."""
    return pipeline(training.table, categories_of(training), forest or training.table.forest)


def fit(training: Training, forest: Forest | None = None) -> Pipeline:
    """The forest of the table file, or of another size, trained on all rows."""
    return fitted(of(training, forest), training.features, training.label)


def fitted(untrained: Pipeline, features: pd.DataFrame, label: pd.Series) -> Pipeline:
    """The pipeline, trained. The trees of a forest grow on all cores, each as it would on one."""
    forest = untrained.named_steps.get("forest")
    if forest is None or len(features) < MANY_ROWS:
        # On busy cores the threads of a linear model wait for each other longer than they compute.
        with threadpool_limits(1):
            return untrained.fit(features, label)
    forest.set_params(n_jobs=os.cpu_count())
    untrained.fit(features, label)
    forest.set_params(n_jobs=1)
    return untrained


def score(model: Pipeline, features: pd.DataFrame, positive: str) -> np.ndarray:
    """Probability of the positive label, one per row, as scikit-learn computes it (float64)."""
    return model.predict_proba(features)[:, list(model.classes_).index(positive)]


@dataclass(frozen=True)
class Evaluation:
    """The results of 5 folds on rows that the model has not seen.

    `scores` holds each row's score by the model that was not trained on it; `without` the ROC AUC of each fold when
    one feature is blank in every row that is scored.
    """

    auc: np.ndarray
    brier: np.ndarray
    scores: np.ndarray
    without: pd.DataFrame


def folds(training: Training, repeat: int = 0) -> list[tuple[np.ndarray, np.ndarray]]:
    """Stratified folds (training rows, test rows) in which rows with the same features stay together.

    Each repeat splits the rows differently. There are no strata of a regression's values.
    """
    if repeat not in training.splits:
        training.splits[repeat] = _split(training, SEED + repeat)
    return training.splits[repeat]


def _split(training: Training, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    label, groups = training.label, training.groups
    if isinstance(training.table.label, Quantity):
        return list(GroupKFold(FOLDS, shuffle=True, random_state=seed).split(label, groups=groups))
    if len(label) < MANY_ROWS:
        return list(StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed).split(label, label, groups))
    # That takes a millisecond for each group. Of many rows few are equal: the label of the first one is its stratum.
    firsts = np.unique(groups, return_index=True)[1]
    strata = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(firsts, label.to_numpy()[firsts])
    asked = [np.isin(groups, ask) for _, ask in strata]
    return [(np.flatnonzero(~ask), np.flatnonzero(ask)) for ask in asked]


def evaluate(training: Training, make: Make = of) -> Evaluation:
    """Scores the rows of each fold with a model that was trained on the other folds."""
    truth, label = training.positive, training.table.label.positive
    scores = np.full(len(truth), np.nan)
    auc, brier, without = [], [], []
    for learn, ask in folds(training):
        model = fitted(make(training), training.features.iloc[learn], training.label.iloc[learn])
        asked = training.features.iloc[ask]
        scores[ask] = score(model, asked, label)
        auc.append(roc_auc_score(truth[ask], scores[ask]))
        brier.append(brier_score_loss(truth[ask], scores[ask]))
        without.append(
            {
                feature.name: roc_auc_score(truth[ask], score(model, blanked(asked, feature), label))
                for feature in training.table.features
            }
        )
    return Evaluation(np.array(auc), np.array(brier), scores, pd.DataFrame(without))


def blanked(features: pd.DataFrame, *blank) -> pd.DataFrame:
    """A copy of the rows in which these features are missing."""
    missing = {"number": np.float32(np.nan), "category": ""}
    return features.assign(**{feature.name: missing[feature.type] for feature in blank})


def cost_by_threshold(truth: np.ndarray, scores: np.ndarray, missed: float, needless: float) -> pd.DataFrame:
    """The cost per row of each possible threshold, in rising order of the thresholds."""
    order = np.argsort(scores, kind="stable")
    rising, left = scores[order], truth[order]
    missed_below = np.concatenate([[0], np.cumsum(left)])
    needless_above = np.concatenate([[0], np.cumsum((1 - left)[::-1])])[::-1]
    ends = np.concatenate([[0.0], rising, [1.0]])
    cost = (missed * missed_below + needless * needless_above) / len(truth)
    table = pd.DataFrame({"threshold": (ends[:-1] + ends[1:]) / 2, "cost": cost})
    return table[ends[1:] > ends[:-1]].reset_index(drop=True)


def settle_threshold(wanted: float, scores: np.ndarray, within: float = 0.005) -> float:
    """The middle of the widest gap between two scores near `wanted`.

    Then no known row is so close to the threshold that float32 rounding could change its label. The middle is shortened
    to as few digits as the middle third of the gap allows.
    """
    near = np.unique(scores[np.abs(scores - wanted) <= within])
    if len(near) < 2:
        return round(wanted, 6)
    widest = int(np.argmax(np.diff(near)))
    low, high = near[widest], near[widest + 1]
    middle, slack = (low + high) / 2, (high - low) / 6
    return float(next(short for digits in range(2, 17) if abs((short := round(middle, digits)) - middle) <= slack))
