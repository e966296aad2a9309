"""The reference: a linear model of one column per known category and a cubic spline of each number.

A number beyond the training rows counts as the nearest one of them, so that a typing error cannot drive the answer
away. `splinegraph` writes the same model as an ONNX graph.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import SplineTransformer, StandardScaler

from .data import Training
from .model import categories_of, columns
from .table import Feature, Quantity

KNOTS = 5


class Within(TransformerMixin, BaseEstimator):
    """Numbers beyond the ends become the nearer end. What follows computes in float64, as the graph does."""

    def __init__(self, low: float, high: float):
        self.low, self.high = low, high

    def fit(self, numbers: np.ndarray, label: object = None) -> "Within":
        self.fitted_ = True
        return self

    def transform(self, numbers: np.ndarray) -> np.ndarray:
        return np.clip(numbers, np.float32(self.low), np.float32(self.high)).astype(np.float64)


def reference(training: Training) -> Pipeline:
    """The untrained pipeline from a table row to its answer."""
    if isinstance(training.table.label, Quantity):
        linear = Ridge(alpha=10.0)
    else:
        linear = LogisticRegression(C=0.1, max_iter=2000)
    return Pipeline([("columns", _columns(training)), ("scaler", StandardScaler()), ("linear", linear)])


def _columns(training: Training) -> ColumnTransformer:
    """A part for each feature; a number with too few different values for a spline is a column as it is."""
    table, categories = training.table, categories_of(training)
    splined, encoded, plain = [], [], []
    for feature in table.features:
        alone = columns(replace(table, features=(feature,)), categories)
        if feature.type == "category":
            encoded.append((feature.name, alone, [feature.name]))
            continue
        numbers = training.features[feature.name].dropna()
        knots = np.unique(numbers.quantile(np.linspace(0, 1, KNOTS)))
        within = Within(*_ends(numbers, feature))
        if len(knots) > 2:
            spline = SplineTransformer(knots=knots[:, None], extrapolation="linear")
            splined.append((feature.name, make_pipeline(alone, within, spline), [feature.name]))
        else:
            plain.append((feature, (feature.name, make_pipeline(alone, within), [feature.name])))
    # As `model.columns` orders them: those with a value of their own for a missing one are last, by this value.
    plain.sort(key=lambda part: -np.inf if part[0].missing_value is None else part[0].missing_value)
    return ColumnTransformer(splined + encoded + [part for _, part in plain])


def _ends(numbers: pd.Series, feature: Feature) -> tuple[float, float]:
    known = [numbers.min(), numbers.max(), *([] if feature.missing_value is None else [feature.missing_value])]
    return float(min(known)), float(max(known))


@dataclass(frozen=True)
class Piecewise:
    """The columns that a number becomes, as polynomials of degree 3 on pieces of the axis, each from 0 to 1.

    A column has the value `least` at the first start, and adds for each piece `rise[power - 1, piece]` times the power
    of the distance from its start, as a share of its width, at most 1. `imputed` replaces a missing number.
    """

    imputed: float
    starts: np.ndarray
    widths: np.ndarray
    least: np.ndarray
    rise: np.ndarray


def piecewise(part: Pipeline) -> Piecewise:
    """The columns of a fitted part for a number."""
    (_, imputer, _), *_ = part[0].transformers_
    imputed, within = float(np.float32(imputer.statistics_[0])), part[1]
    low, high = float(np.float32(within.low)), float(np.float32(within.high))
    if len(part) == 2:
        rise = np.zeros((3, 1, 1))
        rise[0] = high - low
        return Piecewise(imputed, np.array([low]), np.array([high - low]), np.array([low]), rise)
    spline = part[2].bsplines_[0]
    first, last = spline.t[spline.k], spline.t[-spline.k - 1]
    inner = np.unique(spline.t[spline.k : -spline.k])
    starts, widths = list(inner[:-1]), list(np.diff(inner))
    # The Taylor polynomial at a knot is the whole piece after it.
    rises = [
        np.stack([spline(start, nu=power) / math.factorial(power) * width**power for power in (1, 2, 3)])
        for start, width in zip(starts, widths)
    ]
    least = spline(first)
    for at, end, slope in ((0, low, spline(first, nu=1)), (len(starts), high, spline(last, nu=1))):
        outside = first - end if at == 0 else end - last
        if outside > 0:
            starts.insert(at, end if at == 0 else last)
            widths.insert(at, outside)
            rises.insert(at, np.stack([outside * slope, 0 * slope, 0 * slope]))
            least = least - outside * slope if at == 0 else least
    return Piecewise(imputed, np.array(starts), np.array(widths), least, np.stack(rises, axis=1))


def knots(model: Pipeline, feature: Feature) -> np.ndarray:
    """The ends of the pieces of this number, rising."""
    found = piecewise({name: how for name, how, _ in model["columns"].transformers_}[feature.name])
    return np.unique(np.append(found.starts, found.starts[-1] + found.widths[-1]))
