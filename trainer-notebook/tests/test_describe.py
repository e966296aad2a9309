"""The table file that is proposed for a CSV file."""

import pytest

from rowcast_trainer import describe
from rowcast_trainer.data import DataError, load
from rowcast_trainer.table import Classes, Label, Quantity, Table
from rowcast_trainer.tablefile import read

PEOPLE = """id,Größe (cm),plan,member,born,seen,at,weight,note,fixed,empty,code,left
1,170,basic,t,1980-02-01,2024-05-01 10:00:00,2024-05-01T10:00:00+02,61.5,one,x,,007,yes
2,165,pro,f,1985-03-01,2024-05-02 11:30:00,2024-05-02T10:00:00Z,70,two,x,,008,no
3,,basic,t,1990-04-01,2024-06-01 12:00:00,2024-05-03T10:00:00Z,1e2,three,x,,007,no
4,180,basic,,1970-05-01,2024-07-01 13:00:00,2024-05-04T10:00:00Z,80.25,four,x,,007,yes
5,181,pro,f,1971-05-01,2024-07-02 13:00:00,2024-05-05T10:00:00Z,81.25,five,x,,008,no
"""


def proposed(tmp_path, text: str, label: str, key: list[str], name: str = "") -> Table:
    file = tmp_path / "people.csv"
    file.write_text(text, encoding="utf-8")
    described = tmp_path / "people.toml"
    described.write_text(describe.toml(file, label, key, name), encoding="utf-8")
    return read(described)


def test_each_column_has_the_type_that_holds_its_values(tmp_path):
    table = proposed(tmp_path, PEOPLE, "left", ["id"])

    assert {feature.name: (feature.column, feature.sql, feature.part) for feature in table.features} == {
        "Größe (cm)": ("Größe (cm)", "integer", ""),
        "plan": ("plan", "text", ""),
        "member": ("member", "boolean", ""),
        "born_days": ("born", "date", "days"),
        "born_month": ("born", "date", "month"),
        "born_weekday": ("born", "date", "weekday"),
        "seen_days": ("seen", "timestamp", "days"),
        "seen_month": ("seen", "timestamp", "month"),
        "seen_weekday": ("seen", "timestamp", "weekday"),
        "seen_hour": ("seen", "timestamp", "hour"),
        "at_days": ("at", "timestamptz", "days"),
        "at_weekday": ("at", "timestamptz", "weekday"),
        "at_hour": ("at", "timestamptz", "hour"),
        "weight": ("weight", "double precision", ""),
        "code": ("code", "text", ""),
    }
    assert table.key == {"id": "bigint"}
    assert table.features[0].type == "number"


def test_columns_that_cannot_be_features_are_named_with_the_reason(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")

    text = describe.toml(file, "left", ["id"])

    assert "# omitted: note has 5 different texts in 5 rows" in text
    assert "# omitted: fixed has one value" in text
    assert "# omitted: empty has no value" in text


def test_proposed_file_reads_the_rows_it_was_proposed_from(tmp_path):
    header, rows = PEOPLE.split("\n", 1)
    table = proposed(tmp_path, f"{header}\n{rows * 3}", "left", ["id"])

    training = load(table, str(tmp_path / "people.csv"))

    assert len(training.features) == 15
    assert training.positive.tolist() == [1, 0, 0, 1, 0] * 3


def test_label_of_two_values_is_binary_and_the_known_word_or_the_rarer_value_is_positive(tmp_path):
    assert proposed(tmp_path, PEOPLE, "left", ["id"]).label == Label("left", "yes", "no")
    assert proposed(tmp_path, PEOPLE, "plan", ["id"]).label == Label("plan", "pro", "basic")


def test_label_of_more_texts_has_classes_and_a_label_of_many_numbers_is_a_quantity(tmp_path):
    classes = "id,x,kind\n" + "".join(f"{n},{n % 7},{'abc'[n % 3]}\n" for n in range(30))
    numbers = "id,x,price\n" + "".join(f"{n},{n % 7},{n * 1.5}\n" for n in range(30))

    assert proposed(tmp_path, classes, "kind", ["id"]).label == Classes("kind", ("a", "b", "c"))
    assert proposed(tmp_path, numbers, "price", ["id"]).label == Quantity("price")


def test_key_may_have_several_columns_and_names_are_found_in_any_case(tmp_path):
    table = proposed(tmp_path, "Shop,Day,x,y\nA,2024-01-01,1,u\nB,2024-01-02,2,v\n", "Y", ["shop", "day"], "sales")

    assert table.key == {"Shop": "text", "Day": "date"}
    assert (table.model, table.name, table.captured) == ("sales", "sales", "sales_captured")


@pytest.mark.parametrize(
    ("text", "label", "key", "said"),
    [
        (PEOPLE, "gone", ["id"], "column gone is missing; its columns are id, Größe"),
        (PEOPLE, "left", [], "name the key of people.csv"),
        (PEOPLE, "left", ["left"], "the label left cannot be part of the key"),
        (PEOPLE, "fixed", ["id"], "the label fixed has 1 different values, it needs 2 or more"),
        ("id,x,y\n1,a,b\n2,a,c\n", "y", ["id"], "no column can be a feature: x has one value"),
        ("id,x\n1\n", "x", ["id"], "row 1 has 1 cells, the header has 2"),
        ("", "x", ["id"], "the file is empty"),
    ],
)
def test_file_that_cannot_be_described_is_refused_in_one_line(tmp_path, text, label, key, said):
    with pytest.raises(DataError) as refused:
        proposed(tmp_path, text, label, key)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
