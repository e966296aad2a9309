package dev.rowcast.testkit.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The alerts and the dashboard of the checkout.
///
/// @param rules the content of `rules.yaml` that Prometheus reads: its groups
/// @param alerts the alerts
/// @param dashboard the whole dashboard
/// @param panels its panels, except for rows
public record Monitoring(JsonNode rules, List<Alert> alerts, JsonNode dashboard, List<Panel> panels) {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new JsonMapper();

    /// Copies the lists.
    public Monitoring {
        alerts = List.copyOf(alerts);
        panels = List.copyOf(panels);
    }

    /// Reads the folder `monitoring` of a checkout.
    public static Monitoring read(Path root) {
        JsonNode rules = read(YAML, root.resolve("monitoring/rules.yaml")).path("spec");
        JsonNode dashboard = read(JSON, root.resolve("monitoring/dashboard.json"));
        return new Monitoring(
                rules,
                children(rules.path("groups"))
                        .flatMap(group -> children(group.path("rules")))
                        .map(Alert::of)
                        .toList(),
                dashboard,
                children(dashboard.path("panels"))
                        .filter(panel -> !panel.path("type").asText().equals("row"))
                        .map(Panel::of)
                        .toList());
    }

    /// The series that alerts and panels select.
    public List<Selector> selectors() {
        return Stream.concat(
                        alerts.stream().map(Alert::query), panels.stream().flatMap(panel -> panel.queries().stream()))
                .flatMap(query -> Selector.of(query).stream())
                .distinct()
                .toList();
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<JsonNode> children(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
