"""The proof in the contract: a few dozen rows of `parity.csv` with their scores.

A function scores them before it accepts events. Together they contain every category, an unknown one, a missing value
and both ends of every feature, and scores on both sides of the threshold.
"""

import csv
import io
import json
from decimal import Decimal

from . import cells

LEAST = 32

#: Minimum distance of a score from the threshold: a runtime may differ by less, but the label must not differ.
CLEAR = 1e-5


def chosen(parity: bytes, features: list[dict], label: dict, threshold: float) -> list[dict]:
    """The rows for the contract, in the order of the file.

    `features` and `label` are those of the contract. Raises `ValueError` when the file lacks a row that is needed.
    """
    rows = list(csv.DictReader(io.StringIO(parity.decode(), newline="")))
    scores = [float(row["probability"]) for row in rows]
    usable = [at for at, score in enumerate(scores) if abs(score - threshold) > CLEAR]
    facts = {at: _facts(rows[at], scores[at], features, threshold) for at in usable}
    _mark_ends(facts, rows, scores, features)
    wanted = set().union(*facts.values())
    for fact in _needed(features):
        if fact not in wanted:
            raise ValueError(f"no golden row has {' '.join(map(str, fact))}")
    taken: set[int] = set()
    while wanted:
        best = max(usable, key=lambda at: (len(facts[at] & wanted), -at))
        taken.add(best)
        wanted -= facts[best]
    by_score = sorted(usable, key=lambda at: (scores[at], at))
    spread = [by_score[step * (len(by_score) - 1) // (LEAST - 1)] for step in range(LEAST)]
    for at in spread + by_score:
        if len(taken) >= LEAST:
            break
        taken.add(at)
    return [
        {
            "row": {feature["name"]: _value(rows[at][feature["name"]], feature) for feature in features},
            "probability": scores[at],
            "label": label["positive" if scores[at] >= threshold else "negative"],
        }
        for at in sorted(taken)
    ]


def _facts(row: dict[str, str], score: float, features: list[dict], threshold: float) -> set[tuple]:
    found = {("a score", "at or above the threshold" if score >= threshold else "below the threshold")}
    for feature in features:
        name, cell = feature["name"], row[feature["name"]]
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


def _mark_ends(facts: dict[int, set], rows: list[dict], scores: list[float], features: list[dict]) -> None:
    for feature in features:
        if feature["type"] == "number":
            name = feature["name"]
            there = [at for at in facts if not cells.blank(rows[at][name])]
            for end, of in (("the least number", min), ("the greatest number", max)):
                facts[of(there, key=lambda at: Decimal(rows[at][name]))].add((name, end))
    for end, of in (("the least", min), ("the greatest", max)):
        facts[of(facts, key=lambda at: scores[at])].add(("a score", end))
    most_missing = max(facts, key=lambda at: sum(cells.blank(cell) for cell in rows[at].values()))
    facts[most_missing].add(("a row", "with most missing"))


def _value(cell: str, feature: dict) -> object:
    """The cell as the connector would write it in JSON."""
    sql = feature.get("sql", "text")
    if cells.blank(cell):
        return None
    if feature["type"] == "number" or sql in cells.WHOLE:
        return json.loads(cell)
    return cell == "true" if sql == "boolean" else cell
