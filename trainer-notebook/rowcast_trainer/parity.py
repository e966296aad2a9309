"""Golden rows, for which the functions must agree with scikit-learn up to the tolerance.

Every row is valid in the source table: whole numbers where the column requires them, no more decimals than it stores,
an unknown value only if the column's type has one, and no blank that a function would refuse.
"""

import csv
import io
import re
from decimal import Decimal

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from .data import Training, features_of, text_of
from .model import SEED, categories_of, score
from .table import Feature

ROWS = 500
REAL_ROWS = 120
BLANK_SEVERAL = 40
UNKNOWN = ("Ünbekannt", "yes", "0")
GREATEST = {"smallint": 2**15 - 1, "integer": 2**31 - 2**7, "bigint": 2**53}


def rows(training: Training, model: Pipeline) -> pd.DataFrame:
    """At least `ROWS` rows of text in the contract's feature order; an empty cell is a missing value.

    There are more if there are more categories: each category has a row.
    """
    dice = np.random.default_rng(SEED)
    table, size = training.table, len(training.features)

    def real() -> dict[str, str]:
        return dict(zip(table.feature_names, map(text_of, training.features.iloc[int(dice.integers(size))])))

    unknown = {feature.name: _unknown(feature, training) for feature in table.features if feature.type == "category"}
    golden = [real() for _ in range(REAL_ROWS)]
    for name, categories in categories_of(training).items():
        golden += [{**real(), name: category} for category in categories]
        golden.append({**real(), **unknown[name][len(golden) % len(UNKNOWN)]})
    golden.append({**real(), **{key: cell for each in unknown.values() for key, cell in each[0].items()}})

    blankable = [feature.name for feature in table.features if feature.missing == "impute"]
    golden += [{**real(), name: ""} for name in blankable]
    for names in (table.categories, table.numbers, table.feature_names):
        golden.append({**real(), **dict.fromkeys([name for name in names if name in blankable], "")})
    for _ in range(BLANK_SEVERAL if len(blankable) > 2 else 0):
        some = dice.choice(blankable, size=int(dice.integers(2, min(9, len(blankable)))), replace=False)
        golden.append({**real(), **dict.fromkeys(some, "")})

    for feature in table.features:
        if feature.type == "number":
            values = training.features[feature.name].dropna()
            for beyond in (values.min(), values.max(), 0, 10 * values.max()):
                within = min(beyond, _greatest(feature, beyond))
                golden.append({**real(), feature.name: text_of(np.float32(within))})

    wanted = max(ROWS, len(golden))
    golden += _around_thresholds(training, model, real, dice, wanted - len(golden))
    golden += [real() for _ in range(wanted - len(golden))]
    return pd.DataFrame(golden[:wanted], columns=table.feature_names)


def thresholds(model: Pipeline, feature: Feature) -> np.ndarray:
    """Every threshold of the forest for this number, rising."""
    at = list(model["columns"].get_feature_names_out()).index(f"number__{feature.name}")
    trees = [estimator.tree_ for estimator in model["forest"].estimators_]
    return np.unique(np.concatenate([tree.threshold[tree.feature == at] for tree in trees]))


def scored(golden: pd.DataFrame, training: Training, model: Pipeline) -> bytes:
    """The CSV file: the rows, and scikit-learn's probability with 17 significant digits."""
    features = features_of(golden.to_dict("records"), training.table)
    probability = score(model, features, training.table.label.positive)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([*golden.columns, "probability"])
    lines.writerows([*row, f"{p:.17g}"] for row, p in zip(golden.itertuples(index=False), probability))
    return text.getvalue().encode()


def at_thresholds(training: Training, model: Pipeline) -> pd.DataFrame:
    """For every threshold of the forest three rows: the next float32 below it, itself, and the next above it."""
    dice, wanted = np.random.default_rng(SEED), [training.features.iloc[:0]]
    for feature in training.table.features:
        if feature.type == "number":
            middle = thresholds(model, feature).astype(np.float32)
            around = [np.nextafter(middle, np.float32(-np.inf)), middle, np.nextafter(middle, np.float32(np.inf))]
            rows_at = dice.integers(len(training.features), size=3 * len(middle))
            values = np.concatenate(around).astype(np.float32)
            wanted.append(training.features.iloc[rows_at].assign(**{feature.name: values}))
    return pd.concat(wanted, ignore_index=True)


def _around_thresholds(training: Training, model: Pipeline, real, dice, wanted: int) -> list[dict[str, str]]:
    """Pairs of rows that differ in one number only, a step apart across a threshold, and in their score.

    Each number has an equal share of the pairs, and there are a few more than wanted.
    """
    table, pairs = training.table, []
    share = -(-wanted // (2 * max(1, len(table.numbers))))
    for feature in table.features:
        if feature.type == "number":
            at = thresholds(model, feature)
            if not len(at):
                continue
            step, candidates = _step(feature), []
            # Many thresholds are in branches that the row does not reach: hence more candidates than pairs.
            for threshold in dice.choice(at, size=20 * share):
                below = (Decimal(str(float(threshold))) / step).to_integral_value(rounding="ROUND_FLOOR") * step
                row = real()
                candidates += [{**row, feature.name: f"{side.normalize():f}"} for side in (below, below + step)]
            scores = score(model, features_of(candidates, table), table.label.positive).reshape(-1, 2)
            differ = np.flatnonzero(scores[:, 0] != scores[:, 1])[:share]
            pairs += [candidates[2 * pair + side] for pair in differ for side in (0, 1)]
    return pairs


def _greatest(feature: Feature, otherwise: float) -> float:
    """The greatest number that the column can hold, if its type defines one."""
    digits = re.search(r"\((\d+)", feature.sql)
    whole = int(digits[1]) + _step(feature).adjusted() if digits else 0
    return 10**whole - 1 if digits else GREATEST.get(feature.sql, otherwise)


def _step(feature: Feature) -> Decimal:
    """The smallest difference of two values in the column; a hundredth if its type does not define one."""
    decimals = re.search(r"\d+,(\d+)", feature.sql)
    if feature.whole or feature.sql.startswith("numeric(") and not decimals:
        return Decimal(1)
    return Decimal(1).scaleb(-int(decimals[1])) if decimals else Decimal("0.01")


def _unknown(feature: Feature, training: Training) -> list[dict[str, str]]:
    """For each of `UNKNOWN` the column with a value that training does not know, or nothing if the type has none."""
    if feature.sql == "boolean":
        return [{}] * len(UNKNOWN)
    known = categories_of(training)[feature.name]
    if feature.whole:
        return [{feature.name: str(max(map(int, known)) + above)} for above in range(1, len(UNKNOWN) + 1)]
    return [{feature.name: text if text not in known else f"{text}'"} for text in UNKNOWN]
