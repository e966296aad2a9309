"""Writes the fitted pipeline as one ONNX file with the contract inside; the same input gives the same bytes."""

import contextlib
import copy
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.pipeline import Pipeline

from . import cells, graphs, kinds, moments, splinegraph
from . import contract as contracts
from .table import Quantity, Table

#: Widely supported versions: a function may use an older ONNX Runtime than the trainer.
OPSET = {"": 18, "ai.onnx.ml": 3}

#: Rows that are scored at a time.
BATCH = 20_000


def to_graph(
    model: Pipeline, table: Table, spread: float | None = None, order: list[int] | None = None
) -> onnx.ModelProto:
    """The whole pipeline: one input per feature, named as it, `[N,1]`.

    Outputs `probabilities`, with its columns in this `order`, and from a forest `label`, or for a regression `value`,
    and `interval` with `spread` to each side.
    """
    if "forest" in model.named_steps:
        graph = _forest(model, table, spread, order)
    else:
        graph = splinegraph.graph(model, table, OPSET, spread, order)
    graph.doc_string = ""
    opsets = sorted((opset.domain, opset.version) for opset in graph.opset_import)
    del graph.opset_import[:]
    graph.opset_import.extend(onnx.helper.make_opsetid(*opset) for opset in opsets)
    del graph.metadata_props[:]
    onnx.checker.check_model(graph, full_check=True)
    return graph


def _forest(model: Pipeline, table: Table, spread: float | None, order: list[int] | None) -> onnx.ModelProto:
    types = {"category": StringTensorType, "number": FloatTensorType}
    inputs = dict(zip(table.feature_names, _input_names(table)))
    regression = isinstance(table.label, Quantity)
    with _columns_renamed(model, inputs) as renamed:
        graph = to_onnx(
            renamed,
            name=table.model,
            initial_types=[(inputs[feature.name], types[feature.type]([None, 1])) for feature in table.features],
            target_opset=OPSET,
            options={} if regression else {id(renamed): {"zipmap": False}},
        )
    for feature, name in inputs.items():
        graphs.rename(graph.graph, name, feature)
    if regression:
        graphs.rename(graph.graph, graph.graph.output[0].name, "value")
        if spread is not None:
            graphs.add_interval(graph.graph, "value", "interval", spread)
    if order and order != sorted(order):
        chain = graphs.Chain(graph.graph, "probabilities", "probabilities")
        chain.gather(order)
        chain.done(len(order))
        outputs = [value for value in graph.graph.output if value.name in ("label", "probabilities")]
        del graph.graph.output[:]
        graph.graph.output.extend(outputs)
    return graph


def _input_names(table: Table) -> list[str]:
    """The features' names, or numbered ones where the converter cannot use them as they are."""
    taken = {"label", "probabilities", "value", "interval"}
    usable = all(re.fullmatch(r"[a-z_][a-z0-9_]*", name) and name not in taken for name in table.feature_names)
    return table.feature_names if usable else [f"rowcast_{at}" for at in range(len(table.features))]


@contextlib.contextmanager
def _columns_renamed(model: Pipeline, names: dict[str, str]) -> Iterator[Pipeline]:
    """The pipeline with other names of its columns."""
    if all(old == new for old, new in names.items()):
        yield model
        return
    renamed = copy.deepcopy(model)
    columns = renamed["columns"]
    parts = lambda found: [(part, how, [names[name] for name in of]) for part, how, of in found]  # noqa: E731
    columns.transformers, columns.transformers_ = parts(columns.transformers), parts(columns.transformers_)
    columns.feature_names_in_ = np.array([names[name] for name in columns.feature_names_in_], dtype=object)
    for _, how, of in columns.transformers_:
        if hasattr(how, "feature_names_in_"):
            how.feature_names_in_ = np.array(of, dtype=object)
    yield renamed


def graph_digest(graph: onnx.ModelProto) -> str:
    """The digest of the file without its metadata.

    A reader can compute it without a protobuf library: it omits each top-level field 14 from the file's bytes.
    """
    bare = onnx.ModelProto()
    bare.CopyFrom(graph)
    del bare.metadata_props[:]
    return contracts.digest_of(bare.SerializeToString(deterministic=True))


def with_contract(graph: onnx.ModelProto, contract: dict) -> bytes:
    """The file's bytes."""
    whole = onnx.ModelProto()
    whole.CopyFrom(graph)
    onnx.helper.set_model_props(whole, {contracts.KEY: contracts.to_json(contract)})
    return whole.SerializeToString(deterministic=True)


def upgraded(model: bytes, parity_file: bytes) -> bytes:
    """The unchanged graph with a contract of the newest version, proven by its golden rows.

    Raises `ValueError` when the rows are not those of the model, or its scores are not those of the rows.
    """
    graph = onnx.load_from_string(model)
    document = json.loads({prop.key: prop.value for prop in graph.metadata_props}[contracts.KEY])
    if document["parity"]["digest"] != contracts.digest_of(parity_file):
        raise ValueError("the golden rows are not those that the contract names")
    newer = contracts.proven(document, graph_digest(graph), parity_file)
    kind = kinds.of_contract(document["label"], document["output"])
    rows = pd.read_csv(io.BytesIO(parity_file), dtype=str, keep_default_na=False)
    features = pd.DataFrame({f["name"]: _column(rows[f.get("column", f["name"])], f) for f in document["features"]})
    answered = Scorer(model).answers(features, document["output"])
    difference = kinds.differences(kind, kind.read(rows), answered).max()
    if not difference <= document["parity"]["tolerance"]:
        raise ValueError(f"the graph's scores differ from the golden rows by {difference:g}")
    return with_contract(graph, newer)


def _column(texts: pd.Series, feature: dict) -> np.ndarray | pd.Series:
    if feature["type"] == "category":
        return texts.astype(object)
    if "part" in feature:
        read = np.array([cells.moment(text, feature["sql"]) for text in texts], dtype=np.int64)
        return moments.part(read, feature["part"], feature.get("since", ""), feature.get("zone", ""))
    return np.array([cells.number(text, feature.get("sql", "double precision")) for text in texts], dtype=np.float32)


class Scorer:
    """Scores with the ONNX file as a function does: one core, one tensor per feature."""

    def __init__(self, model: Path | bytes):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Errors only: they are raised too, and a message of this program is one line.
        options.log_severity_level = 4
        content = model if isinstance(model, bytes) else model.read_bytes()
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self.metadata = self._session.get_modelmeta().custom_metadata_map
        self.inputs = {value.name: value.type for value in self._session.get_inputs()}
        self.shapes = {value.name: (value.type, value.shape) for value in self._session.get_inputs()}
        self.outputs = {value.name: (value.type, value.shape) for value in self._session.get_outputs()}

    def score(self, features: pd.DataFrame, column: int = 1) -> np.ndarray:
        """Probabilities in this column of the output, one per row (float32)."""
        return self.run(self.tensors(features))[:, column]

    def answers(self, features: pd.DataFrame, output: dict) -> np.ndarray:
        """The answers of `kinds` (float64), from the tensors that this output of the contract names."""
        names = [output["tensor"], *([output["interval"]["tensor"]] if "interval" in output else [])]
        found = []
        for start in range(0, len(features), BATCH):
            tensors = self.outputs_of(features.iloc[start : start + BATCH], names)
            found.append(np.hstack([tensor.astype(np.float64) for tensor in tensors]))
        whole = np.concatenate(found)
        return whole[:, [output["column"]]] if "column" in output else whole

    def outputs_of(self, features: pd.DataFrame, names: list[str]) -> list[np.ndarray]:
        return self._session.run(names, self.tensors(features))

    def tensors(self, features: pd.DataFrame) -> dict[str, np.ndarray]:
        return {
            name: features[[name]].to_numpy(dtype=np.float32 if kind == "tensor(float)" else object)
            for name, kind in self.inputs.items()
        }

    def run(self, tensors: dict[str, np.ndarray]) -> np.ndarray:
        return self._session.run(["probabilities"], tensors)[0]
