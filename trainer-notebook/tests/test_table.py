import re

import pytest

from conftest import HOME
from rowcast_trainer import table
from rowcast_trainer.__main__ import main
from rowcast_trainer.table import Feature, Forest, Label

CHURN = (HOME / "tables" / "churn.toml").read_text()


def changed(old, new):
    assert CHURN.count(old) == 1
    return CHURN.replace(old, new)


def without(part):
    return re.sub(rf"^\[{part}\]\n[^\[]*", "", CHURN, flags=re.M)


def test_churn_table_has_a_text_key_and_nineteen_features():
    churn = table.read(HOME / "tables" / "churn.toml")
    assert (churn.model, churn.schema, churn.name) == ("churn", "public", "person_churn_history")
    assert (churn.captured, churn.key) == ("person_churn_history_captured", {"customerid": "text"})
    assert churn.label == Label("churn", positive="Yes", negative="No")
    assert len(churn.features) == 19
    assert churn.features[0] == Feature("gender", "category", "impute", "text")
    assert churn.features[-1] == Feature("totalcharges", "number", "impute", "numeric(10,2)")
    assert churn.numbers == ["seniorcitizen", "tenure", "monthlycharges", "totalcharges"]
    assert churn.forest == Forest(trees=200, depth=8, rows_per_leaf=10)


def test_the_loan_table_has_a_key_of_numbers():
    assert table.read(HOME / "tables" / "loan.toml").key == {"id": "bigint"}


def test_feature_can_be_required_and_code_can_be_a_category(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        changed('gender = "text"', 'gender = { sql = "smallint", type = "category" }').replace(
            'tenure = "integer"', 'tenure = { sql = "integer", missing = "reject" }'
        )
    )
    features = {feature.name: feature for feature in table.read(file).features}
    assert features["gender"] == Feature("gender", "category", "impute", "smallint")
    assert features["tenure"] == Feature("tenure", "number", "reject", "integer")


FAULTS = {
    "no TOML": (lambda: "model = ", "is not TOML: Invalid value (at end of document)"),
    "a key by another name": (lambda: changed("meaning = ", "meening = "), "meaning is missing"),
    "one key too many": (lambda: 'colour = "red"\n' + CHURN, "colour is unknown here"),
    "one key too many in a part": (
        lambda: changed("missed = 4.0", "missed = 4.0\nlate = 1"),
        "costs.late is unknown here",
    ),
    "a missing part": (lambda: without("costs"), "costs is missing"),
    "no feature": (lambda: without("features") + "[features]\n", "features needs at least one column"),
    "a label that is a feature": (
        lambda: changed('\nname = "churn"', '\nname = "contract"'),
        "label.name: contract is a feature too",
    ),
    "a label with one value": (
        lambda: changed('negative = "No"', 'negative = "Yes"'),
        "label.negative is 'Yes', the same as label.positive",
    ),
    "a key that is a feature": (
        lambda: changed('key = { customerid = "text" }', 'key = { gender = "text" }'),
        "source.key: gender is a feature or the label too",
    ),
    "a feature that is called like a column of the captured table": (
        lambda: changed('tenure = "integer"', 'deleted = "boolean"'),
        "features: deleted clashes with a column of the captured table",
    ),
    "a feature that is called like the label's probability": (
        lambda: changed('tenure = "integer"', 'churn_probability = "real"'),
        "features: churn_probability clashes with a column of the captured table",
    ),
    "a key that is called like a column of the captured table": (
        lambda: changed('key = { customerid = "text" }', 'key = { source_lsn = "bigint" }'),
        "source.key: source_lsn clashes with a column of the captured table",
    ),
    "a key of another type": (
        lambda: changed('key = { customerid = "text" }', 'key = { customerid = "real" }'),
        "source.key.customerid must be one of text, smallint, integer, bigint, uuid, not 'real'",
    ),
    "an unknown type": (
        lambda: changed('tenure = "integer"', 'tenure = "interval"'),
        "features.tenure: 'interval' is no SQL type that can be a feature",
    ),
    "a text that shall be a number": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "text", type = "number" }'),
        "features.tenure.type: text cannot be 'number'",
    ),
    "another way to miss": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "integer", missing = "ignore" }'),
        "features.tenure.missing must be impute or reject, not 'ignore'",
    ),
    "a name in capitals": (
        lambda: changed('tenure = "integer"', 'Tenure = "integer"'),
        "features: 'Tenure' is no lower-case name of letters, digits and underscores",
    ),
    "a cost of nothing": (lambda: changed("missed = 4.0", "missed = 0"), "costs.missed must be above 0, not 0"),
    "a cost in words": (
        lambda: changed("missed = 4.0", 'missed = "much"'),
        "costs.missed must be a number, not 'much'",
    ),
    "a forest without trees": (lambda: CHURN + "[forest]\ntrees = 0\n", "forest.trees must be 1 or more, not 0"),
    "a subgroup that is no feature": (
        lambda: changed('subgroups = ["gender", "seniorcitizen"]', 'subgroups = ["colour"]'),
        "report.subgroups: colour is no feature",
    ),
    "a renamed column that is not there": (
        lambda: changed('gender = "female"', 'sex = "female"'),
        "published.columns: sex is neither a feature nor the label",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_table_file_gives_one_line_and_exit_code_2(fault, tmp_path, capsys):
    spoilt, message = FAULTS[fault]
    file = tmp_path / "mine.toml"
    file.write_text(spoilt())
    assert main(["check", "--table", str(file)]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"bad table: mine.toml: {message}\n")


def test_a_table_file_that_is_not_there_is_a_bad_one(tmp_path, capsys):
    assert main(["check", "--table", str(tmp_path / "none.toml")]) == 2
    assert capsys.readouterr().err == "bad table: none.toml: cannot be read: No such file or directory\n"


def test_table_without_published_rows_requires_its_data(tmp_path, capsys):
    file = tmp_path / "mine.toml"
    file.write_text(CHURN[: CHURN.index("[published]")] + CHURN[CHURN.index("[report]") :])
    assert main(["check", "--table", str(file)]) == 2
    assert capsys.readouterr().err == "bad data: there are no published rows for churn: set DATA=\n"


def test_own_columns_equal_those_of_the_captured_table():
    script = (HOME.parent / "postgres" / "schema" / "20-tables.sql").read_text()
    source, captured = (
        set(re.findall(r"^ {4}([a-z_]+) +[a-z]", re.search(rf"EXISTS public\.{name} \((.*?)\n\);", script, re.S)[1], re.M))
        for name in ("person_churn_history", "person_churn_history_captured")
    )
    own = {*table.OWN_COLUMNS, *(f"churn_{suffix}" for suffix in table.OWN_OF_LABEL)}
    assert captured - source <= own
