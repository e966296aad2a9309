"""The grammar of a cell, by the SQL type of its column, for the trainer, the predictor and the captured table.

`cells.json` beside the contract's schema holds the cases for the tests of this module and of the predictor's reader.
"""

import json
import math
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

from . import moments

#: The characters that Postgres skips around a number. No other character counts as a space, such as the no-break space.
SPACE = "\t\n\v\f\r "
BLANK = r"[\t-\r ]*"
NUMBER = r"[+-]?([0-9]{1,400}(\.[0-9]{0,400})?|\.[0-9]{1,400})([eE][+-]?[0-9]{1,4})?"
BOOLEAN = r"[tT]([rR][uU][eE])?|[fF]([aA][lL][sS][eE])?"
WHOLE = {"smallint": 16, "integer": 32, "bigint": 64}
#: A longer text is not a category: it would fill the contract.
LONGEST_CATEGORY = 1_000

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LIMITED = re.compile(r"(?:var)?char\((\d+)\)")
#: From here upwards a number becomes infinite as a float32.
_BEYOND = 2.0**128 - 2.0**103
_NUMERIC = re.compile(r"numeric\((\d+)(?:,(\d+))?\)")
_NUMBER = re.compile(NUMBER)
_SHOWN = 40
#: Enough digits for every number that NUMBER admits and a float32 can hold.
_DIGITS = 12_000


class CellError(ValueError):
    """The cell is not valid in a column of this type. The message shows it and is one line."""


def blank(cell: str) -> bool:
    """Whether the cell is missing: it is empty, or has spaces only."""
    return not cell.strip(SPACE)


def number(cell: str, sql: str) -> float:
    """The number as its column stores it, NaN when it is missing. Raises `CellError`."""
    if blank(cell):
        return math.nan
    if sql in ("real", "double precision"):
        return _float(cell, cell.strip(SPACE)) + 0.0
    return float(_held(cell, sql))


def moment(cell: str, sql: str) -> int:
    """The moment in a column of dates or timestamps, `moments.MISSING` when it is missing. Raises `CellError`."""
    if blank(cell):
        return moments.MISSING
    try:
        return moments.read(cell.strip(SPACE), sql)
    except ValueError as error:
        raise CellError(f"{shown(cell)} {error}") from error


def category(cell: str, sql: str) -> str:
    """The category without outer spaces, as its column stores it, "" when it is missing. Raises `CellError`."""
    if blank(cell):
        return ""
    if sql in WHOLE:
        return f"{_held(cell, sql):f}"
    if sql == "boolean":
        text = cell.strip(SPACE)
        if not re.fullmatch(BOOLEAN, text):
            raise CellError(f"{shown(cell)} is no boolean: true, false, t or f")
        return "true" if text[0] in "tT" else "false"
    text = cell.strip(SPACE)
    if sql == "uuid":
        if not re.fullmatch(_UUID, text.lower()):
            raise CellError(f"{shown(cell)} is no uuid")
        return text.lower()
    limit = _LIMITED.fullmatch(sql)
    if limit and len(text) > int(limit[1]):
        raise CellError(f"{shown(cell)} is longer than {sql}")
    if len(text) > LONGEST_CATEGORY:
        raise CellError(f"{shown(cell)} has {len(text):,} characters, a category at most {LONGEST_CATEGORY:,}")
    return text


def shown(cell: str) -> str:
    """The cell for a message: its first characters."""
    return repr(cell if len(cell) <= _SHOWN else cell[: _SHOWN - 3] + "...")


def cases(which: str = "cases") -> list[dict]:
    """The cases of `cells.json`: `cases`, `later` (since contract 1.3) or `times`."""
    return json.loads((Path(__file__).parent.parent / "cells.json").read_text(encoding="utf-8"))[which]


def _float(cell: str, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise CellError(f"{shown(cell)} is no number")
    value = float(text)
    if not abs(value) < _BEYOND:
        raise CellError(f"{shown(cell)} is beyond what a float32 can hold")
    return value


def _held(cell: str, sql: str) -> Decimal:
    text = cell.strip(SPACE)
    _float(cell, text)
    value = Decimal(text)
    if sql in WHOLE:
        return _whole(cell, value, sql)
    if numeric := _NUMERIC.fullmatch(sql):
        value = _rounded(value, int(numeric[2] or 0))
        if abs(value) >= Decimal(1).scaleb(int(numeric[1]) - int(numeric[2] or 0)):
            raise CellError(f"{shown(cell)} is out of the range of {sql}")
    return value if value else Decimal(0)


def _whole(cell: str, value: Decimal, sql: str) -> Decimal:
    with localcontext(prec=_DIGITS):
        if value != value.to_integral_value():
            raise CellError(f"{shown(cell)} is no whole number")
        most = 2 ** (WHOLE[sql] - 1)
        if not -most <= value < most:
            raise CellError(f"{shown(cell)} is out of the range of {sql}")
        return Decimal(int(value))


def _rounded(value: Decimal, scale: int) -> Decimal:
    """As Postgres rounds a text for a column of this scale: half away from zero."""
    with localcontext(prec=_DIGITS):
        return value.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
