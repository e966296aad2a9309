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


def test_costs_count_both_mistakes(answers):
    truth, scores = answers
    above = scores >= 0.4
    counted = (4 * np.sum(truth[~above]) + np.sum(1 - truth[above])) / len(truth)
    assert metrics.cost(truth, scores, 0.4, missed=4, needless=1) == pytest.approx(counted)
    fixed = min(4 * truth.mean(), 1 - truth.mean())
    assert metrics.saved(truth, scores, 0.4, missed=4, needless=1) == pytest.approx(fixed - counted)


def test_probabilities_have_a_small_calibration_error_and_distorted_ones_a_great_one():
    dice = np.random.default_rng(6)
    scores = dice.random(20_000)
    truth = (dice.random(20_000) < scores).astype(int)
    assert metrics.calibration_error(truth, scores) < 0.02
    assert metrics.calibration_error(truth, scores**2) > 0.1
    assert metrics.bias(truth, scores) == pytest.approx(0, abs=0.01)
    assert metrics.bias(truth, scores / 2) == pytest.approx(-0.25, abs=0.01)


@pytest.mark.parametrize("name", ["loan"], indirect=True)
def test_the_band_of_costs_holds_the_cost_and_unseen_thresholds_cost_more(training):
    dice = np.random.default_rng(8)
    scores = np.clip(0.3 * training.positive + 0.5 * dice.random(len(training.positive)), 0, 1)
    grid, costs = np.array([0.2, 0.4, 0.6]), training.table.costs
    low, high = metrics.cost_band(training, scores, grid)
    spent = [metrics.cost(training.positive, scores, line, costs.missed, costs.needless) for line in grid]
    assert (low < spent).all() and (spent < high).all()
    best = model.cost_by_threshold(training.positive, scores, costs.missed, costs.needless).cost.min()
    assert best <= metrics.unseen_cost(training, scores) < best + 0.05


@pytest.mark.parametrize("name", ["loan"], indirect=True)
def test_subgroups_are_shown_in_seven_columns(training):
    found = metrics.by_subgroup(training, np.linspace(0, 1, len(training.features)), 0.5)
    shown = metrics.shown(found)
    assert len(shown) == len(found) and len(shown.columns) == 6
    assert shown.index[0] == "age: 18–28"


@pytest.mark.parametrize("name", ["loan"], indirect=True)
def test_forest_scores_of_the_first_split_are_not_computed_again(training):
    scores = np.where(training.positive == 1, 0.9, 0.1)
    found = references.measured(training, 1, scores, only=(references.FOREST, references.REFERENCE))
    by_model = found.groupby("model")["ROC AUC"].mean()
    assert by_model[references.FOREST] == 1
    assert 0.7 < by_model[references.REFERENCE] < 0.9
    assert references.paired(found, references.FOREST, references.REFERENCE).p < 0.05
    table = references.compared(found)
    assert table.loc[references.REFERENCE, "to the forest"] == pytest.approx(by_model[references.REFERENCE] - 1)


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


def test_shipped_size_is_the_one_that_the_committed_search_recommends(table_file, training):
    found = pd.read_csv(search.file_of(table_file))
    assert search.recommended(found, len(training.features)) == dataclasses.astuple(training.table.forest)


def found_with(*outer):
    """The results of a search of four outer folds: by size the ROC AUC on each."""
    lines = [(1, fold, *size, auc, auc, 0.1) for size, aucs in outer for fold, auc in enumerate(aucs, 1)]
    return pd.DataFrame(lines, columns=["repeat", "fold", *search.SIZE, "inner_auc", "outer_auc", "outer_brier"])


def test_smallest_size_within_one_standard_error_is_recommended():
    best = ((200, 0, 5), (0.84, 0.86, 0.85, 0.83))
    near = ((100, 8, 5), (0.83, 0.87, 0.84, 0.83))
    far = ((50, 4, 5), (0.81, 0.83, 0.82, 0.80))
    assert search.recommended(found_with(best, near, far), 1000) == (100, 8, 5)
    assert search.recommended(found_with(best, far), 1000) == (200, 0, 5)


def test_of_equally_small_sizes_the_one_with_a_limit_is_recommended():
    scores = (0.84, 0.86, 0.85, 0.83)
    same = found_with(((100, 0, 20), scores), ((100, 12, 20), scores))
    assert search.recommended(same, 1000) == (100, 12, 20)


def test_committed_search_found_no_significantly_better_size(table_file, training):
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
    assert len(names) == 7 and names[-1] == "this forest"
    assert references.REFERENCE in names
    for name, other in references.models(training).items():
        with threadpool_limits(1):
            other.fit(training.features.iloc[learn], training.label.iloc[learn])
            auc = metrics.auc(training.positive[ask], model.score(other, training.features.iloc[ask], "bad"))
        assert auc == 0.5 if name == names[0] else auc > 0.7, name
