"""Writes the fitted pipeline as one ONNX file that gives the same bytes each time, with the contract inside."""

import hashlib
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.pipeline import Pipeline

from . import contract as contracts
from .table import Table

#: The newest that ONNX Runtime has known for long: a function may run an older one than the trainer.
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


def version_of(graph: onnx.ModelProto, table: Table) -> str:
    """The model's name and the beginning of the digest of its graph without metadata."""
    bare = onnx.ModelProto()
    bare.CopyFrom(graph)
    del bare.metadata_props[:]
    return f"{table.model}-{hashlib.sha256(bare.SerializeToString(deterministic=True)).hexdigest()[:12]}"


def with_contract(graph: onnx.ModelProto, contract: dict) -> bytes:
    """The file's bytes."""
    whole = onnx.ModelProto()
    whole.CopyFrom(graph)
    onnx.helper.set_model_props(whole, {contracts.KEY: contracts.to_json(contract)})
    return whole.SerializeToString(deterministic=True)


def digest_of(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


class Scorer:
    """Asks the ONNX file as a function does: one core, one tensor per feature."""

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
