"""Small changes of an ONNX graph: names, conversions, an interval around a value."""

from collections.abc import Iterable

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def rename(graph: onnx.GraphProto, old: str, new: str) -> None:
    """Gives a tensor another name, wherever it is used."""
    if old == new:
        return
    clash = f"{new}_inside"
    for value in _values(graph):
        if value.name in (old, new):
            value.name = new if value.name == old else clash
    for node in graph.node:
        for names in (node.input, node.output):
            for at, name in enumerate(names):
                if name in (old, new):
                    names[at] = new if name == old else clash
        for attribute in node.attribute:
            for inner in (attribute.g, *attribute.graphs):
                rename(inner, old, new)


def add_interval(graph: onnx.GraphProto, value: str, name: str, spread: float) -> None:
    """Adds an output `[N,2]` with the value less and plus `spread`."""
    ends = numpy_helper.from_array(np.array([[-spread, spread]], dtype=np.float32), f"{name}_spread")
    graph.initializer.append(ends)
    graph.node.append(helper.make_node("Add", [value, ends.name], [name], name=f"{name}_add"))
    graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, 2]))


def used_names(graph: onnx.GraphProto) -> set[str]:
    nodes = {name for node in graph.node for name in (*node.input, *node.output)}
    return nodes | {value.name for value in _values(graph)}


def prefixed(graph: onnx.GraphProto, kept: Iterable[str], prefix: str) -> None:
    """Gives each tensor but the kept ones a name with this prefix."""
    for name in used_names(graph) - set(kept) - {""}:
        rename(graph, name, prefix + name)


def _values(graph: onnx.GraphProto):
    yield from (*graph.input, *graph.output, *graph.value_info, *graph.initializer)


def inside(graph: onnx.GraphProto, name: str) -> str:
    """A name for what was called `name`, which no tensor has yet."""
    taken, found = used_names(graph), f"model_{name}"
    while found in taken:
        found = f"model_{found}"
    return found


def constant(name: str, values: np.ndarray) -> onnx.NodeProto:
    """A node and not an initializer, which older files would have to list among their inputs."""
    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(values, name))


def reshape(before: str, after: str, shape: list[int]) -> list[onnx.NodeProto]:
    return [
        constant(f"{after}_shape", np.array(shape, dtype=np.int64)),
        helper.make_node("Reshape", [before, f"{after}_shape"], [after]),
    ]


def put_first(graph: onnx.GraphProto, nodes: list[onnx.NodeProto]) -> None:
    later = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *later])


def class_labels(graph: onnx.GraphProto) -> Iterable[list]:
    """The lists of classes that the graph's nodes and tensors contain, as text or numbers."""
    for node in reversed(graph.node):
        for attribute in node.attribute:
            if attribute.name in ("classlabels_strings", "classlabels_int64s", "classlabels_ints"):
                if attribute.strings or attribute.ints:
                    yield [text.decode() for text in attribute.strings] or list(attribute.ints)
    for tensor in graph.initializer:
        if tensor.data_type == TensorProto.STRING or (tensor.data_type == TensorProto.INT64 and "class" in tensor.name):
            yield [text.decode() if isinstance(text, bytes) else text for text in numpy_helper.to_array(tensor).ravel()]


class Chain:
    """Nodes after an output, which end in an output of another name."""

    def __init__(self, graph: onnx.GraphProto, tensor: str, name: str):
        self._graph, self._name, self._at = graph, name, inside(graph, name)
        if tensor == name:
            self._now = self._at
            rename(graph, tensor, self._at)
        else:
            self._now = tensor
            if name in used_names(graph):
                rename(graph, name, self._at)

    def add(self, operator: str, *more: str, **attributes) -> None:
        self._then([helper.make_node(operator, [self._now, *more], [self._next()], **attributes)])

    def reshape(self, shape: list[int]) -> None:
        self._then(reshape(self._now, self._next(), shape))

    def gather(self, columns: list[int]) -> None:
        which = f"{self._next()}_columns"
        self._graph.node.append(constant(which, np.array(columns, dtype=np.int64)))
        self.add("Gather", which, axis=1)

    def with_complement(self) -> None:
        """A probability becomes two: of the negative and of the positive class."""
        one, rest, positive = f"{self._next()}_one", f"{self._next()}_rest", self._now
        self._graph.node.append(constant(one, np.array(1, dtype=np.float32)))
        self._graph.node.append(helper.make_node("Sub", [one, positive], [rest]))
        self._then([helper.make_node("Concat", [rest, positive], [self._next()], axis=1)])

    def done(self, width: int) -> None:
        self._graph.node.append(helper.make_node("Identity", [self._now], [self._name]))
        self._graph.output.append(helper.make_tensor_value_info(self._name, TensorProto.FLOAT, [None, width]))

    def _next(self) -> str:
        return f"{self._at}_{len(self._graph.node)}"

    def _then(self, nodes: list[onnx.NodeProto]) -> None:
        self._graph.node.extend(nodes)
        self._now = nodes[-1].output[0]
