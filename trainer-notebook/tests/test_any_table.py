"""A table that differs from the committed ones: every kind of column, a required one, commas in its texts."""

import csv
import io

import numpy as np
import pytest

from rowcast_trainer import contract, data, export, model, parity, table

HEAD = """
model = "visits"
meaning = "probability that the visitor comes again"
[source]
schema = "web"
table = "visits"
captured = "visits_captured"
key = { site = "text", number = "bigint" }
[label]
name = "again"
positive = "0"
negative = "1"
[costs]
missed = 1
needless = 2
unit = "coins"
[report]
title = "Who comes again?"
about = "Made up."
use = "None."
[forest]
trees = 20
depth = 0
rows_per_leaf = 2
[features]
"""
EVERY_KIND = """
place = "text"
member = "boolean"
code = { sql = "smallint", type = "category" }
pages = { sql = "integer", missing = "reject" }
seconds = "double precision"
price = "numeric(2,1)"
points = "bigint"
"""
KINDS = {"every kind": EVERY_KIND, "categories only": 'place = "text"', "numbers only": 'pages = "integer"'}


@pytest.fixture(scope="module", params=KINDS)
def visits(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("visits")
    (folder / "visits.toml").write_text(HEAD + KINDS[request.param])
    dice, lines = np.random.default_rng(11), io.StringIO()
    out = csv.writer(lines)
    out.writerow(["Place", "Member", "Code", "Pages", "Seconds", "Price", "Points", "Again"])
    for at in range(400):
        pages = int(dice.integers(1, 30))
        place = ["Oslo, Norway", "Rome", ""][dice.integers(3)]
        again = int(dice.random() < pages / 60 + 0.4 * (place == "Rome"))
        cells = [bool(dice.integers(2)), dice.integers(3), "" if at % 50 == 7 else pages, dice.random() / 3]
        out.writerow([place, str(cells[0]).lower(), *cells[1:], f"{at % 7 / 2:.1f}", at * 10**9, again])
    (folder / "visits.csv").write_text(lines.getvalue())
    return data.load(table.read(folder / "visits.toml"), str(folder / "visits.csv"))


def test_any_table_gets_a_graph_that_agrees_with_scikit_learn(visits):
    fitted = model.fit(visits)
    scorer = export.Scorer(export.to_graph(fitted, visits.table).SerializeToString())
    golden = parity.rows(visits, fitted)
    assert len(golden) == parity.ROWS
    for rows in (data.features_of(golden.to_dict("records"), visits.table), visits.features):
        # The positive label is the first in alphabetical order, and so is its column.
        difference = np.abs(scorer.score(rows, 0) - model.score(fitted, rows, "0"))
        assert difference.max() <= contract.TOLERANCE


def test_golden_rows_of_any_table_are_valid_and_survive_the_file(visits):
    fitted = model.fit(visits)
    golden = parity.rows(visits, fitted)
    forms = {
        "text": ".*",
        "boolean": "(true|false)?",
        "smallint": r"\d?",
        "integer": r"\d{1,9}" if any(feature.missing == "reject" for feature in visits.table.features) else r"\d{0,9}",
        "bigint": r"\d{0,16}",
        "double precision": r"(\d+(\.\d+)?)?",
        "numeric(2,1)": r"(\d(\.\d)?)?",
    }
    for feature in visits.table.features:
        assert golden[feature.name].str.fullmatch(forms[feature.sql]).all(), feature.name
    read = list(csv.reader(io.StringIO(parity.scored(golden, visits, fitted).decode())))
    assert [row[:-1] for row in read[1:]] == golden.to_numpy().tolist()
