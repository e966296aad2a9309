package dev.rowcast.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.ModelContract;
import java.util.function.Consumer;

/// A small contract for tests, and variants of it.
public final class SmallContract {

    public static final String SMALL = of("""
        [ { "name": "plan", "type": "category", "categories": ["gold", "silver"], "missing": "impute",
            "histogram": { "counts": [3, 4], "missing": 1 } },
          { "name": "months", "type": "number", "missing": "reject",
            "histogram": { "edges": [0, 1.5, 3], "counts": [5, 3], "missing": 0 } },
          { "name": "senior", "type": "category", "categories": ["0", "1"], "missing": "reject",
            "histogram": { "counts": [7, 1], "missing": 0 } },
          { "name": "charges", "type": "number", "missing": "impute",
            "histogram": { "edges": [0, 100], "counts": [8], "missing": 0 } } ]\
        """, 6, 2);

    private static final JsonMapper JSON = new JsonMapper();

    private static final String LATER_FEATURES = """
        [ { 'name': 'age', 'column': 'at', 'part': 'days', 'since': '2000-01-01', 'zone': 'Europe/Berlin',
            'type': 'number', 'sql': 'timestamptz', 'missing': 'impute',
            'histogram': { 'edges': [0, 9000], 'counts': [7], 'missing': 1 } },
          { 'name': 'month', 'column': 'at', 'part': 'month', 'zone': 'Europe/Berlin',
            'type': 'number', 'sql': 'timestamptz', 'missing': 'impute',
            'histogram': { 'edges': [1, 12], 'counts': [7], 'missing': 1 } },
          { 'name': 'born', 'part': 'weekday', 'type': 'number', 'sql': 'date', 'missing': 'reject',
            'histogram': { 'edges': [1, 7], 'counts': [8], 'missing': 0 } },
          { 'name': 'code', 'type': 'category', 'sql': 'varchar(3)', 'categories': ['a', 'b'], 'missing': 'impute',
            'histogram': { 'counts': [4, 4], 'missing': 0 } },
          { 'name': 'weight', 'type': 'number', 'sql': 'text', 'missing': 'impute',
            'histogram': { 'edges': [0, 9], 'counts': [8], 'missing': 0 } } ]\
        """;

    /// The contract with a proof that no graph fulfils.
    public static final String PROVEN = changed(SMALL, contract -> {
        contract.put("contract", "1.2").withObject("/model").put("digest", "sha256:" + "0".repeat(64));
        ObjectNode golden = contract.putArray("golden").addObject();
        golden.put("probability", 0.5).put("label", "Yes").putObject("row").put("months", 2);
    });

    /// A contract of version 1.3 with three classes, and with features of a time, of an id and of numbers as text.
    public static final String CLASSES = changed(PROVEN, contract -> {
        contract.put("contract", "1.3");
        contract.set("features", json(LATER_FEATURES));
        contract.set("label", json("{ 'name': 'ends', 'classes': ['stays', 'moves', 'leaves'] }"));
        contract.set("output", json("""
            { 'kind': 'multiclass', 'tensor': 'probabilities', 'meaning': 'how it ends',
              'histogram': { 'counts': [5, 2, 1] } }\
            """));
        contract.withObject("/training").set("metrics", json("{ 'accuracy': 0.8, 'accuracy_sd': 0.1, 'log_loss': 1 }"));
        contract.set(
                "golden", json("[{ 'row': { 'at': null }, 'probabilities': [0.2, 0.3, 0.5], 'label': 'leaves' }]"));
    });

    /// A contract of version 1.3 with a number and its interval.
    public static final String NUMBER = changed(CLASSES, contract -> {
        contract.set("label", json("{ 'name': 'price' }"));
        contract.set("output", json("""
            { 'kind': 'regression', 'tensor': 'value', 'meaning': 'price of the house', 'unit': 'EUR',
              'histogram': { 'edges': [0, 100, 1000], 'counts': [5, 3] },
              'interval': { 'tensor': 'interval', 'coverage': 0.9 } }\
            """));
        contract.withObject("/training").set("metrics", json("{ 'rmse': 10, 'rmse_sd': 1, 'mae': 8, 'r2': 0.7 }"));
        contract.set("golden", json("[{ 'row': { 'at': null }, 'value': 120.5, 'lower': 100, 'upper': 140 }]"));
    });

    private SmallContract() {}

    private static JsonNode json(String quoted) {
        try {
            return JSON.readTree(quoted.replace('\'', '"'));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    /// The document of a contract with these features.
    ///
    /// @param features a JSON array
    /// @param low the rows of the training with a probability below 0.5
    /// @param high the other rows of the training
    public static String of(String features, int low, int high) {
        return """
            { "contract": "1.0",
              "model": { "name": "leave", "version": "leave-0123456789ab" },
              "source": { "schema": "shop", "table": "customer", "key": ["id"] },
              "captured": { "schema": "shop", "table": "customer_captured" },
              "features": %2$s,
              "label": { "name": "leaves", "positive": "Yes", "negative": "No" },
              "output": { "tensor": "probabilities", "column": 1, "meaning": "probability that the customer leaves",
                          "threshold": 0.25, "histogram": { "edges": [0, 0.5, 1], "counts": [%3$d, %4$d] } },
              "training": { "data": "made up", "licence": "none", "rows": %5$d, "digest": "sha256:%1$s",
                            "metrics": { "roc_auc": 0.84, "roc_auc_sd": 0.01, "brier": 0.13 } },
              "parity": { "rows": 2, "digest": "sha256:%1$s", "tolerance": 1e-6 } }\
            """.formatted("0".repeat(64), features, low, high, low + high);
    }

    public static ModelContract small() {
        return ModelContract.parse(SMALL);
    }

    /// The document after a change.
    public static String changed(String contract, Consumer<ObjectNode> change) {
        try {
            ObjectNode document = (ObjectNode) JSON.readTree(contract);
            change.accept(document);
            return document.toString();
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }
}
