"""What depends on the kind of label: the answers of a model, how files spell them, and when two answers agree.

Answers are a matrix with a row per scored row: the probability of the positive label (binary), the probability of each
class in the order of the table file (multiclass), or the value and, if there is an interval, its ends (regression).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from .table import Classes, Label, Quantity

#: Rows that are scored at a time.
BATCH = 100_000
#: The least distance of a decision in the golden rows: a runtime may differ by less, but the label must not.
CLEAR = 1e-5


@dataclass(frozen=True)
class Binary:
    """The probability of the positive label, which is the label from the threshold upwards."""

    label: Label
    threshold: float

    @property
    def headers(self) -> list[str]:
        """The columns that follow the row in `parity.csv`."""
        return ["probability"]

    def texts(self, answer: np.ndarray) -> list[str]:
        return [f"{answer[0]:.17g}"]

    def read(self, lines: pd.DataFrame) -> np.ndarray:
        """The answers of the lines of `parity.csv`."""
        return lines[["probability"]].astype(float).to_numpy()

    def decision(self, answer: np.ndarray) -> str:
        return self.label.positive if answer[0] >= self.threshold else self.label.negative

    def clear(self, answer: np.ndarray) -> bool:
        """Whether the decision is the same after a difference that is allowed."""
        return abs(answer[0] - self.threshold) > CLEAR

    def proof(self, answer: np.ndarray) -> dict:
        """The answer in the golden rows of the contract."""
        return {"probability": float(answer[0]), "label": self.decision(answer)}

    def label_part(self) -> dict:
        return {"name": self.label.name, "positive": self.label.positive, "negative": self.label.negative}


@dataclass(frozen=True)
class Multiclass:
    """The probability of each class; the label is the most probable one, the first one of equals."""

    label: Classes

    @property
    def headers(self) -> list[str]:
        return [*(f"probability_{name}" for name in self.label.classes), "label"]

    def texts(self, answer: np.ndarray) -> list[str]:
        return [*(f"{p:.17g}" for p in answer), self.decision(answer)]

    def read(self, lines: pd.DataFrame) -> np.ndarray:
        return lines[self.headers[:-1]].astype(float).to_numpy()

    def decision(self, answer: np.ndarray) -> str:
        return self.label.classes[int(np.argmax(answer))]

    def clear(self, answer: np.ndarray) -> bool:
        second, first = np.sort(answer)[-2:]
        return first - second > 2 * CLEAR

    def proof(self, answer: np.ndarray) -> dict:
        return {"probabilities": [float(p) for p in answer], "label": self.decision(answer)}

    def label_part(self) -> dict:
        return {"name": self.label.name, "classes": list(self.label.classes)}


@dataclass(frozen=True)
class Regression:
    """A value, with the ends of its interval if the model has one."""

    label: Quantity
    interval: bool = False

    @property
    def headers(self) -> list[str]:
        return ["value", "lower", "upper"] if self.interval else ["value"]

    def texts(self, answer: np.ndarray) -> list[str]:
        return [f"{value:.17g}" for value in answer]

    def read(self, lines: pd.DataFrame) -> np.ndarray:
        return lines[self.headers].astype(float).to_numpy()

    def decision(self, answer: np.ndarray) -> str:
        return ""

    def clear(self, answer: np.ndarray) -> bool:
        return True

    def proof(self, answer: np.ndarray) -> dict:
        return dict(zip(self.headers, map(float, answer)))

    def label_part(self) -> dict:
        return {"name": self.label.name}


Kind = Binary | Multiclass | Regression


def of_table(label: Label | Classes | Quantity, threshold: float | None = None, interval: bool = False) -> Kind:
    if isinstance(label, Label):
        return Binary(label, 0.5 if threshold is None else threshold)
    return Multiclass(label) if isinstance(label, Classes) else Regression(label, interval)


def of_contract(label: dict, output: dict) -> Kind:
    """The kind that a contract states: binary in versions that have no other."""
    kind = output.get("kind", "binary")
    if kind == "binary":
        return Binary(Label(label["name"], label["positive"], label["negative"]), output["threshold"])
    if kind == "multiclass":
        return Multiclass(Classes(label["name"], tuple(label["classes"])))
    return Regression(Quantity(label["name"], output.get("unit", "")), "interval" in output)


def differences(kind: Kind, expected: np.ndarray, answered: np.ndarray) -> np.ndarray:
    """By row the largest difference: absolute for probabilities, as a share of a value above 1 for a regression."""
    scale = np.maximum(1, np.abs(expected[:, :1])) if isinstance(kind, Regression) else 1
    return (np.abs(answered - expected) / scale).max(axis=1, initial=0)


def same_decisions(kind: Kind, expected: np.ndarray, answered: np.ndarray) -> bool:
    return all(kind.decision(one) == kind.decision(other) for one, other in zip(expected, answered))


def expected(kind: Kind, model: Pipeline, features: pd.DataFrame, spread: float = 0.0) -> np.ndarray:
    """The answers of scikit-learn (float64). `spread` is half the width of the interval."""
    if len(features) > BATCH:
        parts = (features.iloc[start : start + BATCH] for start in range(0, len(features), BATCH))
        return np.concatenate([expected(kind, model, part, spread) for part in parts])
    if isinstance(kind, Regression):
        value = model.predict(features)[:, None]
        return np.hstack([value, value - spread, value + spread]) if kind.interval else value
    wanted = [kind.label.positive] if isinstance(kind, Binary) else kind.label.classes
    return model.predict_proba(features)[:, [list(model.classes_).index(name) for name in wanted]]
