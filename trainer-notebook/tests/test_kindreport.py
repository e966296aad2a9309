"""The measures of several classes and of numbers are those of scikit-learn, and the verdict follows its rules."""

import numpy as np
import pytest
from sklearn import metrics as known

from rowcast_trainer import kindreport, verdict
from rowcast_trainer.references import Paired
from rowcast_trainer.verdict import Measure

GAINED, EXPLAINED = Measure(0.7, 0.6, 0.8), Measure(0.8, 0.7, 0.9)
TIE, LOST = Paired(-0.002, -0.005, 0.001, 0.14), Paired(-0.008, -0.015, -0.001, 0.03)


@pytest.fixture(scope="module")
def classes():
    """Three classes, and probabilities that correlate with them."""
    dice = np.random.default_rng(2)
    truth = dice.integers(3, size=900)
    answers = dice.dirichlet([1, 1, 1], 900) + 0.8 * np.eye(3)[truth]
    return truth, answers / answers.sum(axis=1, keepdims=True)


@pytest.fixture(scope="module")
def values():
    """Values, and answers with an interval."""
    dice = np.random.default_rng(3)
    truth = dice.normal(50, 10, 900)
    value = truth + dice.normal(1, 4, 900)
    return truth, np.stack([value, value - 5, value + 5], axis=1)


def test_the_measures_of_classes_are_those_of_scikit_learn(classes):
    truth, answers = classes
    decided = answers.argmax(axis=1)
    assert kindreport.separation(truth, answers) == pytest.approx(
        known.roc_auc_score(truth, answers, multi_class="ovr", average="macro")
    )
    assert kindreport.log_loss(truth, answers) == pytest.approx(known.log_loss(truth, answers))
    assert kindreport.accuracy(truth, answers) == pytest.approx(known.accuracy_score(truth, decided))
    for at in range(3):
        precision = known.precision_score(truth, decided, labels=[at], average="macro")
        recall = known.recall_score(truth, decided, labels=[at], average="macro")
        assert kindreport.precision(truth, answers, at) == pytest.approx(precision)
        assert kindreport.recall(truth, answers, at) == pytest.approx(recall)


def test_the_measures_of_values_are_those_of_scikit_learn(values):
    truth, answers = values
    assert kindreport.rmse(truth, answers) == pytest.approx(known.root_mean_squared_error(truth, answers[:, 0]))
    assert kindreport.mae(truth, answers) == pytest.approx(known.mean_absolute_error(truth, answers[:, 0]))
    assert kindreport.r2(truth, answers) == pytest.approx(known.r2_score(truth, answers[:, 0]))
    assert kindreport.bias(truth, answers) == pytest.approx(-1, abs=0.5)
    assert kindreport.covered(truth, answers) == pytest.approx(np.mean(np.abs(truth - answers[:, 0]) <= 5))


def test_shares_of_the_classes_gain_nothing_and_right_answers_gain_their_entropy(classes):
    truth, answers = classes
    shares = np.bincount(truth) / len(truth)
    assert kindreport.gained(truth, np.tile(shares, (len(truth), 1))) == pytest.approx(0, abs=1e-12)
    assert kindreport.gained(truth, np.eye(3)[truth]) == pytest.approx(-np.sum(shares * np.log(shares)))
    assert 0 < kindreport.gained(truth, answers) < np.log(3)


def test_probabilities_of_classes_that_are_too_bold_have_a_greater_calibration_error(classes):
    dice = np.random.default_rng(4)
    answers = dice.dirichlet([1, 1, 1], 20_000)
    truth = (answers.cumsum(axis=1) < dice.random((20_000, 1))).sum(axis=1)
    bold = answers**3 / (answers**3).sum(axis=1, keepdims=True)
    assert kindreport.calibration_error(truth, answers) < 0.02 < 0.1 < kindreport.calibration_error(truth, bold)


OF_CLASSES = {
    "accuracy": Measure(0.9, 0.88, 0.92),
    "log loss": Measure(0.3, 0.25, 0.35),
    "calibration error": Measure(0.02, 0.01, 0.025),
}
OF_VALUES = {"MAE": Measure(3, 2.9, 3.1), "values in their interval": Measure(0.9, 0.89, 0.91)}


def of_classes(against=TIE, gained=GAINED):
    return verdict.of_kind("multiclass", 0.948, 0.95, against, OF_CLASSES, gained, "the share of each class", False)


def of_values(against=TIE, gained=EXPLAINED):
    return verdict.of_kind("regression", 4.0, 4.1, against, OF_VALUES, gained, "the mean", True)


def test_a_tie_of_classes_ships_the_forest_with_every_figure_in_one_sentence():
    assert of_classes().ships
    assert of_classes().sentence == (
        "**Ship it**: on unseen rows the forest separates the classes as well as a multinomial logistic regression "
        "with splines (ROC AUC 0.948 and 0.950, difference -0.0020, -0.0050 to +0.0010, p = 0.14), its probabilities "
        "are calibrated (error 0.020, 0.010 to 0.025), it is right in 90.0% (88.0% to 92.0%) of the rows, and its log "
        "loss of 0.300 (0.250 to 0.350) is smaller by 0.700 (0.600 to 0.800) than that of always answering the share "
        "of each class."
    )


def test_a_smaller_error_wins_and_the_sentence_names_what_was_trained():
    assert "the forest estimates the value better than a ridge regression" in of_values(LOST).sentence
    won = Paired(0.1, 0.05, 0.2, 0.01)
    assert (
        "the ridge regression with splines estimates the value better than the forest and is what was trained (RMSE "
        "4.100 and 4.000, difference -0.1000, -0.2000 to -0.0500, p = 0.01)" in of_values(won).sentence
    )
    assert "explains 0.800 (0.700 to 0.900) of the variance around the mean" in of_values().sentence
    assert of_values().quick


def test_a_model_that_gains_nothing_for_sure_does_not_ship():
    for ruling in (of_classes(gained=Measure(0.01, -0.01, 0.03)), of_values(gained=Measure(0.01, -0.01, 0.03))):
        assert not ruling.ships
        assert ruling.sentence.startswith("**Do not ship it**") and ", but it" in ruling.sentence
        assert "is not shown to" in ruling.sentence
