"""Dates and timestamps: how a cell spells them, and the numbers that a model reads from them.

A moment is kept as microseconds since 1970: of the local wall time for `date` and `timestamp`, of UTC for
`timestamptz`.
"""

import datetime as dt
import re
import zoneinfo

import numpy as np
import pandas as pd

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
#: The connector appends Z to each of them. A timestamptz needs Z or its offset from UTC.
GRAMMAR = {
    "date": f"{_DAY}Z?",
    "timestamp": f"{_DAY}({_CLOCK})?Z?",
    "timestamptz": f"{_DAY}{_CLOCK}(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)",
}
EXAMPLE = {
    "date": "2024-05-01",
    "timestamp": "2024-05-01T12:34:56",
    "timestamptz": "2024-05-01T12:34:56Z or +02",
}
MISSING = np.iinfo(np.int64).min
DAY = 86_400_000_000

#: Java knows no greater one.
GREATEST_OFFSET = dt.timedelta(hours=18)

_EPOCH = dt.datetime(1970, 1, 1)
_MICROSECOND = dt.timedelta(microseconds=1)


def read(text: str, sql: str) -> int:
    """The moment that a text spells. Raises `ValueError`."""
    if not re.fullmatch(GRAMMAR[sql], text):
        raise ValueError(f"is no {sql} such as {EXAMPLE[sql]}")
    try:
        found = dt.datetime.fromisoformat(text if sql == "timestamptz" else text.removesuffix("Z"))
        if sql == "timestamptz":
            if abs(found.utcoffset()) > GREATEST_OFFSET or re.search(r"[+-][0-9]{2}:?[6-9][0-9]$", text):
                raise ValueError(text)
            found = found.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"is no {sql}: there is no such day, time or offset") from error
    return (found.replace(tzinfo=None) - _EPOCH) // _MICROSECOND


def spelt(moment: int, sql: str) -> str:
    """The moment as the connector writes it, "" when it is missing."""
    if moment == MISSING:
        return ""
    found = _EPOCH + moment * _MICROSECOND
    if sql == "date":
        return found.date().isoformat()
    return found.isoformat() + ("Z" if sql == "timestamptz" else "")


def part(moments: np.ndarray, which: str, since: str = "", zone: str = "") -> np.ndarray:
    """One number per moment, NaN where it is missing: the definition of the parts in the contract.

    The days are those since `since` at 00:00 local time, with the fraction of the local day.
    """
    local = pd.DatetimeIndex(moments.view("datetime64[us]"))
    if zone:
        local = local.tz_localize("UTC").tz_convert(zoneinfo.ZoneInfo(zone)).tz_localize(None)
    if which == "days":
        start = (dt.datetime.fromisoformat(since) - _EPOCH) // _MICROSECOND
        wall = local.to_numpy().astype("datetime64[us]").view(np.int64)
        # Whole days and the rest apart: a difference in microseconds has more digits than a float64.
        days, rest = np.divmod(wall - start, DAY)
        found = np.where(moments == MISSING, np.nan, days + rest / DAY)
    else:
        found = np.asarray(
            {"month": local.month, "weekday": local.day_of_week + 1, "hour": local.hour}[which], dtype=float
        )
    return found.astype(np.float32)


def changes_of(zone: str, moment: int) -> list[int]:
    """The moments in the year after this one at which the zone's offset changes, and the second before each."""
    if moment == MISSING:
        return []
    hours = moment + np.arange(366 * 24) * (DAY // 24)
    utc = hours // (DAY // 24) * (DAY // 24)
    wall = pd.DatetimeIndex(utc.view("datetime64[us]")).tz_localize("UTC").tz_convert(zoneinfo.ZoneInfo(zone))
    offset = wall.tz_localize(None).to_numpy().astype("datetime64[us]").view(np.int64) - utc
    at = np.flatnonzero(np.diff(offset)) + 1
    return [int(found) for change in utc[at] for found in (change - 1_000_000, change)]


def is_date(text: str) -> bool:
    try:
        return read(text, "date") is not None
    except ValueError:
        return False


def is_zone(text: str) -> bool:
    """Whether the time zone database has this zone."""
    try:
        return bool(text) and text[0] not in "+-" and zoneinfo.ZoneInfo(text).key == text
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
