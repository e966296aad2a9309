"""Writes the fitted reference of `splines` as an ONNX graph of standard operators.

It computes in double precision, so that its answers are scikit-learn's up to the last rounding to float32.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline

from . import graphs
from .splines import Piecewise, piecewise
from .table import Feature, Label, Quantity, Table


@dataclass
class _Nodes:
    """Nodes and constants with names that no input has."""

    prefix: str
    nodes: list[onnx.NodeProto] = field(default_factory=list)

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        name = f"{self.prefix}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def constant(self, values: np.ndarray) -> str:
        name = f"{self.prefix}{len(self.nodes)}"
        self.nodes.append(graphs.constant(name, values))
        return name

    def double(self, name: str) -> str:
        return self.add("Cast", name, to=TensorProto.DOUBLE)


def graph(
    model: Pipeline, table: Table, opset: dict[str, int], spread: float | None, order: list[int] | None
) -> onnx.ModelProto:
    """The whole pipeline: one input per feature, named as it, `[N,1]`.

    The output is `probabilities`, with its columns in this `order`, or for a regression `value`, and `interval` with
    `spread` to each side.
    """
    prefix = "reference_"
    while any(name.startswith(prefix) for name in table.feature_names):
        prefix += "_"
    nodes, features = _Nodes(prefix), {feature.name: feature for feature in table.features}
    weights, bias = _linear(model)
    columns, rows, at = [], [], 0
    for name, part, _ in model["columns"].transformers_:
        if features[name].type == "category":
            column, width = _category(nodes, features[name], part)
            rows.append(weights[at : at + width])
        else:
            pieces = piecewise(part)
            column, width = _number(nodes, features[name], pieces), len(pieces.least)
            rows.append(pieces.rise.reshape(-1, width) @ weights[at : at + width])
            bias = bias + pieces.least @ weights[at : at + width]
        columns.append(column)
        at += width
    every = nodes.add("Concat", *columns, axis=1)
    products = nodes.add("MatMul", every, nodes.constant(np.concatenate(rows)))
    answer = nodes.add("Add", products, nodes.constant(bias[None, :]))
    regression = isinstance(table.label, Quantity)
    if not regression:
        answer = _probabilities(nodes, answer, table, order)
    output, size = ("value", 1) if regression else ("probabilities", len(table.label.classes))
    nodes.nodes.append(helper.make_node("Cast", [answer], [output], to=TensorProto.FLOAT))
    types = {"category": TensorProto.STRING, "number": TensorProto.FLOAT}
    made = helper.make_graph(
        nodes.nodes,
        table.model,
        [helper.make_tensor_value_info(f.name, types[f.type], [None, 1]) for f in table.features],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, [None, size])],
    )
    if spread is not None:
        graphs.add_interval(made, "value", "interval", spread)
    # The oldest format that has these operators: a function may use an older ONNX Runtime than the trainer.
    return helper.make_model(made, opset_imports=[helper.make_opsetid(*each) for each in opset.items()], ir_version=8)


def _linear(model: Pipeline) -> tuple[np.ndarray, np.ndarray]:
    """The weights of the columns, a column per answer, and the bias, both with the scaling in them."""
    scaler, linear = model["scaler"], model["linear"]
    weights = np.atleast_2d(linear.coef_).T / scaler.scale_[:, None]
    return weights, np.atleast_1d(linear.intercept_) - scaler.mean_ @ weights


def _category(nodes: _Nodes, feature: Feature, part: ColumnTransformer) -> tuple[str, int]:
    known = list(part.transformers_[0][1].categories_[0])
    encoded = nodes.add("OneHotEncoder", feature.name, domain="ai.onnx.ml", cats_strings=known, zeros=1)
    flat = nodes.add("Reshape", encoded, nodes.constant(np.array([-1, len(known)], dtype=np.int64)))
    return nodes.double(flat), len(known)


def _number(nodes: _Nodes, feature: Feature, pieces: Piecewise) -> str:
    """The powers of the number's place in each piece: first all first ones, then the squares, then the cubes."""
    imputed = nodes.constant(np.array([[pieces.imputed]], dtype=np.float32))
    there = nodes.double(nodes.add("Where", nodes.add("IsNaN", feature.name), imputed, feature.name))
    apart = nodes.add("Sub", there, nodes.constant(pieces.starts[None, :]))
    share = nodes.add("Div", apart, nodes.constant(pieces.widths[None, :]))
    ends = [nodes.constant(np.array(end, dtype=np.float64)) for end in (0, 1)]
    first = nodes.add("Clip", share, *ends)
    second = nodes.add("Mul", first, first)
    return nodes.add("Concat", first, second, nodes.add("Mul", second, first), axis=1)


def _probabilities(nodes: _Nodes, answer: str, table: Table, order: list[int] | None) -> str:
    if isinstance(table.label, Label):
        return nodes.add("Sigmoid", nodes.add("Concat", nodes.add("Neg", answer), answer, axis=1))
    found = nodes.add("Softmax", answer, axis=1)
    if order and order != sorted(order):
        found = nodes.add("Gather", found, nodes.constant(np.array(order, dtype=np.int64)), axis=1)
    return found
