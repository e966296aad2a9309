import re

import pytest

from conftest import HOME
from rowcast_trainer import table, tablefile
from rowcast_trainer.__main__ import main
from rowcast_trainer.table import Feature, Forest, Label

CHURN = (HOME / "tables" / "churn.toml").read_text()


def changed(old, new):
    assert CHURN.count(old) == 1
    return CHURN.replace(old, new)


def without(part):
    return re.sub(rf"^\[{part}\]\n[^\[]*", "", CHURN, flags=re.M)


def test_churn_table_has_a_text_key_and_nineteen_features():
    churn = tablefile.read(HOME / "tables" / "churn.toml")
    assert (churn.model, churn.schema, churn.name) == ("churn", "public", "person_churn_history")
    assert (churn.captured, churn.key) == ("person_churn_history_captured", {"customerid": "text"})
    assert churn.label == Label("churn", positive="Yes", negative="No")
    assert len(churn.features) == 19
    assert churn.features[0] == Feature("gender", "category", "impute", "text")
    assert churn.features[-1] == Feature("totalcharges", "number", "impute", "numeric(10,2)", missing_value=0.0)
    assert churn.numbers == ["seniorcitizen", "tenure", "monthlycharges", "totalcharges"]
    assert churn.forest == Forest(trees=100, depth=12, rows_per_leaf=20)


def test_the_loan_table_has_a_key_of_numbers():
    assert tablefile.read(HOME / "tables" / "loan.toml").key == {"id": "bigint"}


def test_feature_can_be_required_and_code_can_be_a_category(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        changed('gender = "text"', 'gender = { sql = "smallint", type = "category" }').replace(
            'tenure = "integer"', 'tenure = { sql = "integer", missing = "reject" }'
        )
    )
    features = {feature.name: feature for feature in tablefile.read(file).features}
    assert features["gender"] == Feature("gender", "category", "impute", "smallint")
    assert features["tenure"] == Feature("tenure", "number", "reject", "integer")


def test_parts_of_a_date_name_their_column_and_names_may_be_any_of_postgres(tmp_path):
    file = tmp_path / "mine.toml"
    part = 'sold_month = { column = "Sold At", sql = "timestamptz", part = "month", zone = "Europe/Berlin" }'
    file.write_text(
        changed('gender = "text"', part)
        .replace('tenure = "integer"', '"Größe (m²)" = "varchar(20)"')
        .replace('subgroups = ["gender", "seniorcitizen"]', "")
        .replace('gender = "female"\n', "")
        .replace('gender = { Male = "0", Female = "1" }\n', "")
        .replace('schema = "public"', 'schema = "My Shop"')
    )
    mine = tablefile.read(file)
    assert mine.features[0] == Feature(
        "sold_month", "number", "impute", "timestamptz", "Sold At", "month", "", "Europe/Berlin"
    )
    assert mine.columns[0] == "Sold At" and mine.schema == "My Shop"
    assert {feature.name: feature.type for feature in mine.features}["Größe (m²)"] == "category"


def test_a_label_may_have_several_classes_or_be_a_number(tmp_path):
    penguins, days = (tablefile.read(HOME / "tables" / f"{name}.toml") for name in ("penguins", "ridership"))
    assert penguins.label == table.Classes("species", ("Adelie", "Chinstrap", "Gentoo")) and penguins.costs is None
    assert days.label == table.Quantity("ridership", "thousand")
    assert [feature.column for feature in days.features][:3] == ["day"] * 3


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
        "source.key.customerid must be one of text, varchar(n), char(n), smallint, integer, bigint, uuid, date, "
        "not 'real'",
    ),
    "an unknown type": (
        lambda: changed('tenure = "integer"', 'tenure = "interval"'),
        "features.tenure: 'interval' is no SQL type that can be a feature",
    ),
    "a boolean that shall be a number": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "boolean", type = "number" }'),
        "features.tenure.type: boolean cannot be 'number'",
    ),
    "a fraction that shall be a category": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "real", type = "category" }'),
        "features.tenure.type: real cannot be 'category'",
    ),
    "a date without a part": (
        lambda: changed('tenure = "integer"', 'tenure = "date"'),
        "features.tenure.part must be one of days, month, weekday for a date, not ''",
    ),
    "the hour of a date": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "date", part = "hour" }'),
        "features.tenure.part must be one of days, month, weekday for a date, not 'hour'",
    ),
    "days since no day": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "date", part = "days", since = "2024-02-30" }'),
        "features.tenure.since must be a date such as 2000-01-01, not '2024-02-30'",
    ),
    "an instant without a zone": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "timestamptz", part = "hour" }'),
        "features.tenure.zone must be a time zone such as Europe/Berlin or UTC, not ''",
    ),
    "a zone of a date": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "date", part = "month", zone = "UTC" }'),
        "features.tenure.zone is unknown here",
    ),
    "a column of two types": (
        lambda: changed(
            'tenure = "integer"',
            'a = { column = "t", sql = "date", part = "month" }\n'
            'b = { column = "t", sql = "timestamp", part = "month" }',
        ),
        "features: b reads column t again, which only parts of one moment can",
    ),
    "a column that is read twice": (
        lambda: changed('tenure = "integer"', 'tenure = "integer"\nmonths = { column = "tenure", sql = "integer" }'),
        "features: months reads column tenure again, which only parts of one moment can",
    ),
    "two classes in a list": (
        lambda: changed('positive = "Yes"\nnegative = "No"', 'classes = ["Yes", "No"]'),
        "label.classes must be three or more different texts, none of them blank",
    ),
    "another kind of label": (
        lambda: changed('positive = "Yes"', 'kind = "ordinal"\npositive = "Yes"'),
        "label.kind must be binary, multiclass or regression, not 'ordinal'",
    ),
    "another way to miss": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "integer", missing = "ignore" }'),
        "features.tenure.missing must be impute or reject, not 'ignore'",
    ),
    "a missing number that shall be a text": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "integer", missing_value = "none" }'),
        "features.tenure.missing_value must be a number, not 'none'",
    ),
    "a missing number that the column cannot hold": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "integer", missing_value = 0.5 }'),
        "features.tenure.missing_value: '0.5' is no whole number",
    ),
    "a value for a missing category": (
        lambda: changed('gender = "text"', 'gender = { sql = "smallint", type = "category", missing_value = 1 }'),
        "features.gender.missing_value is only for a number that is imputed",
    ),
    "a value for a number that must be there": (
        lambda: changed('tenure = "integer"', 'tenure = { sql = "integer", missing = "reject", missing_value = 0 }'),
        "features.tenure.missing_value is only for a number that is imputed",
    ),
    "a name that Postgres cuts": (
        lambda: changed('tenure = "integer"', f'{"t" * 64} = "integer"'),
        f"features: '{'t' * 64}' is no name in Postgres, which has 1 to 63 bytes",
    ),
    "a model in capitals": (
        lambda: changed('model = "churn"', 'model = "Churn"'),
        "model: 'Churn' is no lower-case name of letters, digits and underscores",
    ),
    "a cost of nothing": (lambda: changed("missed = 4.0", "missed = 0"), "costs.missed must be above 0, not 0"),
    "a cost in words": (
        lambda: changed("missed = 4.0", 'missed = "much"'),
        "costs.missed must be a number, not 'much'",
    ),
    "a cost that is a truth": (
        lambda: changed("missed = 4.0", "missed = true"),
        "costs.missed must be a number, not True",
    ),
    "a cost without end": (
        lambda: changed("missed = 4.0", "missed = 1e300"),
        "costs.missed must be below 1e+09, not 1e+300",
    ),
    "half a tree": (
        lambda: changed("trees = 100", "trees = 0.5"),
        "forest.trees must be a whole number, not 0.5",
    ),
    "a number for a text": (
        lambda: changed('model = "churn"', "model = 7"),
        "model must be a text, not 7",
    ),
    "a number in a list of texts": (
        lambda: changed('subgroups = ["gender", "seniorcitizen"]', 'subgroups = ["gender", 1]'),
        "report.subgroups must be a list of texts",
    ),
    "a text for a list": (
        lambda: changed('subgroups = ["gender", "seniorcitizen"]', 'subgroups = "gender"'),
        "report.subgroups must be a list of texts, not 'gender'",
    ),
    "a text for a part": (
        lambda: 'forest = "large"\n' + without("forest"),
        "forest must be a table",
    ),
    "a feature that is a number": (
        lambda: changed('tenure = "integer"', "tenure = 3"),
        "features.tenure must be a table",
    ),
    "a feature without a type": (
        lambda: changed('tenure = "integer"', 'tenure = { missing = "reject" }'),
        "features.tenure.sql is missing",
    ),
    "a kind that is a list": (
        lambda: changed('positive = "Yes"', 'kind = ["binary"]\npositive = "Yes"'),
        "label.kind must be binary, multiclass or regression, not ['binary']",
    ),
    "costs of several classes": (
        lambda: changed('positive = "Yes"\nnegative = "No"', 'classes = ["Yes", "No", "Maybe"]'),
        "costs is unknown here",
    ),
    "a blank label": (
        lambda: changed('negative = "No"', 'negative = " "'),
        "label.negative is blank",
    ),
    "a forest without trees": (lambda: changed("trees = 100", "trees = 0"), "forest.trees must be 1 or more, not 0"),
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
        set(
            re.findall(
                r"^ {4}([a-z_]+) +[a-z]", re.search(rf"EXISTS public\.{name} \((.*?)\n\);", script, re.S)[1], re.M
            )
        )
        for name in ("person_churn_history", "person_churn_history_captured")
    )
    own = {*table.OWN_COLUMNS, *(f"churn_{suffix}" for suffix in table.OWN_OF_LABEL)}
    assert captured - source <= own
