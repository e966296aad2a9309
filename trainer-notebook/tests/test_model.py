import numpy as np
import pytest

from conftest import churn_only
from rowcast_trainer import model
from rowcast_trainer.table import Forest

SMALL = Forest(trees=10)


@pytest.fixture(scope="module")
def evaluation(training):
    return model.evaluate(training, SMALL)


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
