from decimal import Decimal

import numpy as np

from rowcast_trainer import contract, model, parity
from rowcast_trainer.model import categories_of


def test_golden_rows_have_the_columns_and_a_probability(golden, committed):
    assert list(golden.columns) == [feature["name"] for feature in committed["features"]] + ["probability"]
    assert len(golden) == 500
    probability = golden["probability"].astype(float)
    assert probability.between(0, 1).all() and probability.nunique() > 400


def test_the_golden_rows_are_the_ones_this_code_writes(training, fitted, folder):
    written = parity.scored(parity.rows(training, fitted), training, fitted)
    assert written == (folder / "parity.csv").read_bytes()


def test_onnx_runtime_agrees_with_scikit_learn_on_golden_rows(scorer, column, golden, golden_features, say):
    difference = np.abs(scorer.score(golden_features, column) - golden["probability"].astype(float)).max()
    say(f"largest difference on {len(golden)} golden rows: {difference:.2e}")
    assert difference <= contract.TOLERANCE


def test_a_lone_row_gets_the_score_it_gets_in_a_batch(scorer, golden_features):
    alone = [scorer.score(golden_features.iloc[[at]])[0] for at in range(len(golden_features))]
    assert np.abs(alone - scorer.score(golden_features)).max() <= contract.TOLERANCE


def test_onnx_runtime_agrees_with_scikit_learn_on_all_rows(scorer, column, training, fitted, positive, say):
    difference = np.abs(
        scorer.score(training.features, column) - model.score(fitted, training.features, positive)
    ).max()
    say(f"largest difference on all {len(training.features)} rows: {difference:.2e}")
    assert difference <= contract.TOLERANCE


def test_onnx_runtime_agrees_around_every_threshold(scorer, column, training, fitted, positive, committed, say):
    rows = parity.at_thresholds(training, fitted)
    expected, answered = model.score(fitted, rows, positive), scorer.score(rows, column)
    say(f"largest difference on {len(rows)} rows at thresholds: {np.abs(expected - answered).max():.2e}")
    assert np.abs(expected - answered).max() <= contract.TOLERANCE
    line = committed["output"]["threshold"]
    assert ((expected >= line) == (answered >= line)).all()


def test_every_category_and_an_unknown_one_is_in_the_golden_rows(golden, training):
    for name, categories in categories_of(training).items():
        found = set(golden[name])
        assert set(categories) < found, name
        assert found - set(categories) - {""}, name


def test_every_feature_is_blank_alone_and_together_with_others(golden, training):
    names = training.table.feature_names
    blanks = [frozenset(name for name in names if row[name] == "") for row in golden.to_dict("records")]
    for name in names:
        assert frozenset([name]) in blanks, name
        assert any(name in blank and 2 <= len(blank) < len(names) for blank in blanks), name
    assert frozenset(names) in blanks


def test_every_number_has_pairs_one_step_apart_that_differ(golden, training):
    rows = golden.to_dict("records")
    for name in training.table.numbers:
        pairs = 0
        for low, high in zip(rows, rows[1:]):
            differing = [column for column in training.table.feature_names if low[column] != high[column]]
            if differing == [name] and low[name] and high[name]:
                step = Decimal(high[name]) - Decimal(low[name])
                pairs += step in (Decimal(1), Decimal("0.01")) and low["probability"] != high["probability"]
        assert pairs >= 80 // len(training.table.numbers), name


CELLS = {
    "text": r"[^,\"\r\n]*",
    "smallint": r"\d{0,4}",
    "integer": r"\d{0,9}",
    "numeric(10,2)": r"(\d{1,8}(\.\d{1,2})?)?",
}


def test_every_row_is_valid_in_the_source_table_without_quotes(golden, training):
    for feature in training.table.features:
        assert golden[feature.name].str.fullmatch(CELLS[feature.sql]).all(), feature.name


def test_a_golden_number_read_as_a_double_becomes_the_same_float(golden, training):
    for name in training.table.numbers:
        cells = [cell for cell in golden[name] if cell]
        assert all(np.float32(float(cell)) == np.float32(cell) for cell in cells), name
