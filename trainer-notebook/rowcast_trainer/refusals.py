"""Refuses data that would train a misleading model, before any training: each fault is one line that says what to do.

`check` sees only the features and the label, so that a model of another tool can be checked in the same way; `Keys`
sees the rows of text, because a key is not a feature.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from . import cells
from .data import DataError
from .table import Table

#: A category with more distinct values than this share of its rows identifies rows instead of describing them.
IDENTIFYING = 0.9
#: With fewer rows than this, distinct values are no sign of an identifier.
LEAST_ROWS = 20


def check(features: pd.DataFrame, label: pd.Series, table: Table) -> None:
    """Raises `DataError`. `features` has a column per feature of the table, with missing values as in training."""
    for one, other in _alike([*table.key, *table.feature_names, table.label.name]):
        raise DataError(f"columns {one!r} and {other!r} differ only by blanks or case: rename or remove one of them")
    for feature in table.features:
        values = features[feature.name]
        distinct = values.nunique(dropna=False)
        if distinct == 1:
            shown = cells.shown(f"{values.iloc[0]:g}" if feature.type == "number" else values.iloc[0])
            raise DataError(f"column {feature.name}: every row has {shown}: remove this feature, it says nothing")
        if feature.type == "category":
            _check_category(feature.name, values, spelt=feature.sql != "boolean" and not feature.whole)
        _check_leak(feature.name, values, distinct, label, table.label.name)


class Keys:
    """The keys of the rows, which come in blocks: rows with the same key must have the same label."""

    def __init__(self, table: Table):
        self._table = table
        self._first: dict[tuple[str, ...], tuple[str, str]] = {}

    def add(self, rows: list[dict[str, str]], places: list[str]) -> None:
        """Raises `DataError`. Rows without the columns of the key pass."""
        key, label = self._table.key, self._table.label.name
        if not rows or not all(column in rows[0] for column in key):
            return
        for row, place in zip(rows, places):
            cell_of = tuple(row[column].strip(cells.SPACE) for column in key)
            says = row[label].strip(cells.SPACE)
            other_place, other = self._first.setdefault(cell_of, (place, says))
            if says != other and all(cell_of):
                said = ", ".join(f"{column} {cells.shown(cell)}" for column, cell in zip(key, cell_of))
                raise DataError(
                    f"{other_place} and {place} have the same key ({said}) and different labels "
                    f"({cells.shown(other)} and {cells.shown(says)}): keep one of them"
                )


def _check_category(name: str, values: pd.Series, spelt: bool) -> None:
    counts = values[values != ""].value_counts()
    rows = int(counts.sum())
    if rows >= LEAST_ROWS and len(counts) > IDENTIFYING * rows:
        raise DataError(
            f"column {name}: {len(counts):,} different values in {rows:,} rows: it identifies a row and says nothing "
            "about another one; remove this feature"
        )
    for one, other in _alike(sorted(counts.index)) if spelt else ():
        raise DataError(
            f"column {name}: {cells.shown(one)} ({counts[one]:,} rows) and {cells.shown(other)} ({counts[other]:,} "
            "rows) differ only by blanks or case: unify them in the source table"
        )


def _check_leak(name: str, values: pd.Series, distinct: int, label: pd.Series, label_name: str) -> None:
    if pd.api.types.is_numeric_dtype(label):
        leaks = pd.api.types.is_numeric_dtype(values) and _same_order(values.to_numpy(), label.to_numpy())
    else:
        # More values than classes can determine the label as well, if each of them is in many rows.
        many = distinct <= len(values) / LEAST_ROWS
        leaks = (distinct == label.nunique() or many) and _determines(values, label)
    if leaks:
        raise DataError(
            f"column {name} determines {label_name}: no value of it occurs with two values of {label_name} (a leak); "
            "remove this feature, it is not known before the label"
        )


def _determines(values: pd.Series, label: pd.Series) -> bool:
    codes, classes = pd.factorize(values, use_na_sentinel=False)[0], pd.factorize(label)[0]
    return len(pd.unique(codes * (classes.max() + 1) + classes)) == len(pd.unique(codes))


def _same_order(values: np.ndarray, label: np.ndarray) -> bool:
    """Whether the number is the label in another unit: the greater the one, the greater (or the smaller) the other."""
    if np.isnan(values).any():
        return False
    if np.array_equal(values, label.astype(values.dtype)):
        return True
    order = np.lexsort((label, values))
    steps, label_steps = np.diff(values[order]), np.diff(label[order])
    apart = steps > 0
    if (label_steps[~apart] != 0).any():
        return False
    return bool((label_steps[apart] > 0).all() or (label_steps[apart] < 0).all())


def _alike(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Pairs of texts that differ only by blanks or case."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault("".join(name.split()).casefold(), name)
        if other != name:
            yield other, name
