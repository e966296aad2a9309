"""Proposes the table file of a CSV file: the types of its columns, its label and its key, to be read and corrected."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import cells, moments
from .data import DataError, csv_content, spelling
from .table import LONGEST_NAME, MOMENTS

#: A text column with more values than this, or with more than a value for every second row, is no category.
MOST_CATEGORIES = 200
#: A label of numbers with more values than this is a quantity, not a class.
MOST_CLASSES = 20
#: Of two values of a label, these are the positive one; otherwise the rarer one is.
POSITIVE = ("yes", "true", "t", "y", "1")

_INTEGER = re.compile(r"[+-]?(0|[1-9]\d{0,18})", re.ASCII)
_NUMBER = re.compile(cells.NUMBER)
_LEADING_ZERO = re.compile(r"[+-]?0\d")
_BOOLEAN = re.compile(cells.BOOLEAN)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class _Column:
    """The values of a column that are not blank, without outer blanks: how often each occurs."""

    name: str
    rows: int
    counts: dict[str, int]

    @property
    def present(self) -> int:
        return sum(self.counts.values())

    @property
    def sql(self) -> str:
        """The SQL type that holds every value."""
        possible: list[tuple[str, Callable[[str], bool]]] = [
            ("integer", lambda text: _integer(text, 32)),
            ("bigint", lambda text: _integer(text, 64)),
            ("double precision", _number),
            ("boolean", lambda text: _BOOLEAN.fullmatch(text) is not None),
            ("date", lambda text: _moment(text, "date")),
            ("timestamp", lambda text: _moment(text, "timestamp")),
            ("timestamptz", lambda text: _moment(text, "timestamptz")),
            ("uuid", lambda text: _UUID.fullmatch(text) is not None),
        ]
        return next((sql for sql, holds in possible if all(map(holds, self.counts))), "text")


def toml(file: Path, label: str, key: list[str], name: str = "") -> str:
    """The text of a table file for the rows of `file`. Raises `DataError`."""
    columns = _columns(file)
    try:
        predicted = columns[spelling(label, list(columns))]
        keys = [columns[spelling(column, list(columns))] for column in key]
    except DataError as error:
        raise DataError(f"{file.name}: {error}; its columns are {', '.join(columns)}") from error
    if not keys:
        raise DataError(f"name the key of {file.name}: one or more of {', '.join(columns)}")
    if predicted in keys:
        raise DataError(f"{file.name}: the label {predicted.name} cannot be part of the key")
    table = name or re.sub(r"[^a-z0-9_]+", "_", file.stem.lower()).strip("_") or "rows"
    model = table if re.match(r"[a-z_]", table) else f"m_{table}"
    features, omitted = _features([column for column in columns.values() if column not in [predicted, *keys]])
    if not features:
        raise DataError(f"{file.name}: no column can be a feature: {'; '.join(omitted)}")
    binary, lines = _label(file, predicted)
    parts = [
        f"# Proposed from {file.name}, {predicted.rows} rows. Read and correct it: types, features, label and texts.",
        "",
        f"model = {_quoted(model)}",
        f"meaning = {_quoted(f'{predicted.name} of a row of {table}')}",
        "",
        "[source]",
        'schema = "public"',
        f"table = {_quoted(table[:LONGEST_NAME])}",
        f"captured = {_quoted(f'{table[: LONGEST_NAME - 9]}_captured')}",
        f"key = {{ {', '.join(f'{_key(column.name)} = {_quoted(_key_type(column))}' for column in keys)} }}",
        "",
        "[label]",
        *lines,
        "",
        "[features]",
        *features,
        *(f"# omitted: {line}" for line in omitted),
    ]
    if binary:
        parts += [
            "",
            "# The costs of the two mistakes decide the threshold: enter yours.",
            "[costs]",
            "missed = 1.0",
            "needless = 1.0",
            'unit = "mistakes"',
        ]
    parts += [
        "",
        "[report]",
        f"title = {_quoted(f'{predicted.name} of {table}')}",
        f"about = {_quoted(f'The rows of {file.name}.')}",
        'use = "To be stated by the owner of the model."',
        'limits = ["Not yet stated by the owner of the model."]',
    ]
    return "\n".join(parts) + "\n"


def _columns(file: Path) -> dict[str, _Column]:
    header, lines = csv_content(file)
    for column in header:
        spelling(column, header)
    counts: list[dict[str, int]] = [{} for _ in header]
    rows = 0
    for line in lines:
        rows += 1
        for count, cell in zip(counts, line):
            text = cell.strip(cells.SPACE)
            if text:
                count[text] = count.get(text, 0) + 1
    return {name: _Column(name, rows, count) for name, count in zip(header, counts)}


def _label(file: Path, column: _Column) -> tuple[bool, list[str]]:
    """Whether the label is binary, and the lines that describe it."""
    values = sorted(column.counts)
    if len(values) < 2:
        raise DataError(f"{file.name}: the label {column.name} has {len(values)} different values, it needs 2 or more")
    named = f"name = {_quoted(column.name)}"
    if len(values) == 2:
        known = [value for value in values if value.lower() in POSITIVE]
        positive = known[0] if len(known) == 1 else min(values, key=lambda value: (column.counts[value], value))
        negative = next(value for value in values if value != positive)
        return True, [named, f"positive = {_quoted(positive)}", f"negative = {_quoted(negative)}"]
    if all(map(_number, values)) and len(values) > MOST_CLASSES:
        return False, [named, 'kind = "regression"']
    if len(values) > MOST_CATEGORIES:
        raise DataError(
            f"{file.name}: the label {column.name} has {len(values)} texts, at most {MOST_CATEGORIES} can be classes"
        )
    return False, [named, f"classes = [{', '.join(map(_quoted, values))}]"]


def _features(columns: list[_Column]) -> tuple[list[str], list[str]]:
    """The lines of the features, and the reasons for the columns that are none."""
    lines: list[str] = []
    omitted: list[str] = []
    taken = {column.name for column in columns}
    for column in columns:
        sql, different = column.sql, len(column.counts)
        if different < 2:
            omitted.append(f"{column.name} has {'one value' if different else 'no value'}")
        elif sql in ("text", "uuid") and different > min(MOST_CATEGORIES, column.present / 2):
            omitted.append(f"{column.name} has {different} different texts in {column.present} rows")
        elif sql in MOMENTS:
            lines += _parts(column, sql, taken)
        else:
            lines.append(f"{_key(column.name)} = {_quoted(sql)}")
    return lines, omitted


def _parts(column: _Column, sql: str, taken: set[str]) -> list[str]:
    lines = []
    zone = ', zone = "UTC"' if sql == "timestamptz" else ""
    found = np.array([moments.read(text, sql) for text in column.counts], dtype=np.int64)
    for part in ("days", "month", "weekday", *(["hour"] if sql != "date" else [])):
        if part != "days" and len(np.unique(moments.part(found, part, zone="UTC" if zone else ""))) < 2:
            continue
        feature = f"{column.name}_{part}"
        while feature in taken:
            feature += "_"
        taken.add(feature)
        since = f', since = "{min(column.counts)[:4]}-01-01"' if part == "days" else ""
        said = f"column = {_quoted(column.name)}, sql = {_quoted(sql)}, part = {_quoted(part)}{since}{zone}"
        lines.append(f"{_key(feature)} = {{ {said} }}")
    return lines


def _key_type(column: _Column) -> str:
    found = column.sql
    return "bigint" if found == "integer" else found if found in ("bigint", "uuid", "date") else "text"


def _integer(text: str, bits: int) -> bool:
    return _INTEGER.fullmatch(text) is not None and -(2 ** (bits - 1)) <= int(text) < 2 ** (bits - 1)


def _number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and not _LEADING_ZERO.match(text)


def _moment(text: str, sql: str) -> bool:
    try:
        moments.read(text, sql)
    except ValueError:
        return False
    return True


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)
