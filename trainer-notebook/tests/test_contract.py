import copy
import re

import jsonschema
import numpy as np
import pytest

from conftest import HOME, churn_only
from rowcast_trainer import contract, model


def test_the_committed_contract_satisfies_the_published_schema(committed):
    jsonschema.Draft202012Validator.check_schema(contract.schema())
    jsonschema.validate(committed, contract.schema())


def broken(change):
    def apply(document):
        document = copy.deepcopy(document)
        change(document)
        return document

    return apply


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(contract="2.0"),
        lambda c: c.pop("features"),
        lambda c: c["source"].update(key=[]),
        lambda c: c["features"][0].pop("categories"),
        lambda c: c["features"][4].update(categories=["1"]),
        lambda c: c["features"][4]["histogram"].pop("edges"),
        lambda c: c["features"][4]["histogram"].pop("missing"),
        lambda c: c["features"][0].update(missing="ignore"),
        lambda c: c["output"].update(threshold=1.5),
        lambda c: c["parity"].update(digest="none"),
        lambda c: c["source"].update(key_type=["money"]),
        lambda c: c["features"][0].update(sql="text; DROP TABLE person"),
        lambda c: c.pop("golden"),
        lambda c: c["model"].pop("digest"),
        lambda c: c["golden"][0].update(probability=1.73),
        lambda c: c["golden"][0].pop("label"),
    ],
)
@churn_only
def test_the_schema_refuses_a_broken_contract(committed, change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken(change)(committed), contract.schema())


def test_contract_has_the_features_of_the_graph_in_order(committed, scorer, training):
    types = {"category": "tensor(string)", "number": "tensor(float)"}
    assert [(f["name"], types[f["type"]]) for f in committed["features"]] == list(scorer.inputs.items())
    assert list(scorer.inputs) == training.table.feature_names


def test_every_histogram_counts_every_training_row_once(committed, training):
    for feature in committed["features"]:
        histogram = feature["histogram"]
        assert sum(histogram["counts"]) + histogram["missing"] == len(training.features), feature["name"]
    assert sum(committed["output"]["histogram"]["counts"]) == len(training.features)


def test_number_histograms_have_rising_edges_and_right_counts(committed, training):
    for feature in committed["features"]:
        if feature["type"] == "number":
            edges, counts = feature["histogram"]["edges"], feature["histogram"]["counts"]
            values = training.features[feature["name"]].dropna().to_numpy()
            assert edges == sorted(set(edges)) and len(edges) == len(counts) + 1
            assert (np.float32(edges[0]), np.float32(edges[-1])) == (values.min(), values.max())
            assert list(np.histogram(values.astype(float), [-np.inf, *edges[1:-1], np.inf])[0]) == counts
            assert not set(map(float, values)) & set(edges[1:-1])


def test_no_score_of_a_known_row_is_near_the_threshold(committed, training, fitted, positive):
    scores = model.score(fitted, training.features, positive)
    assert np.abs(scores - committed["output"]["threshold"]).min() > 10 * contract.TOLERANCE


def test_contract_names_the_committed_data_and_golden_rows(committed, training, golden, folder):
    assert committed["training"]["digest"] == training.digest
    assert committed["training"]["rows"] == len(training.features)
    assert committed["parity"]["digest"] == contract.digest_of((folder / "parity.csv").read_bytes())
    assert committed["parity"]["rows"] == len(golden)
    assert committed["parity"]["tolerance"] == contract.TOLERANCE


def test_metrics_are_those_of_a_forest_that_is_worth_shipping(committed, name):
    metrics = committed["training"]["metrics"]
    assert metrics["roc_auc"] > {"churn": 0.84, "loan": 0.82}[name]
    assert metrics["brier"] < {"churn": 0.14, "loan": 0.15}[name]


def test_a_contract_of_an_older_version_keeps_the_schema_too(committed):
    older = copy.deepcopy(committed)
    del older["golden"], older["model"]["digest"]
    jsonschema.validate({**older, "contract": "1.1"}, contract.schema())
    older["source"].pop("key_type")
    for feature in older["features"]:
        feature.pop("sql")
    jsonschema.validate({**older, "contract": "1.0"}, contract.schema())


@churn_only
def test_types_of_the_contract_equal_those_of_the_schema(committed):
    script = (HOME.parent / "postgres" / "schema" / "20-tables.sql").read_text()
    source = committed["source"]
    body = re.search(rf"CREATE TABLE IF NOT EXISTS {source['schema']}\.{source['table']} \((.*?)\n\);", script, re.S)[1]
    made = re.findall(r"^ {4}([a-z]+) +(numeric\(\d+, \d+\)|[a-z]+)", body, re.M)
    types = {column: sql.replace(", ", ",") for column, sql in made}
    said = dict(zip(source["key"], source["key_type"])) | {f["name"]: f["sql"] for f in committed["features"]}
    assert said | {committed["label"]["name"]: "text"} == types
    assert list(said) + [committed["label"]["name"]] == list(types)
