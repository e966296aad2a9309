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

from . import cells, kinds, moments, splines
from .data import Training, features_of, text_of
from .model import SEED, categories_of
from .table import Feature

ROWS = 500
REAL_ROWS = 120
BLANK_SEVERAL = 40
UNKNOWN = ("Ünbekannt", "yes", "0")
GREATEST = {"smallint": 2**15 - 1, "integer": 2**31 - 2**7, "bigint": 2**53}


def rows(training: Training, model: Pipeline | None) -> pd.DataFrame:
    """At least `ROWS` rows of text, by column of the source table; an empty cell is a missing value.

    There are more if there are more categories: each category has a row. Without a `model` of this trainer there are no
    rows around its thresholds.
    """
    dice = np.random.default_rng(SEED)
    table, size = training.table, len(training.features)

    def real() -> dict[str, str]:
        return training.texts(int(dice.integers(size)))

    categories = [feature for feature in table.features if feature.type == "category"]
    known = categories_of(training)
    unknown = {feature.name: _unknown(feature, known[feature.name]) for feature in categories}
    golden = [real() for _ in range(REAL_ROWS)]
    for feature in categories:
        golden += [{**real(), feature.column: category} for category in known[feature.name]]
        golden.append({**real(), **unknown[feature.name][len(golden) % len(UNKNOWN)]})
    golden.append({**real(), **{key: cell for each in unknown.values() for key, cell in each[0].items()}})

    required = {feature.column for feature in table.features if feature.missing == "reject"}
    blankable = [column for column in table.columns if column not in required]
    golden += [{**real(), column: ""} for column in blankable]
    numbers = {feature.column for feature in table.features if feature.type == "number"}
    for columns in ([c for c in blankable if c not in numbers], [c for c in blankable if c in numbers], blankable):
        golden.append({**real(), **dict.fromkeys(columns, "")})
    for _ in range(BLANK_SEVERAL if len(blankable) > 2 else 0):
        some = dice.choice(blankable, size=int(dice.integers(2, min(9, len(blankable)))), replace=False)
        golden.append({**real(), **dict.fromkeys(some, "")})

    for feature in table.features:
        if feature.moment:
            golden += [{**real(), feature.column: cell} for cell in _unusual_moments(feature, training)]
        elif feature.type == "number":
            values = training.features[feature.name].dropna()
            for beyond in (values.min(), values.max(), 0, 10 * values.max()):
                within = min(beyond, _greatest(feature, beyond))
                golden.append({**real(), feature.column: text_of(np.float32(within))})

    wanted = max(ROWS, len(golden))
    if model is not None and wanted > len(golden):
        golden += _around_thresholds(training, model, real, dice, wanted - len(golden))
    golden += [real() for _ in range(wanted - len(golden))]
    return pd.DataFrame(golden[:wanted], columns=table.columns)


def thresholds(model: Pipeline, feature: Feature) -> np.ndarray:
    """Every threshold of the forest for this number, or every knot of its spline in the reference, rising."""
    if "forest" not in model.named_steps:
        return splines.knots(model, feature)
    # A column's name is that of its step, two underscores and the feature.
    names = model["columns"].get_feature_names_out()
    at = next(
        at for at, name in enumerate(names) if re.fullmatch(rf"(number|filled\d+)__{re.escape(feature.name)}", name)
    )
    trees = [estimator.tree_ for estimator in model["forest"].estimators_]
    return np.unique(np.concatenate([tree.threshold[tree.feature == at] for tree in trees]))


def scored(golden: pd.DataFrame, training: Training, model: Pipeline) -> bytes:
    """The CSV file: the rows, and scikit-learn's probability with 17 significant digits."""
    kind = kinds.of_table(training.table.label)
    features = features_of(golden.to_dict("records"), training.table)
    return written(golden, kind, kinds.expected(kind, model, features))


def written(golden: pd.DataFrame, kind: kinds.Kind, answers: np.ndarray) -> bytes:
    """The CSV file: the rows, and these answers with 17 significant digits."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([*golden.columns, *kind.headers])
    lines.writerows([*row, *kind.texts(answer)] for row, answer in zip(golden.itertuples(index=False), answers))
    return text.getvalue().encode()


def at_thresholds(training: Training, model: Pipeline) -> pd.DataFrame:
    """For every threshold or knot of the model three rows: the next float32 below it, itself, and the next above it."""
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
    table, pairs, kind = training.table, [], kinds.of_table(training.table.label)
    numbers = [feature for feature in table.features if feature.type == "number" and not feature.moment]
    share = -(-wanted // (2 * max(1, len(numbers))))
    for feature in table.features:
        if feature in numbers:
            at = thresholds(model, feature)
            if not len(at):
                continue
            step, candidates = _step(feature), []
            # Many thresholds are in branches that the row does not reach: hence more candidates than pairs.
            for threshold in dice.choice(at, size=20 * share):
                below = (Decimal(str(float(threshold))) / step).to_integral_value(rounding="ROUND_FLOOR") * step
                row = real()
                candidates += [{**row, feature.column: f"{side.normalize():f}"} for side in (below, below + step)]
            answers = kinds.expected(kind, model, features_of(candidates, table))
            differ = np.flatnonzero((answers[0::2] != answers[1::2]).any(axis=1))[:share]
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
    if feature.whole or (feature.sql.startswith("numeric(") and not decimals):
        return Decimal(1)
    return Decimal(1).scaleb(-int(decimals[1])) if decimals else Decimal("0.01")


def _unusual_moments(feature: Feature, training: Training) -> list[str]:
    """The ends of the column, the day before `since` or the first one, and changes of the zone's offset."""
    there = training.moments[feature.column]
    there = there[there != moments.MISSING]
    found = [int(there.min()), int(there.max()), int(there.min()) - moments.DAY]
    if feature.since:
        found.append(moments.read(feature.since, "date") - moments.DAY)
    if feature.zone:
        found += moments.changes_of(feature.zone, int(there.max()) - 366 * moments.DAY)
    return [moments.spelt(moment, feature.sql) for moment in dict.fromkeys(found)]


def _unknown(feature: Feature, known: list[str]) -> list[dict[str, str]]:
    """For each of `UNKNOWN` the column with a value that training does not know, or nothing if the type has none."""
    if feature.sql == "boolean":
        return [{}] * len(UNKNOWN)
    if feature.whole:
        above = [str(max(map(int, known)) + step) for step in range(1, len(UNKNOWN) + 1)]
        fitting = [text for text in above if int(text) < 2 ** (cells.WHOLE[feature.sql] - 1)]
        return [{feature.column: text} for text in fitting] + [{}] * (len(UNKNOWN) - len(fitting))
    if feature.sql == "uuid":
        return [{feature.column: f"00000000-0000-4000-8000-00000000000{digit}"} for digit in range(len(UNKNOWN))]
    limit = re.search(r"\((\d+)\)", feature.sql)
    if limit and int(limit[1]) <= max(map(len, UNKNOWN)):
        usable = [char for char in "ÜzyxZYX0123456789" if char not in known][: len(UNKNOWN)]
        return [{feature.column: char} for char in usable] + [{}] * (len(UNKNOWN) - len(usable))
    return [{feature.column: text if text not in known else f"{text}'"} for text in UNKNOWN]
