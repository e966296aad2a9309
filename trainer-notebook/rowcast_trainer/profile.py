"""The profile of the training data: one aligned line per column, for `check`."""

import pandas as pd

from .data import Training, text_of

HEAD = ("column", "type", "missing", "distinct", "least", "median", "greatest", "most frequent")
RIGHT = {"missing", "distinct", "least", "median", "greatest"}
LONGEST = 30


def text(training: Training) -> str:
    """The profile's lines: each feature, then the label."""
    lines: list[tuple[str, ...]] = [HEAD]
    lines += ((each.name, each.sql, *_described(training.features[each.name])) for each in training.table.features)
    lines.append((training.table.label.name, "label", *_described(training.label)))
    widths = [max(map(len, column)) for column in zip(*lines)]
    return "\n".join("  ".join(map(_padded, line, widths, HEAD)).rstrip() for line in lines)


def _described(values: pd.Series) -> tuple[str, ...]:
    number = pd.api.types.is_numeric_dtype(values)
    present = values.dropna() if number else values[values != ""]
    ends = [""] * 3
    if number:
        ends = [_number(value, values) for value in (present.min(), present.median(), present.max())]
    counts = present.value_counts()
    # Of equally frequent values the first one in their order, so that the same data has the same profile.
    usual = min(counts.index[counts == counts.iloc[0]])
    shown = _number(usual, values) if number else _short(usual)
    share = f"{counts.iloc[0] / len(values):.1%}"
    return f"{1 - len(present) / len(values):.1%}", f"{len(counts):,}", *ends, f"{shown} ({share})"


def _number(value: float, column: pd.Series) -> str:
    """As many digits as the column stores."""
    return text_of(column.to_numpy().dtype.type(value))


def _short(shown: str) -> str:
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _padded(cell: str, width: int, head: str) -> str:
    return cell.rjust(width) if head in RIGHT else cell.ljust(width)
