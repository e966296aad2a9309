"""Data that would train a misleading model is refused before training, in one line."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from rowcast_trainer import data, profile, refusals, table, tablefile
from rowcast_trainer.__main__ import main

TOML = """
model = "visits"
meaning = "probability that the visitor comes again"
[source]
schema = "web"
table = "visits"
captured = "visits_captured"
key = { site = "text", number = "bigint" }
[label]
name = "again"
positive = "yes"
negative = "no"
[features]
place = "text"
code = { sql = "smallint", type = "category" }
pages = "integer"
[costs]
missed = 1
needless = 2
unit = "coins"
[report]
title = "Who comes again?"
about = "Made up."
use = "None."
"""
HEAD = ["site", "number", "place", "code", "pages", "again"]
ROWS = 200


@pytest.fixture
def check(tmp_path, capsys):
    """Checks a file of rows: the exit code and both outputs."""
    (tmp_path / "visits.toml").write_text(TOML)

    def run(rows, head=HEAD):
        text = io.StringIO()
        csv.writer(text).writerows([head, *rows])
        (tmp_path / "visits.csv").write_text(text.getvalue())
        code = main(["check", "--table", str(tmp_path / "visits.toml"), "--data", str(tmp_path / "visits.csv")])
        return (code, *capsys.readouterr())

    return run


def rows(**columns):
    """Sound rows, in which a function of the row's number replaces a column."""
    dice = np.random.default_rng(1)
    again = [["no", "yes"][dice.integers(2)] for _ in range(ROWS)]
    usual = {
        "site": lambda at: "main",
        "number": lambda at: at,
        "place": lambda at: ["Oslo", "Rome", "Lima"][at % 3],
        "code": lambda at: at % 4,
        "pages": lambda at: at % 17,
        "again": lambda at: again[at],
    }
    made = {name: columns.get(name, usual[name]) for name in HEAD}
    return [[made[name](at) for name in HEAD] for at in range(ROWS)]


def labels():
    return [row[-1] for row in rows()]


FAULTS = {
    "a constant category": (
        {"place": lambda at: "Oslo"},
        "column place: every row has 'Oslo': remove this feature, it says nothing",
    ),
    "a constant number": (
        {"pages": lambda at: 7},
        "column pages: every row has '7': remove this feature, it says nothing",
    ),
    "the label itself": (
        {"place": lambda at: labels()[at]},
        "column place determines again: no value of it occurs with two values of again (a leak); remove this feature, "
        "it is not known before the label",
    ),
    "the label as a number": (
        {"pages": lambda at: int(labels()[at] == "no")},
        "column pages determines again: no value of it occurs with two values of again (a leak); remove this feature, "
        "it is not known before the label",
    ),
    "the label in more words": (
        {"code": lambda at: (10 if labels()[at] == "no" else 20) + at % 3},
        "column code determines again: no value of it occurs with two values of again (a leak); remove this feature, "
        "it is not known before the label",
    ),
    "two spellings by case": (
        {"place": lambda at: "ROME" if at == 1 else ["Oslo", "Rome"][at % 2]},
        "column place: 'ROME' (1 rows) and 'Rome' (99 rows) differ only by blanks or case: unify them in the source "
        "table",
    ),
    "two spellings by a no-break space": (
        {"place": lambda at: ["New York", "New\u00a0York"][at % 2]},
        "column place: 'New York' (100 rows) and 'New\\xa0York' (100 rows) differ only by blanks or case: unify them "
        "in the source table",
    ),
    "a category that names the row": (
        {"place": lambda at: f"visitor {at}"},
        "column place: 200 different values in 200 rows: it identifies a row and says nothing about another one; "
        "remove this feature",
    ),
    "a code that names nearly every row": (
        {"code": lambda at: at if at % 50 else ""},
        "column code: 196 different values in 196 rows: it identifies a row and says nothing about another one; remove "
        "this feature",
    ),
    "a value out of its type's range": (
        {"pages": lambda at: 2**31 if at == 4 else at % 17},
        "row 5, column pages: '2147483648' is out of the range of integer",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_misleading_data_is_refused_in_one_line(fault, check):
    columns, message = FAULTS[fault]
    assert check(rows(**columns)) == (2, "", f"bad data: visits.csv: {message}\n")


def test_one_key_with_two_labels_is_refused_with_both_places(check):
    made = rows(number=lambda at: 3 if at == 9 else at, again=lambda at: ["yes", "no"][at % 3 == 0])
    made[9][-1] = "yes"
    assert check(made) == (
        2,
        "",
        "bad data: visits.csv: row 4 and row 10 have the same key (site 'main', number '3') and different labels "
        "('no' and 'yes'): keep one of them\n",
    )


def test_one_key_with_one_label_twice_is_no_conflict(check):
    made = rows()
    assert check([*made, made[3]])[0] == 0


def test_rows_without_a_key_have_no_conflict(check):
    made = [[site, "", *rest] for site, _, *rest in rows()]
    assert check(made)[0] == 0
    assert check([row[2:] for row in made], HEAD[2:])[0] == 0


def test_columns_whose_names_differ_by_case_are_refused(tmp_path):
    (tmp_path / "visits.toml").write_text(TOML)
    known = tablefile.read(tmp_path / "visits.toml")
    twice = table.Feature("Place ", "category")
    frame = pd.DataFrame({"place": ["a", "b"], "Place ": ["a", "b"]})
    both = type(known)(**{**vars(known), "features": (known.features[0], twice)})
    with pytest.raises(data.DataError, match=r"^columns 'place' and 'Place ' differ only by blanks or case: rename"):
        refusals.check(frame, pd.Series(["yes", "no"]), both)


def test_a_number_in_the_order_of_the_predicted_number_is_a_leak(tmp_path):
    (tmp_path / "visits.toml").write_text(TOML)
    known = tablefile.read(tmp_path / "visits.toml")
    numbers = type(known)(**{**vars(known), "features": (table.Feature("pages", "number", sql="integer"),)})
    price = pd.Series(np.random.default_rng(2).random(ROWS))
    for leak in (price, 3 - price, price**3):
        with pytest.raises(data.DataError, match=r"^column pages determines again"):
            refusals.check(pd.DataFrame({"pages": leak}), price, numbers)
    noise = np.random.default_rng(3).random(ROWS) / 100
    refusals.check(pd.DataFrame({"pages": price + noise}), price, numbers)
    refusals.check(pd.DataFrame({"pages": [np.nan, *price[1:]]}), price, numbers)


def test_a_column_that_is_sometimes_missing_is_not_constant(check):
    assert check(rows(place=lambda at: "Oslo" if at % 2 else ""))[0] == 0


def test_the_check_prints_an_aligned_profile(check):
    code, out, err = check(rows(pages=lambda at: "" if at % 4 == 1 else at))
    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == [
        "column  type      missing  distinct  least  median  greatest  most frequent",
        "place   text         0.0%         3                           Oslo (33.5%)",
        "code    smallint     0.0%         4                           0 (25.0%)",
        "pages   integer     25.0%       150      0    99.5       199  0 (0.5%)",
        f"again   label        0.0%         2                           {usual_label()}",
    ]


def usual_label():
    counts = pd.Series(labels()).value_counts()
    return f"{counts.index[0]} ({counts.iloc[0] / ROWS:.1%})"


def test_the_profile_shows_numbers_as_the_column_stores_them(training, name):
    lines = profile.text(training).splitlines()
    assert len(lines) == len(training.table.features) + 2
    shown = {line.split()[0]: line.split() for line in lines}
    if name == "churn":
        assert shown["monthlycharges"] == [
            "monthlycharges",
            "numeric(10,2)",
            "0.0%",
            "1,585",
            "18.25",
            "70.35",
            "118.75",
            "20.05",
            "(0.9%)",
        ]
