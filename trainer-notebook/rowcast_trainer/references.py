"""Other models on the same folds, for comparison with the forest."""

from collections.abc import Container
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OrdinalEncoder, StandardScaler
from threadpoolctl import threadpool_limits

from . import splines
from .data import FOLDS, Training
from .metrics import cost
from .model import SEED, Make, categories_of, columns, fitted, folds, of, pipeline, score

DEMO_TREES = 15
#: The model that the forest must not lose to, and the forest.
REFERENCE, FOREST = "logistic regression with splines", "this forest"
#: A difference with a smaller p value is taken for real.
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Paired:
    """The mean difference of two models on the same folds, its 95 % interval, and the p value of no difference."""

    difference: float
    low: float
    high: float
    p: float


def models(training: Training) -> dict[str, Pipeline]:
    """The models by their name in the report, the shipped one last."""
    table, categories = training.table, categories_of(training)
    onehot, codes = columns(table, categories), _codes(training)
    kinds = [True] * len(table.categories) + [False] * len(table.numbers)
    return {
        "always the share of the positive": make_pipeline(onehot, DummyClassifier(strategy="prior")),
        "logistic regression": make_pipeline(onehot, StandardScaler(), LogisticRegression(max_iter=2000)),
        REFERENCE: splines.reference(training),
        "gradient boosting": make_pipeline(
            _codes(training, impute=False),
            HistGradientBoostingClassifier(
                learning_rate=0.05, max_iter=100, max_leaf_nodes=8, categorical_features=kinds, random_state=SEED
            ),
        ),
        f"the original demo's forest: {DEMO_TREES} trees on ordinal codes": make_pipeline(
            codes, RandomForestClassifier(DEMO_TREES, random_state=SEED)
        ),
        "scikit-learn's default forest: 100 trees without a limit": make_pipeline(
            onehot, RandomForestClassifier(random_state=SEED)
        ),
        FOREST: pipeline(table, categories, table.forest),
    }


def measured(training: Training, repeats: int, scores: np.ndarray, only: Container[str] | None = None) -> pd.DataFrame:
    """One line per model and fold: ROC AUC, Brier score, and cost per row at the threshold that the costs imply.

    `scores` are the forest's on the folds of the first repeat, which are not computed again.
    """
    truth, table = training.positive, training.table
    threshold = table.costs.needless / (table.costs.needless + table.costs.missed)
    lines = []
    for repeat in range(repeats):
        for fold, (learn, ask) in enumerate(folds(training, repeat)):
            for name, model in models(training).items():
                if only is not None and name not in only:
                    continue
                if (name, repeat) == (FOREST, 0):
                    given = scores[ask]
                else:
                    # Boosting's threads wait for each other at every step, which takes minutes on busy cores.
                    with threadpool_limits(1):
                        model.fit(training.features.iloc[learn], training.label.iloc[learn])
                        given = score(model, training.features.iloc[ask], table.label.positive)
                auc, brier = roc_auc_score(truth[ask], given), brier_score_loss(truth[ask], given)
                spent = cost(truth[ask], given, threshold, table.costs.missed, table.costs.needless)
                lines.append((name, repeat, fold, auc, brier, spent))
    return pd.DataFrame(lines, columns=["model", "repeat", "fold", "ROC AUC", "Brier", "cost"])


def paired(found: pd.DataFrame, one: str, other: str, measure: str = "ROC AUC") -> Paired:
    """The corrected resampled t-test (Nadeau and Bengio) of one model against another.

    The rows of two folds overlap, so that their results are not independent: the variance of the mean is not 1/n of
    that of the folds, but larger by the ratio of the rows asked to the rows learnt from.
    """
    by_model = found.pivot_table(index=["repeat", "fold"], columns="model", values=measure)
    return tested((by_model[one] - by_model[other]).to_numpy())


def tested(differences: np.ndarray) -> Paired:
    """The test for the differences of all folds."""
    mean, count = float(differences.mean()), len(differences)
    error = float(np.sqrt(differences.var(ddof=1) * (1 / count + 1 / (FOLDS - 1))))
    if error == 0:
        return Paired(mean, mean, mean, float(mean == 0))
    spread = stats.t(count - 1)
    within = float(spread.ppf(0.975)) * error
    return Paired(mean, mean - within, mean + within, float(2 * spread.sf(abs(mean) / error)))


def compared(found: pd.DataFrame) -> pd.DataFrame:
    """By model the means over the folds, and the difference to the forest with its p value."""
    by_model = found.groupby("model", sort=False)[["ROC AUC", "Brier", "cost"]]
    means, spreads = by_model.mean(), by_model.std()
    against = {name: paired(found, name, FOREST) for name in means.index if name != FOREST}
    return pd.DataFrame(
        {
            "ROC AUC": means["ROC AUC"],
            "± sd": spreads["ROC AUC"],
            "to the forest": {name: test.difference for name, test in against.items()},
            "p": {name: test.p for name, test in against.items()},
            "Brier": means["Brier"],
            "±  sd": spreads["Brier"],
            "cost per row": means["cost"],
        },
        index=means.index,
    )


def importance(training: Training, make: Make = of, shuffles: int = 2) -> pd.DataFrame:
    """The loss of ROC AUC in each fold when the values of one feature are shuffled among the rows."""
    table, dice, lost = training.table, np.random.default_rng(SEED), []
    for learn, ask in folds(training):
        model = fitted(make(training), training.features.iloc[learn], training.label.iloc[learn])
        asked, truth = training.features.iloc[ask], training.positive[ask]
        whole = roc_auc_score(truth, score(model, asked, table.label.positive))
        for name in table.feature_names:
            for _ in range(shuffles):
                dealt = asked.assign(**{name: asked[name].to_numpy()[dice.permutation(len(asked))]})
                lost.append((name, whole - roc_auc_score(truth, score(model, dealt, table.label.positive))))
    found = pd.DataFrame(lost, columns=["feature", "lost"]).groupby("feature")["lost"]
    return found.agg(["mean", "std"]).sort_values("mean", ascending=False)


def _codes(training: Training, impute: bool = True) -> ColumnTransformer:
    """A category becomes a number, its index in alphabetical order."""
    table, categories = training.table, categories_of(training)
    encoder = OrdinalEncoder(
        categories=[categories[name] for name in table.categories],
        handle_unknown="use_encoded_value",
        unknown_value=-1 if impute else np.nan,
    )
    numbers = SimpleImputer(strategy="median") if impute else "passthrough"
    parts = [("category", encoder, table.categories), ("number", numbers, table.numbers)]
    return ColumnTransformer([part for part in parts if part[2]])
