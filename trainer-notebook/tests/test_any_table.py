"""A table that differs from the committed ones: every kind of column, a required one, commas in its texts."""

import csv
import datetime as dt
import io
import json

import jsonschema
import numpy as np
import pytest

from rowcast_trainer import contract, data, export, model, moments, parity, tablefile

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
#: Names, texts with a length, numbers in a text, and parts of moments that are in the same column.
LATER = """
"Größe (m²)" = { column = "Seconds", sql = "double precision" }
label = { column = "place", sql = "varchar(20)" }
Probabilities = { column = "spelt", sql = "text", type = "number" }
"the id" = { sql = "uuid", column = "visitor" }
grade = "char(1)"
day = { column = "born", sql = "date", part = "days", since = "2000-01-01" }
"day of week" = { column = "born", sql = "date", part = "weekday" }
local = { column = "began", sql = "timestamp", part = "days", since = "2024-01-01" }
hour = { column = "seen", sql = "timestamptz", part = "hour", zone = "Europe/Berlin" }
month = { column = "seen", sql = "timestamptz", part = "month", zone = "Asia/Kolkata", missing = "impute" }
"""
KINDS = {
    "every kind": EVERY_KIND,
    "categories only": 'place = "text"',
    "numbers only": 'pages = "integer"',
    "types and names of contract 1.3": LATER,
}


MORE = ["spelt", "visitor", "grade", "born", "began", "seen"]


def _more(at):
    """Cells of the later types; the last ones spelt as Postgres prints them."""
    moment = dt.datetime(2024, 3, 30, 20) + dt.timedelta(minutes=37 * at)
    visitor = f"{at % 3}0000000-AAAA-4000-8000-00000000000{at % 3}"
    seen = f"{moment:%Y-%m-%d %H:%M:%S}+0{at % 3}" if at % 9 else ""
    return [f" {at / 4} ", visitor, "abc"[at % 3], str(moment.date()), f"{moment:%Y-%m-%dT%H:%M:%S}.25", seen]


@pytest.fixture(scope="module", params=KINDS)
def visits(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("visits")
    (folder / "visits.toml").write_text(HEAD + KINDS[request.param])
    dice, lines = np.random.default_rng(11), io.StringIO()
    out = csv.writer(lines)
    out.writerow(["Place", "Member", "Code", "Pages", "Seconds", "Price", "Points", "Again", *MORE])
    for at in range(400):
        pages = int(dice.integers(1, 30))
        place = ["Oslo, Norway", "Rome", ""][dice.integers(3)]
        again = int(dice.random() < pages / 60 + 0.4 * (place == "Rome"))
        cells = [bool(dice.integers(2)), dice.integers(3), "" if at % 50 == 7 else pages, dice.random() / 3]
        out.writerow([place, str(cells[0]).lower(), *cells[1:], f"{at % 7 / 2:.1f}", at * 10**9, again, *_more(at)])
    (folder / "visits.csv").write_text(lines.getvalue())
    return data.load(tablefile.read(folder / "visits.toml"), str(folder / "visits.csv"))


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
        "varchar(20)": ".{0,20}",
        "char(1)": ".?",
        "uuid": "([0-9a-f]{8}-[0-9a-f-]{27})?",
        **{sql: f"({pattern})?" for sql, pattern in moments.GRAMMAR.items()},
    }
    for feature in visits.table.features:
        assert golden[feature.column].str.fullmatch(forms[feature.sql]).all(), feature.name
    read = list(csv.reader(io.StringIO(parity.scored(golden, visits, fitted).decode())))
    assert [row[:-1] for row in read[1:]] == golden.to_numpy().tolist()


def test_any_table_gets_a_contract_that_satisfies_the_schema(visits):
    if len(set(visits.groups)) < data.FOLDS:
        pytest.skip("all rows have one of three values: there are no five folds")
    fitted = model.fit(visits)
    graph = export.to_graph(fitted, visits.table)
    golden = parity.scored(parity.rows(visits, fitted), visits, fitted)
    document = contract.build(visits, model.evaluate(visits), 0.4321, export.graph_digest(graph), golden)
    jsonschema.validate(document, contract.schema())
    assert document["contract"] == ("1.3" if "born" in visits.table.columns else "1.2")
    content = export.with_contract(graph, document)
    assert list(export.Scorer(content).inputs) == visits.table.feature_names
    assert export.upgraded(content, golden) == content
    for row in document["golden"]:
        assert list(row["row"]) == visits.table.columns
    for feature, said in zip(visits.table.features, document["features"]):
        assert said.get("column", said["name"]) == feature.column
        assert {key: said[key] for key in ("part", "since", "zone") if key in said} == {
            key: value for key in ("part", "since", "zone") if (value := getattr(feature, key))
        }
    json.loads(contract.to_json(document))
