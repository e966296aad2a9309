"""Gives an ONNX model of any tool the inputs and outputs of the contract, with a few nodes around its graph."""

from dataclasses import dataclass

import numpy as np
import onnx
import pandas as pd
from onnx import TensorProto, helper

from . import graphs
from .data import Training
from .export import Scorer
from .table import Feature, Label, Quantity, Table

ELEMENTS = {"tensor(float)": TensorProto.FLOAT, "tensor(double)": TensorProto.DOUBLE}
WHOLE = {"tensor(int64)": TensorProto.INT64, "tensor(int32)": TensorProto.INT32}
NO_ZIPMAP = "export it without ZipMap (skl2onnx: options={id(model): {'zipmap': False}}; onnxmltools: zipmap=False)"
TRIED = 50


class ModelError(ValueError):
    """The model cannot be wrapped. The message is one line."""


@dataclass(frozen=True)
class Adapted:
    """The graph, the tensors of the contract's output, and what was assumed about the model."""

    graph: onnx.ModelProto
    tensors: dict
    notes: list[str]


@dataclass(frozen=True)
class Wishes:
    """What the user says about the model: the output's name, its classes in order, the output of an interval."""

    output: str = ""
    classes: tuple[str, ...] = ()
    interval: str = ""
    coverage: float = 0.9


def adapted(content: bytes, training: Training, wishes: Wishes) -> Adapted:
    """The model in the form of the contract. Raises `ModelError`."""
    model = _read(content)
    session = _scorer(model)
    table, notes = training.table, []
    _adapt_inputs(model.graph, table, session.shapes)
    sample = training.features.head(TRIED)
    label_outputs = _without_zipmap(model.graph, session.outputs, wishes.output)
    _only_opsets_with_default(model)
    tensor = _output(table, session.outputs, label_outputs, wishes)
    answer = _tried(model, sample, tensor)
    tensors: dict = {"tensor": _free_name(table, "value" if isinstance(table.label, Quantity) else "probabilities")}
    if isinstance(table.label, Quantity):
        _as_value(model.graph, tensor, answer, tensors["tensor"])
        if wishes.interval:
            tensors["interval"] = {"tensor": wishes.interval, "coverage": wishes.coverage}
    else:
        order = _classes(model.graph, table, wishes, notes)
        column = _as_probabilities(model.graph, tensor, answer, order, table, tensors["tensor"])
        if isinstance(table.label, Label):
            tensors["column"] = column
    kept = [tensors["tensor"], *([wishes.interval] if wishes.interval else [])]
    _keep_outputs(model.graph, kept)
    del model.metadata_props[:]
    return Adapted(model, tensors, notes)


def _read(content: bytes) -> onnx.ModelProto:
    try:
        model = onnx.load_from_string(content)
    except Exception as error:
        raise ModelError(f"it is not an ONNX model ({type(error).__name__})") from error
    if not model.graph.node:
        raise ModelError("it is not an ONNX model: it has no node")
    if any(tensor.data_location == TensorProto.EXTERNAL for tensor in model.graph.initializer):
        raise ModelError("its weights are in another file: save it as one file (onnx.save_model(model, file))")
    return model


def _scorer(model: onnx.ModelProto) -> Scorer:
    try:
        return Scorer(model.SerializeToString(deterministic=True))
    except Exception as error:
        raise ModelError(f"ONNX Runtime cannot load it: {_line(error)}") from error


def _adapt_inputs(graph: onnx.GraphProto, table: Table, inputs: dict[str, tuple[str, list]]) -> None:
    names = table.feature_names
    if set(inputs) == set(names):
        for feature in table.features:
            _adapt_input(graph, feature, *inputs[feature.name])
    elif len(inputs) == 1 and next(iter(inputs.values()))[0] in ELEMENTS | WHOLE:
        (name, (kind, shape)) = next(iter(inputs.items()))
        _adapt_matrix(graph, table, name, kind, shape)
    else:
        lacking = [name for name in names if name not in inputs]
        there = ", ".join(f"{name} {kind}" for name, (kind, _) in list(inputs.items())[:5])
        raise ModelError(
            f"it has no input {lacking[0] if lacking else '…'!r} (its {len(inputs)} inputs: {there}): expected is one "
            f"input [N,1] for each of the {len(names)} features, named as it, string for a category and float for a "
            f"number, or, if all features are numbers, one float matrix [N,{len(names)}] in the order of the table file"
        )
    rest = [value for value in graph.input if value.name in {node.name for node in graph.initializer}]
    del graph.input[:]
    of = {"category": TensorProto.STRING, "number": TensorProto.FLOAT}
    graph.input.extend(helper.make_tensor_value_info(f.name, of[f.type], [None, 1]) for f in table.features)
    graph.input.extend(rest)


def _adapt_input(graph: onnx.GraphProto, feature: Feature, kind: str, shape: list) -> None:
    if feature.type == "category" and kind != "tensor(string)":
        raise ModelError(
            f"its input {feature.name} is {kind}, but the feature is a category, which is a string: the encoding "
            "must be part of the graph"
        )
    if feature.type == "number" and kind not in ELEMENTS | WHOLE:
        raise ModelError(f"its input {feature.name} is {kind}, but the feature is a number")
    if kind in WHOLE and feature.missing == "impute":
        raise ModelError(
            f'its input {feature.name} is {kind}, which has no missing value: write missing = "reject" for '
            f"{feature.name} into the table file"
        )
    _check_rows(feature.name, shape)
    if len(shape) not in (1, 2) or (len(shape) == 2 and shape[1] not in (1, None) and not isinstance(shape[1], str)):
        raise ModelError(f"its input {feature.name} has the shape {shape}, expected is [N,1]")
    if kind in ("tensor(float)", "tensor(string)") and len(shape) == 2:
        return
    inside = graphs.inside(graph, feature.name)
    graphs.rename(graph, feature.name, inside)
    before = feature.name
    nodes = []
    if kind in ELEMENTS | WHOLE and kind != "tensor(float)":
        to = inside if len(shape) == 2 else f"{inside}_cast"
        nodes.append(helper.make_node("Cast", [before], [to], to=(ELEMENTS | WHOLE)[kind]))
        before = to
    if len(shape) == 1:
        nodes += graphs.reshape(before, inside, [-1])
    graphs.put_first(graph, nodes)


def _adapt_matrix(graph: onnx.GraphProto, table: Table, name: str, kind: str, shape: list) -> None:
    categories = [feature.name for feature in table.features if feature.type == "category"]
    if categories:
        raise ModelError(
            f"its only input is a matrix of numbers, but the feature {categories[0]} is a category, whose encoding "
            "cannot be guessed: export the whole pipeline, with one string input [N,1] for each category"
        )
    size = len(table.features)
    _check_rows(name, shape)
    if len(shape) != 2 or (isinstance(shape[1], int) and shape[1] != size):
        raise ModelError(f"its input {name} has the shape {shape}, but the table file has {size} features: [N,{size}]")
    whole = [feature for feature in table.features if feature.missing == "impute"]
    if kind in WHOLE and whole:
        raise ModelError(
            f'its input is {kind}, which has no missing value: write missing = "reject" for {whole[0].name} and each '
            "other feature into the table file"
        )
    inside = graphs.inside(graph, name)
    graphs.rename(graph, name, inside)
    for feature in table.features:
        if feature.name in graphs.used_names(graph):
            graphs.rename(graph, feature.name, graphs.inside(graph, feature.name))
    matrix = inside if kind == "tensor(float)" else f"{inside}_cast"
    nodes = [helper.make_node("Concat", table.feature_names, [matrix], axis=1)]
    if kind != "tensor(float)":
        nodes.append(helper.make_node("Cast", [matrix], [inside], to=(ELEMENTS | WHOLE)[kind]))
    graphs.put_first(graph, nodes)


def _check_rows(name: str, shape: list) -> None:
    if shape and isinstance(shape[0], int):
        raise ModelError(f"its input {name} takes exactly {shape[0]} rows: export it with a free first dimension")


def _without_zipmap(graph: onnx.GraphProto, outputs: dict[str, tuple[str, list]], wanted: str) -> list[str]:
    """Takes each ZipMap out of the graph; its output becomes the matrix of probabilities. Their names."""
    found = []
    for node in [node for node in graph.node if node.op_type == "ZipMap"]:
        name = node.output[0]
        if name in outputs:
            graph.node.remove(node)
            graph.node.append(helper.make_node("Identity", list(node.input), [name]))
            _redeclared(graph, name)
            found.append(name)
    maps = [name for name, (kind, _) in outputs.items() if kind.startswith("seq") and name not in found]
    if maps and (not wanted or wanted in maps):
        raise ModelError(f"its output {maps[0]} is a list of maps: {NO_ZIPMAP}")
    return found


def _redeclared(graph: onnx.GraphProto, name: str) -> None:
    for at, value in enumerate(graph.output):
        if value.name == name:
            graph.output[at].CopyFrom(helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, None]))


def _output(table: Table, outputs: dict, zipmaps: list[str], wishes: Wishes) -> str:
    if wishes.output:
        if wishes.output not in outputs:
            raise ModelError(f"it has no output {wishes.output!r}; its outputs: {', '.join(outputs)}")
        return wishes.output
    possible = zipmaps or [name for name, (kind, _) in outputs.items() if kind in ELEMENTS and name != wishes.interval]
    usual = [name for name in possible if name in ("probabilities", "value")]
    if len(possible) != 1 and len(usual) != 1:
        what = "value" if isinstance(table.label, Quantity) else "probability"
        raise ModelError(f"which of its outputs is the {what}? Say it with --output: {', '.join(possible or outputs)}")
    return (usual if len(usual) == 1 else possible)[0]


def _tried(model: onnx.ModelProto, sample: pd.DataFrame, tensor: str) -> np.ndarray:
    """The output for a few rows: its shape is not always in the file."""
    scorer = _scorer(model)
    try:
        return np.asarray(scorer.outputs_of(sample, [tensor])[0])
    except Exception as error:
        raise ModelError(f"ONNX Runtime cannot score a row: {_line(error)}") from error


def _classes(graph: onnx.GraphProto, table: Table, wishes: Wishes, notes: list[str]) -> list[str]:
    """The classes in the order of the output's columns."""
    label = table.label
    usual = [label.negative, label.positive] if isinstance(label, Label) else list(label.classes)
    if wishes.classes:
        if sorted(wishes.classes) != sorted(usual):
            raise ModelError(f"--classes must be {', '.join(usual)}, in the order of the output's columns")
        return list(wishes.classes)
    found = [list(map(str, classes)) for classes in graphs.class_labels(graph)]
    for classes in found:
        if sorted(classes) == sorted(usual):
            return classes
    there = next((classes for classes in found if len(classes) == len(usual)), [])
    if there and there != [str(at) for at in range(len(usual))]:
        raise ModelError(
            f"its classes are {', '.join(there)}, those of the table file {', '.join(usual)}: say their order in the "
            "output with --classes"
        )
    notes.append(f"columns of the output are taken as {', '.join(usual)} (--classes says another order)")
    return usual


def _as_probabilities(
    graph: onnx.GraphProto, tensor: str, answer: np.ndarray, order: list[str], table: Table, name: str
) -> int:
    """Makes the output a float matrix with a column per class; for a binary label the column of the positive one."""
    label, classes = table.label, list(table.label.classes)
    width = answer.shape[1] if answer.ndim == 2 else 1
    single = isinstance(label, Label) and width == 1
    if answer.ndim not in (1, 2) or (width != len(classes) and not single):
        raise ModelError(f"its output {tensor} has the shape {list(answer.shape)}, expected is [N,{len(classes)}]")
    chain = graphs.Chain(graph, tensor, name)
    if answer.dtype != np.float32:
        chain.add("Cast", to=TensorProto.FLOAT)
    if single:
        chain.reshape([-1, 1])
        chain.with_complement()
        chain.done(2)
        return 1
    if not isinstance(label, Label) and order != classes:
        chain.gather([order.index(value) for value in classes])
    chain.done(len(classes))
    return order.index(label.positive) if isinstance(label, Label) else 0


def _as_value(graph: onnx.GraphProto, tensor: str, answer: np.ndarray, name: str) -> None:
    if answer.ndim not in (1, 2) or (answer.ndim == 2 and answer.shape[1] != 1):
        raise ModelError(f"its output {tensor} has the shape {list(answer.shape)}, expected is [N,1]")
    chain = graphs.Chain(graph, tensor, name)
    if answer.dtype != np.float32:
        chain.add("Cast", to=TensorProto.FLOAT)
    if answer.ndim == 1:
        chain.reshape([-1, 1])
    chain.done(1)


def _keep_outputs(graph: onnx.GraphProto, names: list[str]) -> None:
    kept = [value for value in graph.output if value.name in names]
    del graph.output[:]
    graph.output.extend(kept)


def _free_name(table: Table, name: str) -> str:
    return f"rowcast_{name}" if name in table.feature_names else name


def _only_opsets_with_default(model: onnx.ModelProto) -> None:
    if not any(opset.domain in ("", "ai.onnx") for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid("", 13))


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
