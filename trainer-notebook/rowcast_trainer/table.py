"""The description of the training table: columns, types and label. `tablefile` reads it from a table file."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Literal

import pydantic.dataclasses
from pydantic import AfterValidator, ConfigDict, Field, Strict

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


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError(" is blank")
    return text


def _named(text: str) -> str:
    if not text.strip() or "\0" in text or len(text.encode()) > LONGEST_NAME:
        raise ValueError(f": {text!r} is no name in Postgres, which has 1 to {LONGEST_NAME} bytes")
    return text


def _different(texts: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(texts)) < max(3, len(texts)) or not all(map(str.strip, texts)):
        raise ValueError(" must be three or more different texts, none of them blank")
    return texts


Text = Annotated[str, AfterValidator(_not_blank)]
Name = Annotated[str, AfterValidator(_named)]
Cost = Annotated[float, Strict(), Field(gt=0, lt=1e9)]
Count = Annotated[int, Strict(), Field(ge=1, le=10_000)]

#: Of a record that is a part of the file as it stands there.
PART = ConfigDict(extra="forbid")


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


@pydantic.dataclasses.dataclass(frozen=True, config=PART)
class Label:
    """The column that the model predicts, and its two values."""

    name: Name
    positive: Text
    negative: Text

    kind = "binary"
    own = OWN_OF_LABEL

    @property
    def classes(self) -> tuple[str, ...]:
        return (self.positive, self.negative)


@pydantic.dataclasses.dataclass(frozen=True, config=PART)
class Classes:
    """The column that the model predicts, and its three or more values."""

    name: Name
    classes: Annotated[tuple[str, ...], AfterValidator(_different)]

    kind = "multiclass"
    own = OWN_OF_CLASSES


@pydantic.dataclasses.dataclass(frozen=True, config=PART)
class Quantity:
    """The column of numbers that the model predicts, and their unit."""

    name: Name
    unit: str = ""

    kind = "regression"
    own = OWN_OF_QUANTITY


@pydantic.dataclasses.dataclass(frozen=True, config=PART)
class Forest:
    """The size of the forest, which determines the cost of loading and scoring, and the fit to the data.

    A depth of 0 is no limit.
    """

    trees: Count = 200
    depth: Annotated[int, Strict(), Field(ge=0, le=10_000)] = 8
    rows_per_leaf: Count = 10


@pydantic.dataclasses.dataclass(frozen=True, config=PART)
class Costs:
    """The costs of missing a positive row and of acting on a negative one, in any unit."""

    missed: Cost
    needless: Cost
    unit: Text


@pydantic.dataclasses.dataclass(frozen=True, config=PART)
class Published:
    """The origin of the published rows, and the mapping of their columns and values to the source table."""

    package: Text
    item: Text
    name: Text
    licence: Text
    columns: dict[str, Text] = Field(default_factory=dict)
    values: dict[str, dict[str, Text]] = Field(default_factory=dict)


@pydantic.dataclasses.dataclass(frozen=True, config=PART)
class Report:
    """Texts of the report and of the model card."""

    title: Text
    about: Text
    use: Text
    limits: tuple[str, ...] = ()
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
    forest: Forest = field(default_factory=Forest)

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
