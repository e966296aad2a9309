"""Writes the fitted pipeline as one ONNX file with the contract inside; the same input gives the same bytes."""

import io
import json
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.pipeline import Pipeline

from . import cells
from . import contract as contracts
from .table import Table

#: Widely supported versions: a function may use an older ONNX Runtime than the trainer.
OPSET = {"": 18, "ai.onnx.ml": 3}


def to_graph(model: Pipeline, table: Table) -> onnx.ModelProto:
    """The whole pipeline: one input per feature, named as its column, `[N,1]`; outputs `label` and `probabilities`."""
    types = {"category": StringTensorType, "number": FloatTensorType}
    graph = to_onnx(
        model,
        name=table.model,
        initial_types=[(feature.name, types[feature.type]([None, 1])) for feature in table.features],
        target_opset=OPSET,
        options={id(model): {"zipmap": False}},
    )
    graph.doc_string = ""
    opsets = sorted(((opset.domain, opset.version) for opset in graph.opset_import))
    del graph.opset_import[:]
    graph.opset_import.extend(onnx.helper.make_opsetid(*opset) for opset in opsets)
    del graph.metadata_props[:]
    onnx.checker.check_model(graph, full_check=True)
    return graph


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
    rows = pd.read_csv(io.BytesIO(parity_file), dtype=str, keep_default_na=False)
    features = pd.DataFrame({f["name"]: _column(rows[f["name"]], f) for f in document["features"]})
    answered = Scorer(model).score(features, document["output"]["column"])
    difference = np.abs(answered - rows["probability"].astype(float)).max()
    if not difference <= document["parity"]["tolerance"]:
        raise ValueError(f"the graph's scores differ from the golden rows by {difference:g}")
    return with_contract(graph, newer)


def _column(texts: pd.Series, feature: dict) -> np.ndarray | pd.Series:
    if feature["type"] == "category":
        return texts.astype(object)
    return np.array([cells.number(text, feature.get("sql", "double precision")) for text in texts], dtype=np.float32)


class Scorer:
    """Scores with the ONNX file as a function does: one core, one tensor per feature."""

    def __init__(self, model: Path | bytes):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        content = model if isinstance(model, bytes) else model.read_bytes()
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self.metadata = self._session.get_modelmeta().custom_metadata_map
        self.inputs = {value.name: value.type for value in self._session.get_inputs()}

    def score(self, features: pd.DataFrame, column: int = 1) -> np.ndarray:
        """Probabilities in this column of the output, one per row (float32)."""
        return self.run(self.tensors(features))[:, column]

    def tensors(self, features: pd.DataFrame) -> dict[str, np.ndarray]:
        return {
            name: features[[name]].to_numpy(dtype=np.float32 if kind == "tensor(float)" else object)
            for name, kind in self.inputs.items()
        }

    def run(self, tensors: dict[str, np.ndarray]) -> np.ndarray:
        return self._session.run(["probabilities"], tensors)[0]
