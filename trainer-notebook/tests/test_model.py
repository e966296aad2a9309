from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from conftest import churn_only
from rowcast_trainer import kinds, model
from rowcast_trainer.table import Forest

SMALL = Forest(trees=10)


@pytest.fixture(scope="module")
def evaluation(training):
    return model.evaluate(training, partial(model.of, forest=SMALL))


@churn_only
def test_rows_with_equal_features_are_on_one_side_of_a_split(training):
    asked = []
    for learn, ask in model.folds(training):
        assert not set(training.groups[learn]) & set(training.groups[ask])
        asked += list(ask)
    assert sorted(asked) == list(range(len(training.features)))
    assert len(set(training.groups)) == 7003


@churn_only
def test_each_row_is_scored_by_a_forest_that_has_not_seen_it(evaluation):
    assert not np.isnan(evaluation.scores).any()
    assert evaluation.auc.shape == (5,)
    assert 0.82 < evaluation.auc.mean() < 0.86
    assert 0.13 < evaluation.brier.mean() < 0.145


@churn_only
def test_the_time_as_a_customer_matters_more_than_the_gender(evaluation):
    lost = evaluation.auc.mean() - evaluation.without.mean()
    assert lost["tenure"] > 0.003 > abs(lost["gender"])


@churn_only
def test_two_fits_give_the_same_forest(training, fitted):
    again = model.fit(training)
    assert (model.score(again, training.features, "Yes") == model.score(fitted, training.features, "Yes")).all()


@churn_only
def test_a_missing_category_counts_as_an_unknown_one(training, fitted):
    rows = training.features.head(200)
    blank, unknown = rows.assign(contract=""), rows.assign(contract="Three years")
    assert (model.score(fitted, blank, "Yes") == model.score(fitted, unknown, "Yes")).all()
    assert (model.score(fitted, blank, "Yes") != model.score(fitted, rows, "Yes")).any()


@churn_only
def test_a_missing_number_counts_as_the_median(training, fitted):
    rows = training.features.head(200)
    blank = rows.assign(monthlycharges=np.float32(np.nan))
    median = rows.assign(monthlycharges=np.float32(training.features.monthlycharges.median()))
    assert (model.score(fitted, blank, "Yes") == model.score(fitted, median, "Yes")).all()


@churn_only
def test_a_missing_total_counts_as_0_as_the_table_file_says(training, fitted):
    rows = training.features.head(200)
    blank, nothing = (rows.assign(totalcharges=np.float32(total)) for total in (np.nan, 0))
    assert (model.score(fitted, blank, "Yes") == model.score(fitted, nothing, "Yes")).all()
    median = rows.assign(totalcharges=np.float32(training.features.totalcharges.median()))
    assert (model.score(fitted, blank, "Yes") != model.score(fitted, median, "Yes")).any()


def test_the_cost_of_every_threshold_is_what_counting_says():
    dice = np.random.default_rng(7)
    truth, scores = dice.integers(2, size=300), np.round(dice.random(300), 2)
    costs = model.cost_by_threshold(truth, scores, missed=4, needless=1)
    assert len(costs) == len(set(scores) | {0.0, 1.0}) - 1
    for threshold, cost in costs.itertuples(index=False):
        called = scores >= threshold
        counted = (4 * (truth & ~called).sum() + ((1 - truth) & called).sum()) / 300
        assert cost == pytest.approx(counted)


def test_threshold_is_in_the_middle_third_of_the_widest_gap():
    scores = np.array([0.1, 0.298, 0.2985, 0.301, 0.3012, 0.304, 0.9])
    threshold = model.settle_threshold(0.3, scores)
    assert 0.3012 + 0.0028 / 3 < threshold < 0.304 - 0.0028 / 3


def test_a_threshold_without_scores_nearby_stays_where_it_is():
    assert model.settle_threshold(0.5, np.array([0.1, 0.9])) == 0.5


@churn_only
def test_folds_of_many_rows_are_stratified_and_keep_equal_rows_together(training, monkeypatch):
    monkeypatch.setattr(model, "MANY_ROWS", 1000)
    # Without the folds that other tests have made.
    many, asked = replace(training), []
    for learn, ask in model.folds(many):
        assert not set(many.groups[learn]) & set(many.groups[ask])
        assert abs(many.positive[ask].mean() - many.positive.mean()) < 0.01
        assert len(learn) + len(ask) == len(many.features) and abs(len(ask) - len(learn) / 4) < 50
        asked += list(ask)
    assert sorted(asked) == list(range(len(many.features)))
    assert [list(ask) for _, ask in model.folds(many, 1)] != [list(ask) for _, ask in model.folds(many)]


@churn_only
def test_trees_that_grow_on_all_cores_are_those_of_one_core(training, monkeypatch):
    alone = model.fit(training, SMALL)
    monkeypatch.setattr(model, "MANY_ROWS", 1000)
    together = model.fit(training, SMALL)
    assert together["forest"].n_jobs == 1
    for one, other in zip(alone["forest"].estimators_, together["forest"].estimators_):
        assert np.array_equal(one.tree_.threshold, other.tree_.threshold)
    assert (model.score(alone, training.features, "Yes") == model.score(together, training.features, "Yes")).all()


@churn_only
def test_rows_that_are_scored_in_parts_get_the_scores_of_a_whole(training, fitted, monkeypatch):
    kind = kinds.of_table(training.table.label)
    whole = kinds.expected(kind, fitted, training.features)
    monkeypatch.setattr(kinds, "BATCH", 1000)
    assert (kinds.expected(kind, fitted, training.features) == whole).all()
