"""The sentence at the top of the report follows from its rules, and `accept` follows the sentence."""

import json

import numpy as np
import pytest
from scipy import stats

from rowcast_trainer import references, verdict
from rowcast_trainer.__main__ import _written, main
from rowcast_trainer.references import Paired
from rowcast_trainer.verdict import Measure

TIE = Paired(-0.002, -0.005, 0.001, 0.14)
CALIBRATED = Measure(0.01, 0.008, 0.02)
SAVES = Measure(0.3, 0.2, 0.4)


def ruled(against=TIE, calibration=CALIBRATED, saved=SAVES, quick=False):
    return verdict.of(0.848, 0.85, against, calibration, 0.23, saved, "calls", quick)


def test_a_tie_ships_the_forest_with_every_figure_in_one_sentence():
    assert ruled().ships
    assert ruled().sentence == (
        "**Ship it**: on unseen rows the forest ranks as well as a logistic regression with splines (ROC AUC 0.848 and "
        "0.850, difference -0.0020, -0.0050 to +0.0010, p = 0.14), its probabilities are calibrated (error 0.010, "
        "0.008 to 0.020), and acting from 0.23 on saves 0.300 calls per row (0.200 to 0.400) against the best fixed "
        "decision."
    )


def test_a_forest_that_loses_is_not_shipped_but_the_reference_is():
    lost = ruled(against=Paired(-0.008, -0.015, -0.001, 0.03))
    assert lost.ships
    assert lost.sentence.startswith(
        "**Ship it**: on unseen rows the logistic regression with splines ranks better than the forest and is what was "
        "trained (ROC AUC 0.850 and 0.848, difference +0.0080, +0.0010 to +0.0150, p = 0.03), its probabilities are"
    )


def test_a_forest_that_wins_ships():
    won = ruled(against=Paired(0.008, 0.001, 0.015, 0.03))
    assert won.ships and "ranks better than" in won.sentence


def test_a_threshold_that_saves_nothing_for_sure_does_not_ship():
    useless = ruled(saved=Measure(0.01, -0.01, 0.03))
    assert not useless.ships
    assert "but acting from 0.23 on is not shown to save anything (-0.010 to 0.030 calls per row)" in useless.sentence


def test_scores_without_calibration_ship_with_a_warning():
    off = ruled(calibration=Measure(0.05, 0.04, 0.06))
    assert off.ships and "its probabilities are not calibrated, do not read them as such (error 0.050" in off.sentence


def test_the_corrected_test_is_more_careful_than_the_ordinary_one():
    differences = np.random.default_rng(4).normal(0.01, 0.01, 20)
    careful, ordinary = references.tested(differences), stats.ttest_1samp(differences, 0)
    assert careful.difference == pytest.approx(differences.mean())
    assert ordinary.pvalue < careful.p
    # The variance of the mean is not 1/20 of that of the folds, but 1/20 + 1/4.
    assert careful.p == pytest.approx(2 * stats.t(19).sf(abs(ordinary.statistic) * np.sqrt(0.05 / 0.3)))
    assert careful.low < careful.difference < careful.high


def test_the_corrected_test_seldom_sees_a_difference_where_none_is():
    dice = np.random.default_rng(5)
    # Folds of one table share most of their rows, and so a part of their error.
    shared = dice.normal(0, np.sqrt(0.2), (400, 1)) + dice.normal(0, np.sqrt(0.8), (400, 20))
    wrong = np.mean([references.tested(differences).p < 0.05 for differences in shared])
    assert wrong < 0.08


def test_two_equal_models_have_no_difference():
    assert references.tested(np.zeros(10)) == Paired(0.0, 0.0, 0.0, 1.0)


@pytest.fixture
def trained(tmp_path):
    """A build folder with made-up files, and the arguments that accept them."""
    build = tmp_path / "build"
    build.mkdir()
    for name in ("churn.onnx", "parity.csv", "MODEL_CARD.md"):
        (build / name).write_text(name)
    return build, ["accept", "--build", str(build), "--to", str(tmp_path / "model")]


OBJECTIONS = {
    "a quick run": (
        ruled(quick=True),
        "it is from a quick run, whose report lacks most comparisons: train without QUICK",
    ),
    "a model that saves nothing": (
        ruled(saved=Measure(0.01, -0.01, 0.03)),
        "the report says: do not ship it",
    ),
}


@pytest.mark.parametrize("case", OBJECTIONS)
def test_what_the_report_speaks_against_is_accepted_only_when_told(case, trained, capsys):
    ruling, line = OBJECTIONS[case]
    build, accept = trained
    verdict.write(ruling, build, b"churn.onnx")
    assert main(accept) == 2
    assert capsys.readouterr().err == (
        f"churn.onnx is not accepted: {line}, or accept it all the same: --anyway (ANYWAY=yes)\n"
    )
    assert not (build.parent / "model").exists()
    assert main([*accept, "--anyway"]) == 0
    assert (build.parent / "model" / "churn.onnx").read_text() == "churn.onnx"


def test_a_model_that_ships_is_accepted(trained):
    build, accept = trained
    verdict.write(ruled(), build, b"churn.onnx")
    assert main(accept) == 0


def test_the_verdict_of_another_file_is_not_taken(trained, capsys):
    build, accept = trained
    verdict.write(ruled(), build, b"another model")
    assert main(accept) == 2
    assert "verdict.json belongs to another model file: train again" in capsys.readouterr().err


def test_a_model_without_a_report_replaces_the_verdict_of_an_earlier_one(trained, capsys):
    build, accept = trained
    verdict.write(ruled(), build, b"churn.onnx")
    assert _written({"churn.onnx": b"of another tool"}, build) == 0
    assert main(accept) == 0
    assert (build.parent / "model" / "churn.onnx").read_text() == "of another tool"


def test_the_card_begins_with_the_verdict():
    card = verdict.on_card(ruled(), "# Model card: churn\n\n## Data\n\nrows\n")
    assert card == f"# Model card: churn\n\n## Verdict\n\n{ruled().sentence}\n\n## Data\n\nrows\n"


def test_the_verdict_file_says_what_the_report_says(tmp_path):
    verdict.write(ruled(), tmp_path, b"model")
    said = json.loads((tmp_path / "verdict.json").read_text())
    assert (said["ships"], said["quick"], said["sentence"]) == (True, False, ruled().sentence)
