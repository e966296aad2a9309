"""The two models that `train` can ship: the forest, and the reference if it is significantly better."""

from collections.abc import Callable
from dataclasses import dataclass

from sklearn.pipeline import Pipeline

from . import model, splines
from .data import Training
from .model import Make
from .references import FOREST, REFERENCE, SIGNIFICANT, Paired
from .table import Table


@dataclass(frozen=True)
class Learner:
    """`name` is that of the report, `said` the name in a sentence, `edges` are where its scores bend or jump."""

    name: str
    said: str
    edges: str
    make: Make
    described: Callable[[Table], str]

    def fit(self, training: Training) -> Pipeline:
        """The model, trained on all rows."""
        return model.fitted(self.make(training), training.features, training.label)


def chosen(against: Paired, greater_is_better: bool = True) -> Learner:
    """The forest, unless the paired test of the forest's measure minus the reference's says that the reference wins."""
    lost = against.difference < 0 if greater_is_better else against.difference > 0
    return SPLINES if lost and against.p < SIGNIFICANT else TREES


def _forest(table: Table) -> str:
    size = table.forest
    limit = f"depth at most {size.depth}" if size.depth else "depth without a limit"
    return (
        f"A random forest of {size.trees} trees ({limit}, at least {size.rows_per_leaf} rows in a leaf) on one "
        f"column per known category and on the numbers; {_missing(table)}"
    )


def _splines(table: Table) -> str:
    of = {"binary": "logistic regression", "multiclass": "multinomial logistic regression"}
    return (
        f"A {of.get(table.label.kind, 'ridge regression')} on one column per known category and on a cubic spline of "
        f"each number ({splines.KNOTS} knots at most, at the quantiles), because it is significantly better than the "
        "forest; a number beyond those of the training rows counts as the nearest one of them, "
        f"{_missing(table)}"
    )


def _missing(table: Table) -> str:
    filled = [f"{f.missing_value:g} (`{f.name}`)" for f in table.features if f.missing_value is not None]
    return (
        f"a missing number becomes {' or '.join([*filled, 'the median'])}, an unknown or missing category a row of "
        "zeros. All of it is in the ONNX file."
    )


TREES = Learner(FOREST, "the forest", "threshold of the forest", model.of, _forest)
SPLINES = Learner(REFERENCE, f"the {REFERENCE}", "knot of its splines", splines.reference, _splines)
