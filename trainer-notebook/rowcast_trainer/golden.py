"""The proof in the contract: a few dozen rows of `parity.csv` with their scores.

A function scores them before it accepts events. Together they contain every category, an unknown one, a missing value
and both ends of every feature, and scores on both sides of the threshold.
"""

import io
import json
from decimal import Decimal

import numpy as np
import pandas as pd

from . import cells
from .kinds import Kind
from .table import TEXTS

LEAST = 32


def chosen(parity: bytes, features: list[dict], kind: Kind) -> list[dict]:
    """The rows for the contract, in the order of the file.

    `features` are those of the contract. Raises `ValueError` when the file lacks a row that is needed.
    """
    lines = pd.read_csv(io.BytesIO(parity), dtype=str, keep_default_na=False)
    rows, answers = lines.to_dict("records"), kind.read(lines)
    usable = [at for at, answer in enumerate(answers) if kind.clear(answer)]
    facts = {at: _facts(rows[at], features) | {("a decision", kind.decision(answers[at]))} for at in usable}
    _mark_ends(facts, rows, answers, features)
    wanted = set().union(*facts.values())
    for fact in _needed(features):
        if fact not in wanted:
            raise ValueError(f"no golden row has {' '.join(map(str, fact))}")
    taken: set[int] = set()
    while wanted:
        best = max(usable, key=lambda at: (len(facts[at] & wanted), -at))
        taken.add(best)
        wanted -= facts[best]
    by_score = sorted(usable, key=lambda at: (answers[at][0], at))
    spread = [by_score[step * (len(by_score) - 1) // (LEAST - 1)] for step in range(LEAST)]
    for at in spread + by_score:
        if len(taken) >= LEAST:
            break
        taken.add(at)
    columns = {feature.get("column", feature["name"]): feature for feature in features}
    return [
        {
            "row": {column: _value(rows[at][column], feature) for column, feature in columns.items()},
            **kind.proof(answers[at]),
        }
        for at in sorted(taken)
    ]


def _facts(row: dict[str, str], features: list[dict]) -> set[tuple]:
    found = set()
    for feature in features:
        name, cell = feature["name"], row[feature.get("column", feature["name"])]
        if cells.blank(cell):
            found.add((name, "missing"))
        elif feature["type"] == "category":
            known = cell in feature["categories"]
            found.add((name, "category", cell) if known else (name, "an unknown category"))
    return found


def _needed(features: list[dict]) -> list[tuple]:
    """The facts that the predictor requires."""
    categories = [(f["name"], "category", category) for f in features for category in f.get("categories", [])]
    missing = [(f["name"], "missing") for f in features if f["missing"] == "impute"]
    return categories + missing


def _mark_ends(facts: dict[int, set], rows: list[dict], answers: np.ndarray, features: list[dict]) -> None:
    for feature in features:
        if feature["type"] == "number":
            name, column = feature["name"], feature.get("column", feature["name"])
            there = [at for at in facts if not cells.blank(rows[at][column])]
            numbers = {at: _number(rows[at][column], feature) for at in there}
            for end, of in (("the least number", min), ("the greatest number", max)):
                facts[of(there, key=numbers.get)].add((name, end))
    for column in range(answers.shape[1]):
        for end, of in (("the least", min), ("the greatest", max)):
            facts[of(facts, key=lambda at: answers[at][column])].add(("a score", column, end))
    most_missing = max(facts, key=lambda at: sum(cells.blank(cell) for cell in rows[at].values()))
    facts[most_missing].add(("a row", "with most missing"))


def _number(cell: str, feature: dict) -> Decimal | int:
    """What orders the cells of a column: the number, or the moment."""
    return cells.moment(cell, feature["sql"]) if "part" in feature else Decimal(cell.strip(cells.SPACE))


def _value(cell: str, feature: dict) -> object:
    """The cell as the connector would write it in JSON."""
    sql = feature.get("sql", "text" if feature["type"] == "category" else "double precision")
    if cells.blank(cell):
        return None
    number = feature["type"] == "number" and "part" not in feature and not TEXTS.fullmatch(sql)
    if number or sql in cells.WHOLE:
        return json.loads(cell)
    return cell == "true" if sql == "boolean" else cell
