"""The grammar of a cell: the cases of the predictor's tests, and the training data of a table with such cells."""

import json
import math

import numpy as np
import pytest

from conftest import HOME
from rowcast_trainer import cells, contract, data, moments

READ = {"number": cells.number, "category": cells.category}
CASES = cells.cases() + cells.cases("later")
TIMES = cells.cases("times")


def test_every_case_is_read_as_the_table_of_cases_says():
    assert len(CASES) > 400
    wrong = [case for case in CASES if not np.array_equal(_read(case), _expected(case), equal_nan=_is_number(case))]
    assert wrong == []


def test_every_date_and_time_is_read_as_the_table_of_cases_says():
    assert len(TIMES) > 50
    wrong = [case for case in TIMES if repr(_part(case)) != repr(_expected({**case, "type": "number"}))]
    assert wrong == []


def _part(case):
    cell = case["cell"] if "cell" in case else data.text_of(case["value"])
    try:
        moment = cells.moment(cell, case["sql"])
    except cells.CellError as error:
        assert "\n" not in str(error) and len(str(error)) < 120
        return "refused"
    return float(moments.part(np.array([moment]), case["part"], case.get("since", ""), case.get("zone", ""))[0])


def _is_number(case):
    return case["type"] == "number" and "refused" not in case


def _read(case):
    cell = case["cell"] if "cell" in case else data.text_of(case["value"])
    try:
        read = READ[case["type"]](cell, case["sql"])
    except cells.CellError as error:
        assert "\n" not in str(error) and len(str(error)) < 120
        return "refused"
    return float(np.float32(read)) if case["type"] == "number" else read


def _expected(case):
    if "refused" in case:
        return "refused"
    if "missing" in case:
        return math.nan if case["type"] == "number" else ""
    return float(np.float32(case["number"])) if case["type"] == "number" else case["category"]


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("number_text", cells.NUMBER),
        ("boolean_text", cells.BOOLEAN),
        ("blank_text", ""),
        *((f"{sql}_text", pattern) for sql, pattern in moments.GRAMMAR.items()),
    ],
)
def test_the_published_schema_says_the_same_grammar(name, pattern):
    inner = f"({pattern})" if name == "boolean_text" else pattern
    whole = f"^{cells.BLANK}{inner}{cells.BLANK}$" if pattern else f"^{cells.BLANK}$"
    assert contract.schema()["$defs"][name]["pattern"] == whole


def test_cases_are_ascii_so_that_no_editor_changes_them():
    text = (HOME / "cells.json").read_text()
    assert text.isascii() and json.loads(text)["cases"] + json.loads(text)["later"] == CASES
