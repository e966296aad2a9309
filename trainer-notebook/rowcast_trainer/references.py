"""Other models on the same folds, for comparison with the forest."""

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OrdinalEncoder, StandardScaler
from threadpoolctl import threadpool_limits

from .data import Training
from .model import SEED, categories_of, columns, folds, pipeline, score

DEMO_TREES = 15


def models(training: Training) -> dict[str, Pipeline]:
    """The models by their name in the report, the shipped one last."""
    table, categories = training.table, categories_of(training)
    onehot, codes = columns(table, categories), _codes(training)
    kinds = [True] * len(table.categories) + [False] * len(table.numbers)
    return {
        "always the share of the positive": make_pipeline(onehot, DummyClassifier(strategy="prior")),
        "logistic regression": make_pipeline(onehot, StandardScaler(), LogisticRegression(max_iter=2000)),
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
        "this forest": pipeline(table, categories, table.forest),
    }


def compared(training: Training, repeats: int = 2) -> pd.DataFrame:
    """Mean and standard deviation of ROC AUC and Brier score over the folds, by model."""
    truth, label, lines = training.positive, training.table.label.positive, []
    for learn, ask in (split for repeat in range(repeats) for split in folds(training, repeat)):
        for name, model in models(training).items():
            # Boosting's threads wait for each other at every step, which takes minutes on busy cores.
            with threadpool_limits(1):
                model.fit(training.features.iloc[learn], training.label.iloc[learn])
                scores = score(model, training.features.iloc[ask], label)
            lines.append((name, roc_auc_score(truth[ask], scores), brier_score_loss(truth[ask], scores)))
    found = pd.DataFrame(lines, columns=["model", "ROC AUC", "Brier"]).groupby("model", sort=False)
    means, spreads = found.mean(), found.std()
    return pd.DataFrame(
        {
            "ROC AUC": means["ROC AUC"],
            "± sd": spreads["ROC AUC"],
            "Brier": means["Brier"],
            "±  sd": spreads["Brier"],
        }
    )


def importance(training: Training, shuffles: int = 2) -> pd.DataFrame:
    """The loss of ROC AUC in each fold when the values of one feature are shuffled among the rows."""
    table, dice, lost = training.table, np.random.default_rng(SEED), []
    for learn, ask in folds(training):
        model = pipeline(table, categories_of(training), table.forest)
        model.fit(training.features.iloc[learn], training.label.iloc[learn])
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
