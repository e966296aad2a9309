"""The description of the training table in a table file (TOML): columns, types and label."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from . import cells, moments

LENGTHS = r"(var)?char\([1-9]\d{0,6}\)"
KEY_TYPES = ("text", "varchar(n)", "char(n)", "smallint", "integer", "bigint", "uuid", "date")
TEXTS = re.compile(rf"text|{LENGTHS}")
MOMENTS = ("date", "timestamp", "timestamptz")
NUMBERS = re.compile(r"smallint|integer|bigint|real|double precision|numeric(\([1-9]\d{0,2}(,\d{1,2})?\))?")
SQL_TYPES = re.compile(rf"{TEXTS.pattern}|boolean|uuid|{'|'.join(MOMENTS)}|{NUMBERS.pattern}")
PARTS = ("days", "month", "weekday", "hour")
MODEL_NAME = re.compile(r"[a-z_][a-z0-9_]*")
#: Postgres cuts a longer name.
LONGEST_NAME = 63
#: The columns of the captured table that are not columns of the source table.
OWN_COLUMNS = (
    "model_version",
    "source_epoch",
    "source_commit",
    "source_lsn",
    "source_ts",
    "operation",
    "previous",
    "predicted_at",
    "deleted",
)
OWN_OF_LABEL = ("probability", "prediction", "threshold")
OWN_OF_CLASSES = ("prediction", "probability", "probabilities")
OWN_OF_QUANTITY = ("prediction", "lower", "upper")


class TableError(ValueError):
    """The table file cannot be used. The message is one line."""


@dataclass(frozen=True)
class Feature:
    """An input of the graph. A `number` that is missing is NaN, a `category` that is missing is "".

    It has the value of a column, or one `part` of a date or timestamp: the days since `since`, or the month, weekday or
    hour, of a timestamptz in the time zone `zone`. A number that is imputed becomes `missing_value`, or the median when
    there is none.
    """

    name: str
    type: Literal["category", "number"]
    missing: Literal["impute", "reject"] = "impute"
    sql: str = "text"
    of: str = ""
    part: str = ""
    since: str = ""
    zone: str = ""
    missing_value: float | None = None

    @property
    def column(self) -> str:
        """The column of the source table."""
        return self.of or self.name

    @property
    def whole(self) -> bool:
        """Whether the column holds whole numbers only."""
        return self.sql in ("smallint", "integer", "bigint")

    @property
    def moment(self) -> bool:
        """Whether the column holds dates or timestamps."""
        return self.sql in MOMENTS


@dataclass(frozen=True)
class Label:
    """The column that the model predicts, and its two values."""

    name: str
    positive: str
    negative: str

    kind = "binary"
    own = OWN_OF_LABEL

    @property
    def classes(self) -> tuple[str, ...]:
        return (self.positive, self.negative)


@dataclass(frozen=True)
class Classes:
    """The column that the model predicts, and its three or more values."""

    name: str
    classes: tuple[str, ...]

    kind = "multiclass"
    own = OWN_OF_CLASSES


@dataclass(frozen=True)
class Quantity:
    """The column of numbers that the model predicts, and their unit."""

    name: str
    unit: str = ""

    kind = "regression"
    own = OWN_OF_QUANTITY


@dataclass(frozen=True)
class Forest:
    """The size of the forest, which determines the cost of loading and scoring, and the fit to the data.

    A depth of 0 is no limit.
    """

    trees: int = 200
    depth: int = 8
    rows_per_leaf: int = 10


@dataclass(frozen=True)
class Costs:
    """The costs of missing a positive row and of acting on a negative one, in any unit."""

    missed: float
    needless: float
    unit: str


@dataclass(frozen=True)
class Published:
    """The origin of the published rows, and the mapping of their columns and values to the source table."""

    package: str
    item: str
    name: str
    licence: str
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """Texts of the report and of the model card."""

    title: str
    about: str
    use: str
    limits: tuple[str, ...]
    ceiling: str = ""
    subgroups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A source table, the table of its predictions, and the columns in the source table's order."""

    model: str
    meaning: str
    schema: str
    name: str
    captured: str
    key: dict[str, str]
    features: tuple[Feature, ...]
    label: Label | Classes | Quantity
    costs: Costs | None
    report: Report
    published: Published | None = None
    forest: Forest = Forest()

    @property
    def feature_names(self) -> list[str]:
        return [feature.name for feature in self.features]

    @property
    def columns(self) -> list[str]:
        """The columns of the source table that the model reads, each once."""
        return list(dict.fromkeys(feature.column for feature in self.features))

    def sql_of(self, column: str) -> str:
        return next(feature.sql for feature in self.features if feature.column == column)

    @property
    def categories(self) -> list[str]:
        return [feature.name for feature in self.features if feature.type == "category"]

    @property
    def numbers(self) -> list[str]:
        return [feature.name for feature in self.features if feature.type == "number"]


def read(file: Path) -> Table:
    """The table of this file. Raises `TableError`."""
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise TableError(f"{file.name}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(f"{file.name}: is not TOML: {str(error).splitlines()[0]}") from error
    try:
        return _table(_Part(document, ""))
    except TableError as error:
        raise TableError(f"{file.name}: {error}") from error


class _Part:
    """A table of the file that returns each of its keys once and finds the unknown ones."""

    def __init__(self, values: object, path: str):
        if not isinstance(values, dict):
            raise TableError(f"{path} must be a table")
        self._values, self._path = dict(values), path

    def _take(self, key: str, kind: type | tuple, said: str, default: object = None) -> object:
        value = self._values.pop(key, default)
        if value is None:
            raise TableError(f"{self.at(key)} is missing")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise TableError(f"{self.at(key)} must be {said}, not {value!r}")
        return value

    def at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, str, "a text", default)
        if not value.strip() and default is None:
            raise TableError(f"{self.at(key)} is blank")
        return value

    def name(self, key: str) -> str:
        return _name(self.text(key), self.at(key))

    def number(self, key: str) -> float:
        value = float(self._take(key, (int, float), "a number"))
        if not 0 < value < 1e9:
            raise TableError(f"{self.at(key)} must be above 0, not {value:g}")
        return value

    def count(self, key: str, default: int, least: int) -> int:
        value = self._take(key, int, "a whole number", default)
        if not least <= value <= 10_000:
            raise TableError(f"{self.at(key)} must be {least} or more, not {value}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._take(key, list, "a list of texts", [])
        if not all(isinstance(value, str) for value in values):
            raise TableError(f"{self.at(key)} must be a list of texts")
        return tuple(values)

    def part(self, key: str, default: dict | None = None) -> "_Part":
        value = self._values.pop(key, default)
        if value is None:
            raise TableError(f"{self.at(key)} is missing")
        return _Part(value, self.at(key))

    def map(self, key: str, default: dict | None = None) -> dict[str, str]:
        part = self.part(key, default)
        return {name: part.text(name) for name in list(part._values)}

    def keys(self) -> list[str]:
        return list(self._values)

    def has(self, key: str) -> bool:
        return key in self._values

    def done(self) -> None:
        if self._values:
            raise TableError(f"{self.at(next(iter(self._values)))} is unknown here")


def _table(top: _Part) -> Table:
    source = top.part("source")
    label = _label(top.part("label"))
    table = Table(
        model=_model(top.text("model")),
        meaning=top.text("meaning"),
        schema=source.name("schema"),
        name=source.name("table"),
        captured=source.name("captured"),
        key=_key(source),
        features=_features(top.part("features")),
        label=label,
        costs=_costs(top.part("costs")) if isinstance(label, Label) else None,
        report=_report(top.part("report")),
        published=_published(top.part("published")) if top.has("published") else None,
        forest=_forest(top.part("forest", {})),
    )
    for part in (source, top):
        part.done()
    _check(table)
    return table


def _key(source: _Part) -> dict[str, str]:
    key = source.map("key")
    if not key:
        raise TableError("source.key needs at least one column")
    for column, sql in key.items():
        _name(column, "source.key")
        if sql not in KEY_TYPES and not re.fullmatch(LENGTHS, sql):
            raise TableError(f"source.key.{column} must be one of {', '.join(KEY_TYPES)}, not {sql!r}")
    return key


def _features(part: _Part) -> tuple[Feature, ...]:
    features = [_feature(part, column) for column in part.keys()]
    if not features:
        raise TableError("features needs at least one column")
    return tuple(features)


def _feature(features: _Part, name: str) -> Feature:
    at = features.at(_name(name, "features"))
    said = features._values.pop(name)
    part = _Part({"sql": said} if isinstance(said, str) else said, at)
    sql = part.text("sql").replace(", ", ",")
    if not SQL_TYPES.fullmatch(sql):
        raise TableError(f"{at}: {sql!r} is no SQL type that can be a feature")
    usual = "number" if sql in MOMENTS or NUMBERS.fullmatch(sql) else "category"
    feature = Feature(
        name=name,
        type=part.text("type", usual),
        missing=part.text("missing", "impute"),
        sql=sql,
        of=_name(part.text("column"), f"{at}.column") if part.has("column") else "",
        missing_value=_missing_value(part, sql) if part.has("missing_value") else None,
        **_moment(part, sql, at) if sql in MOMENTS else {},
    )
    part.done()
    possible = {usual, *(["number"] if TEXTS.fullmatch(sql) else []), *(["category"] if feature.whole else [])}
    if feature.type not in possible:
        raise TableError(f"{at}.type: {sql} cannot be {feature.type!r}")
    if feature.missing not in ("impute", "reject"):
        raise TableError(f"{at}.missing must be impute or reject, not {feature.missing!r}")
    if feature.missing_value is not None and (feature.type, feature.missing) != ("number", "impute"):
        raise TableError(f"{at}.missing_value is only for a number that is imputed")
    return replace(feature, of="") if feature.of == name else feature


def _moment(part: _Part, sql: str, at: str) -> dict[str, str]:
    """The part of a date or timestamp that the feature is."""
    which = part.text("part", "").strip()
    possible = [known for known in PARTS if (sql, known) != ("date", "hour")]
    if which not in possible:
        raise TableError(f"{at}.part must be one of {', '.join(possible)} for a {sql}, not {which!r}")
    found = {"part": which}
    if which == "days":
        found["since"] = part.text("since", "")
        if not moments.is_date(found["since"]):
            raise TableError(f"{at}.since must be a date such as 2000-01-01, not {found['since']!r}")
    if sql == "timestamptz":
        found["zone"] = part.text("zone", "")
        if not moments.is_zone(found["zone"]):
            raise TableError(f"{at}.zone must be a time zone such as Europe/Berlin or UTC, not {found['zone']!r}")
    return found


def _label(part: _Part) -> Label | Classes | Quantity:
    name = part.name("name")
    usual = "multiclass" if part.has("classes") else "binary"
    kind = part.text("kind", usual)
    if kind == "binary":
        label = Label(name, part.text("positive"), part.text("negative"))
    elif kind == "multiclass":
        label = Classes(name, part.texts("classes"))
        if len(set(label.classes)) < max(3, len(label.classes)) or not all(map(str.strip, label.classes)):
            raise TableError("label.classes must be three or more different texts, none of them blank")
    elif kind == "regression":
        label = Quantity(name, part.text("unit", ""))
    else:
        raise TableError(f"label.kind must be binary, multiclass or regression, not {kind!r}")
    part.done()
    return label


def _missing_value(part: _Part, sql: str) -> float:
    value = part._take("missing_value", (int, float), "a number")
    try:
        cells.number(repr(value), "double precision" if sql in MOMENTS else sql)
    except cells.CellError as error:
        raise TableError(f"{part.at('missing_value')}: {error}") from error
    return float(value)


def _costs(part: _Part) -> Costs:
    costs = Costs(part.number("missed"), part.number("needless"), part.text("unit"))
    part.done()
    return costs


def _forest(part: _Part) -> Forest:
    usual = Forest()
    forest = Forest(
        trees=part.count("trees", usual.trees, 1),
        depth=part.count("depth", usual.depth, 0),
        rows_per_leaf=part.count("rows_per_leaf", usual.rows_per_leaf, 1),
    )
    part.done()
    return forest


def _report(part: _Part) -> Report:
    report = Report(
        title=part.text("title"),
        about=part.text("about"),
        use=part.text("use"),
        limits=part.texts("limits"),
        ceiling=part.text("ceiling", ""),
        subgroups=part.texts("subgroups"),
    )
    part.done()
    return report


def _published(part: _Part) -> Published:
    values = part.part("values", {})
    published = Published(
        package=part.text("package"),
        item=part.text("item"),
        name=part.text("name"),
        licence=part.text("licence"),
        columns=part.map("columns", {}),
        values={column: values.map(column) for column in values.keys()},
    )
    part.done()
    return published


def _check(table: Table) -> None:
    columns, label = table.columns, table.label
    if table.captured == table.name:
        raise TableError(f"source.captured is {table.captured}, the same as source.table")
    if label.name in columns:
        raise TableError(f"label.name: {label.name} is a feature too")
    if isinstance(label, Label) and label.positive == label.negative:
        raise TableError(f"label.negative is {label.negative!r}, the same as label.positive")
    for column in table.key:
        if column in columns or column == label.name:
            raise TableError(f"source.key: {column} is a feature or the label too")
    for column in columns:
        of = [feature for feature in table.features if feature.column == column]
        if len({feature.sql for feature in of}) > 1 or (len(of) > 1 and not of[0].moment):
            raise TableError(f"features: {of[1].name} reads column {column} again, which only parts of one moment can")
    own = (*OWN_COLUMNS, *(f"{label.name}_{suffix}" for suffix in label.own))
    for place, names in (("source.key", table.key), ("features", columns), ("label.name", [label.name])):
        for column in names:
            if column in own:
                raise TableError(f"{place}: {column} clashes with a column of the captured table")
    for column in table.report.subgroups:
        if column not in table.feature_names:
            raise TableError(f"report.subgroups: {column} is no feature")
    if table.published:
        for part in ("columns", "values"):
            for column in getattr(table.published, part):
                if column not in (*columns, label.name):
                    raise TableError(f"published.{part}: {column} is neither a feature nor the label")


def _name(text: str, at: str) -> str:
    if not text.strip() or "\0" in text or len(text.encode()) > LONGEST_NAME:
        raise TableError(f"{at}: {text!r} is no name in Postgres, which has 1 to {LONGEST_NAME} bytes")
    return text


def _model(text: str) -> str:
    if not MODEL_NAME.fullmatch(text):
        raise TableError(f"model: {text!r} is no lower-case name of letters, digits and underscores")
    return text
