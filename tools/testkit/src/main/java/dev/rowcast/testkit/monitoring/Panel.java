package dev.rowcast.testkit.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A panel of `monitoring/dashboard.json`, except for a row.
///
/// @param id its number
/// @param type its kind, in Grafana's words
/// @param title its title
/// @param description its description
/// @param unit the unit of its values
/// @param queries its queries, in PromQL
/// @param links the addresses that it links to
public record Panel(
        int id, String type, String title, String description, String unit, List<String> queries, List<String> links) {

    /// Copies the lists.
    public Panel {
        queries = List.copyOf(queries);
        links = List.copyOf(links);
    }

    static Panel of(JsonNode panel) {
        List<String> queries = new ArrayList<>();
        panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
        List<String> links = new ArrayList<>();
        panel.path("links").forEach(link -> links.add(link.path("url").asText()));
        return new Panel(
                panel.path("id").asInt(),
                panel.path("type").asText(),
                panel.path("title").asText(),
                panel.path("description").asText(),
                panel.at("/fieldConfig/defaults/unit").asText(),
                queries,
                links);
    }
}
