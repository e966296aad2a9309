package dev.rowcast.local.load.row;

import dev.rowcast.local.load.row.TableShape.Column;
import dev.rowcast.local.load.row.TableShape.Kind;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Contracts for tests: that of the shipped model, and that of a different table.
public final class LoadContracts {

    private LoadContracts() {}

    /// The contract inside the committed model.
    public static ModelContract churn() {
        try (OnnxScorer scorer = OnnxScorer.load(Checkout.find().resolve("trainer-notebook/model/churn.onnx"))) {
            return scorer.contract();
        }
    }

    static TableShape churnTable() {
        Column text = new Column(Kind.TEXT, 0);
        Map<String, Column> columns = new HashMap<>();
        churn().features().forEach(feature -> columns.put(feature.name(), text));
        columns.put("customerid", text);
        columns.put("seniorcitizen", new Column(Kind.WHOLE_NUMBER, 0));
        columns.put("tenure", new Column(Kind.WHOLE_NUMBER, 0));
        columns.put("monthlycharges", new Column(Kind.NUMBER, 2));
        columns.put("totalcharges", new Column(Kind.NUMBER, 2));
        return new TableShape("\"public\".\"person_churn_history\"", List.of("customerid"), columns);
    }

    /// Machine data: a number, a set of states, and a key of two columns that are not text.
    static ModelContract machines() {
        return ModelContract.parse("""
                { "contract": "1.0",
                  "model": { "name": "wear", "version": "wear-000000000001" },
                  "source": { "schema": "plant", "table": "machine", "key": ["line", "machine"] },
                  "captured": { "schema": "plant", "table": "machine_captured" },
                  "features": [
                    { "name": "temperature", "type": "number", "missing": "impute",
                      "histogram": { "edges": [10.0, 20.0, 90.0], "counts": [30, 10], "missing": 10 } },
                    { "name": "state", "type": "category", "categories": ["idle", "running"], "missing": "reject",
                      "histogram": { "counts": [1, 3], "missing": 0 } } ],
                  "label": { "name": "broken", "positive": "Yes", "negative": "No" },
                  "output": { "tensor": "probabilities", "column": 1, "meaning": "probability that it breaks",
                              "threshold": 0.5, "histogram": { "edges": [0.0, 1.0], "counts": [50] } },
                  "training": { "data": "none", "licence": "none", "rows": 50, "digest": "sha256:%1$s",
                                "metrics": { "roc_auc": 0.5, "roc_auc_sd": 0.1, "brier": 0.25 } },
                  "parity": { "rows": 1, "digest": "sha256:%1$s", "tolerance": 1e-6 } }
                """.formatted("0".repeat(64)));
    }

    static TableShape machineTable() {
        return new TableShape(
                "\"plant\".\"machine\"",
                List.of("line", "machine"),
                Map.of(
                        "line", new Column(Kind.WHOLE_NUMBER, 0),
                        "machine", new Column(Kind.UUID, 0),
                        "temperature", new Column(Kind.OTHER, 0),
                        "state", new Column(Kind.TEXT, 0)));
    }
}
