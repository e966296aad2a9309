"""Creates the model of three classes that the functions' tests combine with a contract for two."""

from pathlib import Path

import numpy as np
import pandas as pd

from rowcast_trainer import contract, export, model
from rowcast_trainer.table import Costs, Feature, Forest, Label, Report, Table

FILE = Path(__file__).resolve().parents[2] / "functions/core/src/test/resources/models/three-classes.onnx"


def made() -> bytes:
    """The file: a forest of three trees under a contract with two of its classes."""
    classes = Table(
        model="classes",
        meaning="probability of b",
        schema="shop",
        name="item",
        captured="item_captured",
        key={"id": "bigint"},
        features=(Feature("colour", "category", "impute", "text"), Feature("size", "number", "impute", "integer")),
        label=Label("kind", "b", "a"),
        costs=Costs(1, 1, "none"),
        report=Report("Classes", "Made up.", "A test."),
    )
    size = np.arange(90)
    features = pd.DataFrame(
        {"colour": np.where(size % 2, "red", "blue").astype(object), "size": size.astype(np.float32)}
    )
    fitted = model.pipeline(classes, {"colour": ["blue", "red"]}, Forest(3, 3, 5))
    fitted.fit(features, np.array(["a", "b", "c"], dtype=object)[size % 3])
    graph = export.to_graph(fitted, classes)
    digest = export.graph_digest(graph)
    rows = [{"colour": "red", "size": 1}, {"colour": "blue", "size": 2}, {"colour": None, "size": None}]
    asked = pd.DataFrame({"colour": ["red", "blue", ""], "size": np.array([1, 2, np.nan], dtype=np.float32)})
    scores = model.score(fitted, asked, "b")
    none = "sha256:" + "0" * 64
    return export.with_contract(
        graph,
        {
            "contract": contract.VERSION,
            "model": {"name": "classes", "version": contract.version_of("classes", digest), "digest": digest},
            "source": {"schema": "shop", "table": "item", "key": ["id"], "key_type": ["bigint"]},
            "captured": {"schema": "shop", "table": "item_captured"},
            "features": [
                {
                    "name": "colour",
                    "type": "category",
                    "sql": "text",
                    "categories": ["blue", "red"],
                    "missing": "impute",
                    "histogram": {"counts": [45, 45], "missing": 0},
                },
                {
                    "name": "size",
                    "type": "number",
                    "sql": "integer",
                    "missing": "impute",
                    "histogram": {"edges": [0, 89], "counts": [90], "missing": 0},
                },
            ],
            "label": {"name": "kind", "positive": "b", "negative": "a"},
            "output": {
                "tensor": "probabilities",
                "column": 1,
                "meaning": "probability of b",
                "threshold": 0.5,
                "histogram": {"edges": [0, 1], "counts": [90]},
            },
            "training": {
                "data": "made up",
                "licence": "none",
                "rows": 90,
                "digest": none,
                "metrics": {"roc_auc": 0.5, "roc_auc_sd": 0.1, "brier": 0.2},
            },
            "parity": {"rows": 3, "digest": none, "tolerance": contract.TOLERANCE},
            "golden": [
                {"row": row, "probability": float(score), "label": "b" if score >= 0.5 else "a"}
                for row, score in zip(rows, scores)
            ],
        },
    )


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_bytes(made())
