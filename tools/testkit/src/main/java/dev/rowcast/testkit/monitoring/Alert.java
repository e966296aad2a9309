package dev.rowcast.testkit.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/// An alert of `monitoring/rules.yaml`.
///
/// @param name its name
/// @param query its condition, in PromQL
/// @param annotations its annotations
public record Alert(String name, String query, Map<String, String> annotations) {

    /// Copies the annotations.
    public Alert {
        annotations = Map.copyOf(annotations);
    }

    static Alert of(JsonNode rule) {
        Map<String, String> annotations = new TreeMap<>();
        rule.path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return new Alert(rule.path("alert").asText(), rule.path("expr").asText(), annotations);
    }
}
