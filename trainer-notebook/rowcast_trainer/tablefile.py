"""Reads a table file (TOML): what its parts must be. Every fault is one line that names the place in the file."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from . import cells, moments, tablerules
from .table import (
    KEY_TYPES,
    LENGTHS,
    MODEL_NAME,
    MOMENTS,
    NUMBERS,
    PARTS,
    SQL_TYPES,
    TEXTS,
    Classes,
    Costs,
    Feature,
    Forest,
    Label,
    Name,
    Published,
    Quantity,
    Report,
    Table,
    TableError,
    Text,
)

KINDS: dict[str, TypeAdapter] = {kind.kind: TypeAdapter(kind) for kind in (Label, Classes, Quantity)}


def read(file: Path) -> Table:
    """The table of this file. Raises `TableError`."""
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise TableError(f"{file.name}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(f"{file.name}: is not TOML: {str(error).splitlines()[0]}") from error
    try:
        table = _File.model_validate(document).table()
        tablerules.check(table)
    except ValidationError as error:
        raise TableError(f"{file.name}: {_line(error)}") from error
    except TableError as error:
        raise TableError(f"{file.name}: {error}") from error
    return table


def _line(error: ValidationError) -> str:
    """The first fault: the place in the file, and what is wrong there."""
    fault = error.errors(include_url=False)[0]
    at, given, context = _place(fault["loc"]), fault["input"], fault.get("ctx", {})
    if fault["type"] == "value_error":
        inner = context["error"]
        # A fault that is found in several values begins with its place below this one.
        said = f".{_line(inner)}" if isinstance(inner, ValidationError) else str(inner)
        return f"{at}{said}".lstrip(".: ")
    texts = any(isinstance(step, int) for step in fault["loc"])
    says = {
        "missing": "is missing",
        "extra_forbidden": "is unknown here",
        "unexpected_keyword_argument": "is unknown here",
        "string_type": "must be a list of texts" if texts else f"must be a text, not {given!r}",
        "tuple_type": f"must be a list of texts, not {given!r}",
        "float_type": f"must be a number, not {given!r}",
        "int_type": f"must be a whole number, not {given!r}",
        "greater_than": f"must be above {context.get('gt', 0):g}, not {given}",
        "less_than": f"must be below {context.get('lt', 0):g}, not {given}",
        "greater_than_equal": f"must be {context.get('ge')} or more, not {given}",
        "less_than_equal": f"must be {context.get('le')} or less, not {given}",
        "literal_error": f"must be {context.get('expected', '').replace(chr(39), '')}, not {given!r}",
    }
    tables = ("model_type", "model_attributes_type", "dict_type", "dataclass_type")
    return f"{at} {'must be a table' if fault['type'] in tables else says.get(fault['type'], fault['msg'])}"


def _place(steps: tuple[int | str, ...]) -> str:
    return ".".join(step for step in (steps[:-2] if "[key]" in steps else steps) if isinstance(step, str))


def _key_type(sql: str) -> str:
    if sql not in KEY_TYPES and not re.fullmatch(LENGTHS, sql):
        raise ValueError(f" must be one of {', '.join(KEY_TYPES)}, not {sql!r}")
    return sql


def _model_name(text: str) -> str:
    if not MODEL_NAME.fullmatch(text):
        raise ValueError(f": {text!r} is no lower-case name of letters, digits and underscores")
    return text


def _some(values: dict) -> dict:
    if not values:
        raise ValueError(" needs at least one column")
    return values


def _alone(said: object) -> object:
    """A feature of which only the type is said."""
    return {"sql": said} if isinstance(said, str) else said


def _label(said: object) -> Label | Classes | Quantity:
    if not isinstance(said, dict):
        raise ValueError(" must be a table")
    kind = said.get("kind", "multiclass" if "classes" in said else "binary")
    if not isinstance(kind, str) or kind not in KINDS:
        *some, last = KINDS
        raise ValueError(f".kind must be {', '.join(some)} or {last}, not {kind!r}")
    return KINDS[kind].validate_python({key: value for key, value in said.items() if key != "kind"})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Source(_Part):
    schema_name: Name = Field(alias="schema")
    table: Name
    captured: Name
    key: Annotated[dict[Name, Annotated[str, AfterValidator(_key_type)]], AfterValidator(_some)]


class _Feature(_Part):
    sql: str
    type: str = ""
    missing: Literal["impute", "reject"] = "impute"
    column: Name = ""
    part: str = ""
    since: str = ""
    zone: str = ""
    missing_value: Annotated[float, Strict()] | None = None

    @model_validator(mode="after")
    def _checked(self) -> "_Feature":
        self.sql = sql = self.sql.replace(", ", ",")
        if not SQL_TYPES.fullmatch(sql):
            raise ValueError(f": {sql!r} is no SQL type that can be a feature")
        moment = sql in MOMENTS
        usual = "number" if moment or NUMBERS.fullmatch(sql) else "category"
        self.type = self.type or usual
        possible = {usual, *(["number"] if TEXTS.fullmatch(sql) else []), *(["category"] if sql in cells.WHOLE else [])}
        if self.type not in possible:
            raise ValueError(f".type: {sql} cannot be {self.type!r}")
        if moment:
            self._check_moment()
        allowed = {"part": moment, "since": moment and self.part == "days", "zone": sql == "timestamptz"}
        for said in self.model_fields_set:
            if not allowed.get(said, True):
                raise ValueError(f".{said} is unknown here")
        self._check_missing_value()
        return self

    def _check_moment(self) -> None:
        possible = [known for known in PARTS if (self.sql, known) != ("date", "hour")]
        if self.part not in possible:
            raise ValueError(f".part must be one of {', '.join(possible)} for a {self.sql}, not {self.part!r}")
        if self.part == "days" and not moments.is_date(self.since):
            raise ValueError(f".since must be a date such as 2000-01-01, not {self.since!r}")
        if self.sql == "timestamptz" and not moments.is_zone(self.zone):
            raise ValueError(f".zone must be a time zone such as Europe/Berlin or UTC, not {self.zone!r}")

    def _check_missing_value(self) -> None:
        if self.missing_value is None:
            return
        if (self.type, self.missing) != ("number", "impute"):
            raise ValueError(".missing_value is only for a number that is imputed")
        try:
            whole = int(self.missing_value) if self.missing_value == int(self.missing_value) else self.missing_value
            cells.number(repr(whole), "double precision" if self.sql in MOMENTS else self.sql)
        except (cells.CellError, OverflowError, ValueError) as error:
            raise ValueError(f".missing_value: {error}") from error

    def feature(self, name: str) -> Feature:
        of = "" if self.column == name else self.column
        said = self.model_dump(include={"type", "missing", "sql", "part", "since", "zone", "missing_value"})
        return Feature(name=name, of=of, **said)


class _File(_Part):
    model: Annotated[str, AfterValidator(_model_name)]
    meaning: Text
    source: _Source
    features: Annotated[dict[Name, Annotated[_Feature, BeforeValidator(_alone)]], AfterValidator(_some)]
    label: Annotated[Label | Classes | Quantity, BeforeValidator(_label)]
    costs: Costs | None = None
    report: Report
    published: Published | None = None
    forest: Forest = Forest()

    @model_validator(mode="after")
    def _checked(self) -> "_File":
        if isinstance(self.label, Label) != (self.costs is not None):
            raise ValueError(f"costs is {'missing' if self.costs is None else 'unknown here'}")
        return self

    def table(self) -> Table:
        return Table(
            model=self.model,
            meaning=self.meaning,
            schema=self.source.schema_name,
            name=self.source.table,
            captured=self.source.captured,
            key=self.source.key,
            features=tuple(feature.feature(name) for name, feature in self.features.items()),
            label=self.label,
            costs=self.costs,
            report=self.report,
            published=self.published,
            forest=self.forest,
        )
