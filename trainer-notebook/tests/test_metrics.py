import dataclasses
import itertools
from functools import partial

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import precision_score, recall_score, roc_auc_score
from threadpoolctl import threadpool_limits

from rowcast_trainer import metrics, model, references, search
from rowcast_trainer.search import Grid
from rowcast_trainer.table import Forest


@pytest.fixture(scope="module")
def answers():
    """Labels and scores that correlate with them, with many ties."""
    dice = np.random.default_rng(3)
    truth = (dice.random(2000) < 0.3).astype(int)
    return truth, np.round(0.4 * dice.random(2000) + 0.3 * truth, 2)


def test_the_measures_are_those_of_scikit_learn(answers):
    truth, scores = answers
    assert metrics.auc(truth, scores) == pytest.approx(roc_auc_score(truth, scores))
    assert metrics.reached(truth, scores, 0.35) == pytest.approx(recall_score(truth, scores >= 0.35))
    assert metrics.right(truth, scores, 0.35) == pytest.approx(precision_score(truth, scores >= 0.35))


def test_perfect_scores_have_the_greatest_lift_random_ones_none():
    truth = np.repeat([1, 0], [200, 800])
    assert metrics.lift(truth, truth.astype(float)) == pytest.approx(5)
    blind = np.tile(np.arange(10) / 10, 100)
    assert metrics.lift(truth, blind) == pytest.approx(1)


def test_interval_holds_the_value_narrows_and_is_reproducible(answers):
    truth, scores = answers
    low, high = metrics.interval(metrics.auc, truth, scores)
    assert low < metrics.auc(truth, scores) < high
    few_low, few_high = metrics.interval(metrics.auc, truth[:200], scores[:200])
    assert few_high - few_low > 2 * (high - low)
    assert metrics.interval(metrics.auc, truth, scores) == (low, high)


def test_the_interval_holds_the_truth_in_about_95_of_100_samples():
    dice, held = np.random.default_rng(5), 0
    share = partial(metrics.acted, threshold=0.7)
    for _ in range(100):
        scores = dice.random(300)
        low, high = metrics.interval(share, np.zeros(300), scores)
        held += low <= 0.3 <= high
    assert 88 <= held <= 100


def test_subgroups_are_values_or_quarters_of_numbers(training, name):
    scores = np.linspace(0, 1, len(training.features))
    found = metrics.by_subgroup(training, scores, 0.5)
    groups = {feature: list(rows.group) for feature, rows in found.groupby("feature")}
    wanted = {
        "churn": {"gender": ["Female", "Male"], "seniorcitizen": ["0", "1"]},
        "loan": {
            "age": ["18–28", "29–36", "37–45", "46–68"],
            "marital": ["divorced", "married", "separated", "single", "widow"],
        },
    }
    assert groups == wanted[name]
    # One loan has no marital status: a group of one row is not meaningful.
    left = {"churn": 0, "loan": 1}[name]
    assert found.groupby("feature")["rows"].sum().min() == len(training.features) - left


@pytest.mark.parametrize("name", ["churn"], indirect=True)
def test_a_smaller_forest_is_the_first_trees_of_a_greater_one(training):
    learn, ask = model.folds(training)[0]
    learn = learn[:1500]
    found = search.measured(training, learn, ask, Grid((5, 10), (6,), (10,), repeats=1), jobs=1)
    for trees in (5, 10):
        forest = model.pipeline(training.table, model.categories_of(training), Forest(trees, 6, 10))
        forest.fit(training.features.iloc[learn], training.label.iloc[learn])
        scores = model.score(forest, training.features.iloc[ask], "Yes")
        assert found[trees, 6, 10][0] == pytest.approx(roc_auc_score(training.positive[ask], scores))


@pytest.mark.parametrize("name", ["loan"], indirect=True)
def test_nested_search_evaluates_each_choice_on_other_rows(training):
    found = search.nested(training, Grid((3, 6), (2, 0), (20,), repeats=1))
    assert len(found) == 5 * 2 * 2
    picked = search.chosen(found)
    assert len(picked) == 5
    for (repeat, fold), sizes in found.groupby(["repeat", "fold"]):
        taken = picked[(picked.repeat == repeat) & (picked.fold == fold)]
        assert taken.inner_auc.item() == sizes.inner_auc.max()
    assert search.by_size(found).taken.sum() == 5


def test_committed_search_found_no_significantly_better_size(
    table_file, training
):
    found = pd.read_csv(search.file_of(table_file))
    assert set(map(tuple, found[search.SIZE].drop_duplicates().to_numpy())) == set(
        itertools.product(search.FULL.trees, search.FULL.depth, search.FULL.rows_per_leaf)
    )
    assert len(found.groupby(["repeat", "fold"])) == search.FULL.repeats * 5
    shipped = search.by_size(found).loc[dataclasses.astuple(training.table.forest)]
    picked = search.chosen(found)
    assert picked.outer_auc.mean() - shipped.roc_auc < shipped.sd


@pytest.mark.parametrize("name", ["loan"], indirect=True)
def test_every_reference_model_is_better_than_the_prior(training):
    learn, ask = model.folds(training)[0]
    names = list(references.models(training))
    assert len(names) == 6 and names[-1] == "this forest"
    for name, other in references.models(training).items():
        with threadpool_limits(1):
            other.fit(training.features.iloc[learn], training.label.iloc[learn])
            auc = metrics.auc(training.positive[ask], model.score(other, training.features.iloc[ask], "bad"))
        assert auc == 0.5 if name == names[0] else auc > 0.7, name
