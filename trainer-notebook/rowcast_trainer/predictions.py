"""The scores that the model's own library gave, in a CSV file: the graph must give the same."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from . import cells, data, kinds
from .data import DataError, Training
from .kinds import Kind

TOLERANCE = 1e-5
#: The most rows that become golden rows.
KEPT = 120

CAUSES = (
    "the export does not compute what the library computes. An isotonic calibration is known to do this: converters "
    "write it to ONNX with errors of about 0.03. Calibrate with method='sigmoid', or without, and export again. Or the "
    "library scored numbers in doubles that float32 rounds to the other side of a threshold: give it float32"
)


@dataclass(frozen=True)
class Predictions:
    """Rows of text by column, their features, and the answers of the library."""

    rows: pd.DataFrame
    features: pd.DataFrame
    answers: np.ndarray
    places: list[str]


def read(file: Path, training: Training, kind: Kind) -> Predictions:
    """The file has the columns of the model, or the key, or the number of the row in the data (`row`, from 1).

    Raises `DataError`.
    """
    header, lines = data.csv_table(file)
    wanted = kind.headers[:-1] if isinstance(kind, kinds.Multiclass) else kind.headers
    try:
        answers = np.column_stack([_numbers(lines, data.spelling(name, header), file) for name in wanted])
    except DataError as error:
        raise DataError(f"{file.name}: {str(error).removeprefix(f'{file.name}: ')}") from error
    table = training.table
    if all(_has(column, header) for column in table.columns):
        rows = pd.DataFrame({column: lines[data.spelling(column, header)] for column in table.columns})
        try:
            features = data.features_of(rows.to_dict("records"), table)
        except DataError as error:
            raise DataError(f"{file.name}: {error}") from error
        return Predictions(rows, features, answers, [f"row {at}" for at in range(1, len(rows) + 1)])
    if all(_has(column, header) for column in table.key) and training.keys:
        spelt = [data.spelling(column, header) for column in table.key]
        known = {_key(key): at for at, key in enumerate(training.keys)}
        found = [known.get(_key(key)) for key in zip(*(lines[name] for name in spelt))]
        names = [", ".join(f"{c} {cell}" for c, cell in zip(table.key, key)) for key in training.keys]
    elif _has("row", header):
        known = {int(number): at for at, number in enumerate(training.at)}
        found = [known.get(int(number)) for number in _numbers(lines, data.spelling("row", header), file)]
        names = [f"row {number}" for number in training.at]
    else:
        raise DataError(
            f"{file.name}: it needs the columns of the model, or the key ({', '.join(table.key)}; the data needs it "
            "too), or row, the number of the row in the data"
        )
    there = [(at, line) for line, at in enumerate(found) if at is not None]
    if not there:
        raise DataError(f"{file.name}: none of its {len(lines)} rows is in the data")
    rows = pd.DataFrame([training.texts(at) for at, _ in there])
    features = training.features.iloc[[at for at, _ in there]].reset_index(drop=True)
    return Predictions(rows, features, answers[[line for _, line in there]], [names[at] for at, _ in there])


def fault(kind: Kind, predictions: Predictions, answered: np.ndarray, file: str) -> str:
    """Why the graph is not the model of these predictions, or "" when it is."""
    apart = kinds.differences(kind, predictions.answers, answered)
    worst = int(np.argmax(np.where(np.isnan(apart), np.inf, apart)))
    if apart[worst] <= TOLERANCE:
        return ""
    column = int(np.argmax(np.abs(predictions.answers[worst] - answered[worst])))
    theirs, ours = predictions.answers[worst, column], answered[worst, column]
    return (
        f"the graph's scores differ from those of {file} by up to {abs(theirs - ours):.3g}, "
        f"{predictions.places[worst]}: {theirs:.6g} in the file, {ours:.6g} from the graph: {CAUSES}"
    )


def kept(predictions: Predictions) -> np.ndarray:
    """The rows that become golden rows, evenly over their scores."""
    order = np.argsort(predictions.answers[:, 0], kind="stable")
    at = np.linspace(0, len(order) - 1, min(KEPT, len(order))).astype(int)
    return np.sort(order[np.unique(at)])


def _has(column: str, header: list[str]) -> bool:
    try:
        return bool(data.spelling(column, header))
    except DataError:
        return False


def _key(key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell.strip(cells.SPACE) for cell in key)


def _numbers(lines: pd.DataFrame, column: str, file: Path) -> np.ndarray:
    values = []
    for at, text in enumerate(lines[column], 1):
        try:
            values.append(cells.number(text, "double precision"))
        except cells.CellError as error:
            raise DataError(f"{file.name}: row {at}, column {column}: {error}") from error
    numbers = np.array(values)
    if np.isnan(numbers).any():
        raise DataError(f"{file.name}: row {int(np.argmax(np.isnan(numbers))) + 1}, column {column}: it is blank")
    return numbers
