package dev.rowcast.model;

import com.fasterxml.jackson.core.JsonProcessingException;
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
                  "histogram": { "edges": [0, 100], "counts": [8], "missing": 0 } } ]""", 6, 2);

    private static final JsonMapper JSON = new JsonMapper();

    /// The contract with a proof that no graph fulfils.
    public static final String PROVEN = changed(SMALL, contract -> {
        contract.put("contract", "1.2").withObject("/model").put("digest", "sha256:" + "0".repeat(64));
        ObjectNode golden = contract.putArray("golden").addObject();
        golden.put("probability", 0.5).put("label", "Yes").putObject("row").put("months", 2);
    });

    private SmallContract() {}

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
                  "parity": { "rows": 2, "digest": "sha256:%1$s", "tolerance": 1e-6 } }""".formatted("0".repeat(64), features, low, high, low + high);
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
