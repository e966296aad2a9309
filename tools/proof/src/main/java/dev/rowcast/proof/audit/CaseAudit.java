package dev.rowcast.proof.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Compares the cases with the captured table, and their index with the cases.
///
/// ```
///   captured table ──the rule──▶ retention_case ──▶ its index
/// ```
final class CaseAudit {

    static final String TABLE = "retention_case";

    /// The default of retention.
    private static final double HYSTERESIS = 0.05;

    /// Columns that an event of a case contains unchanged; its times have another format.
    private static final List<String> COMPARED =
            List.of("status", "case_number", "probability", "threshold", "model_version", "closed_because");

    private final String label;
    private final List<String> differences = new ArrayList<>();

    /// @param label name of the label, the prefix of the prediction's columns
    CaseAudit(String label) {
        this.label = label;
    }

    /// {@return every difference found so far}
    List<String> differences() {
        return List.copyOf(differences);
    }

    /// Expects an open case for a probability of at least the threshold, no open case for a deleted row or
    /// a probability below threshold minus hysteresis, and accepts either state between the two.
    CaseAudit compareCases(Map<String, Map<String, String>> captured, Map<String, Map<String, String>> cases) {
        for (String key : ColumnComparison.keys(captured, cases)) {
            String status = cases.getOrDefault(key, Map.of()).getOrDefault("status", "missing");
            boolean judged = !status.equals("missing");
            Map<String, String> prediction = captured.getOrDefault(key, Map.of());
            if (prediction.isEmpty()) {
                differences.add("case " + key + ": is " + status + ", and there is no such prediction");
            } else if (prediction.get("deleted").equals("t")) {
                expect(judged && !status.equals("open"), key, status, "the row is deleted");
            } else {
                double probability = Double.parseDouble(prediction.get(label + "_probability"));
                double threshold = Double.parseDouble(prediction.get(label + "_threshold"));
                if (probability >= threshold) {
                    expect(status.equals("open"), key, status, "the probability is " + probability);
                } else if (probability < threshold - HYSTERESIS) {
                    expect(judged && !status.equals("open"), key, status, "the probability is " + probability);
                }
            }
        }
        return this;
    }

    private void expect(boolean holds, String key, String status, String why) {
        if (!holds) {
            differences.add("case " + key + ": is " + status + ", and " + why);
        }
    }

    /// Expects one document for each customer who ever had a case, with the values of the case's
    /// last event.
    CaseAudit compareIndex(Map<String, Map<String, String>> cases, Map<String, JsonNode> documents) {
        for (String key : ColumnComparison.keys(cases, documents)) {
            Map<String, String> row = cases.getOrDefault(key, Map.of());
            boolean expected = !row.getOrDefault("status", "none").equals("none");
            String place = "index " + TABLE + ", " + key + ": ";
            if (expected != documents.containsKey(key)) {
                differences.add(place + (expected ? "is missing" : "exists, and there was never such a case"));
            } else if (expected) {
                for (String column : COMPARED) {
                    if (!ColumnComparison.isSame(
                            row.get(column), documents.get(key).path(column))) {
                        differences.add(
                                place + column + " is " + documents.get(key).path(column) + ", not " + row.get(column));
                    }
                }
            }
        }
        return this;
    }
}
