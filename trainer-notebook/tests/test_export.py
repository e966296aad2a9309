import os
import subprocess
import sys

import numpy as np
import onnx
import pytest
import three_classes

from conftest import HOME
from rowcast_trainer import contract, export

DIGEST_OF_A_NEW_GRAPH = """
from pathlib import Path
from rowcast_trainer import contract, data, export, model, tablefile
training = data.load(tablefile.read(Path("tables/churn.toml")))
graph = export.to_graph(model.fit(training), training.table)
print(contract.digest_of(export.with_contract(graph, {"contract": "1.0"})), export.graph_digest(graph))
"""

LOAD_AND_SCORE = """
from pathlib import Path
from rowcast_trainer import data, export, tablefile
training = data.load(tablefile.read(Path("tables/churn.toml")))
print(export.Scorer(Path("model/churn.onnx")).score(training.features).shape)
"""


def run(script, **environment):
    clean = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=HOME, env={**clean, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def graph(folder, name):
    return onnx.load(folder / f"{name}.onnx")


def test_two_processes_with_other_hash_seeds_give_the_same_bytes():
    assert run(DIGEST_OF_A_NEW_GRAPH, PYTHONHASHSEED="1") == run(DIGEST_OF_A_NEW_GRAPH, PYTHONHASHSEED="2")


def test_digest_and_version_ignore_the_metadata(graph, committed, name):
    assert committed["model"]["digest"] == export.graph_digest(graph)
    assert committed["model"]["version"] == contract.version_of(name, committed["model"]["digest"])
    onnx.helper.set_model_props(graph, {contract.KEY: "something else"})
    assert committed["model"]["digest"] == export.graph_digest(graph)
    graph.graph.node[0].name += "'"
    assert committed["model"]["digest"] != export.graph_digest(graph)


def test_graph_takes_a_column_per_feature_and_gives_two_scores(graph, training):
    shapes = {
        value.name: [dimension.dim_param or dimension.dim_value for dimension in value.type.tensor_type.shape.dim]
        for value in [*graph.graph.input, *graph.graph.output]
    }
    assert all(len(shapes[name]) == 2 and shapes[name][1] == 1 for name in training.table.feature_names)
    assert [output.name for output in graph.graph.output] == ["label", "probabilities"]
    assert shapes["probabilities"][1] == 2


def test_the_file_knows_nothing_of_the_machine_it_was_made_on(folder, name):
    content = (folder / f"{name}.onnx").read_bytes()
    for trace in (str(HOME), os.path.expanduser("~"), "/tmp/"):
        assert trace.encode() not in content


def test_onnx_runtime_writes_nothing_to_the_home_folder(tmp_path):
    assert run(LOAD_AND_SCORE, HOME=str(tmp_path)) == "(7043,)"
    assert list(tmp_path.iterdir()) == []


def test_model_of_three_classes_for_the_functions_is_made_here():
    assert three_classes.made() == three_classes.FILE.read_bytes()
    assert export.Scorer(three_classes.FILE).run(
        {"colour": np.array([["red"]], dtype=object), "size": np.array([[1]], dtype=np.float32)}
    ).shape == (1, 3)
