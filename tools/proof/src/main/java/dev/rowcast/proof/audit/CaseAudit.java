package dev.rowcast.proof.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Holds the cases against the captured table, and their index against them.
///
/// ```
///   captured table ──the rule──▶ retention_case ──▶ its index
/// ```
final class CaseAudit {

    static final String TABLE = "retention_case";

    /// As retention has it when nobody sets it.
    private static final double HYSTERESIS = 0.05;

    /// What an event says of a case. Its times are written in other words.
    private static final List<String> TOLD =
            List.of("status", "case_number", "probability", "threshold", "model_version", "closed_because");

    private final String label;
    private final List<String> differences = new ArrayList<>();

    /// @param label name of the label, which names the columns of the prediction
    CaseAudit(String label) {
        this.label = label;
    }

    /// Every difference that was found.
    List<String> differences() {
        return List.copyOf(differences);
    }

    /// An open case for each customer whose probability reaches the threshold, none for one whose probability is below
    /// by
    /// more than the hysteresis or who is gone, and either for those between.
    CaseAudit compareCases(Map<String, Map<String, String>> captured, Map<String, Map<String, String>> cases) {
        for (String key : union(captured.keySet(), cases.keySet())) {
            String status = cases.getOrDefault(key, Map.of()).getOrDefault("status", "missing");
            Map<String, String> prediction = captured.getOrDefault(key, Map.of());
            if (prediction.isEmpty()) {
                differences.add("case " + key + ": is " + status + ", and there is no such prediction");
            } else if (prediction.get("deleted").equals("t")) {
                expect(!status.equals("open") && !status.equals("missing"), key, status, "the row is deleted");
            } else {
                double probability = Double.parseDouble(prediction.get(label + "_probability"));
                double threshold = Double.parseDouble(prediction.get(label + "_threshold"));
                if (probability >= threshold) {
                    expect(status.equals("open"), key, status, "the probability is " + probability);
                } else if (probability < threshold - HYSTERESIS) {
                    expect(
                            !status.equals("open") && !status.equals("missing"),
                            key,
                            status,
                            "the probability is " + probability);
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

    /// A document for each customer who ever had a case, as its last event tells of it, and no other.
    CaseAudit compareIndex(Map<String, Map<String, String>> cases, Map<String, JsonNode> documents) {
        for (String key : union(cases.keySet(), documents.keySet())) {
            Map<String, String> row = cases.getOrDefault(key, Map.of());
            boolean had = !row.getOrDefault("status", "none").equals("none");
            String place = "index " + TABLE + ", " + key + ": ";
            if (had != documents.containsKey(key)) {
                differences.add(place + (had ? "is missing" : "is there, and there never was such a case"));
            } else if (had) {
                for (String column : TOLD) {
                    if (!ColumnComparison.isSame(row.get(column), documents.get(key).path(column))) {
                        differences.add(
                                place + column + " is " + documents.get(key).path(column) + ", not " + row.get(column));
                    }
                }
            }
        }
        return this;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
