package dev.rowcast.local.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rowcast.testkit.monitoring.Alert;
import dev.rowcast.testkit.monitoring.Monitoring;
import dev.rowcast.testkit.monitoring.Selector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// The files that Prometheus reads: its configuration, the alerts, the targets, and the templates of its
/// pages.
///
/// The pages are ours, because `scripts/promtool` builds the server without its own: `alerts.html` with
/// the state of each alert and the targets, `query.html` with a form.
///
/// @param folder has nothing else
record PrometheusFiles(Path folder) {

    private static final List<String> PAGES = List.of("alerts.html", "query.html", "page.lib");
    private static final String ALERTS = "<!-- alerts -->";

    private static final String CONFIGURATION = """
            # Written at each start of make run METRICS=yes.
            global:
              scrape_interval: 2s
              evaluation_interval: 2s
            rule_files: [rules.yml]
            scrape_configs:
              - job_name: functions
                metrics_path: /q/metrics
                file_sd_configs:
                  - files: [targets.json]
            """;

    /// Writes everything, without targets.
    void write(Monitoring monitoring) {
        try {
            Files.createDirectories(pages());
            Files.writeString(configuration(), CONFIGURATION);
            new YAMLMapper().writeValue(folder.resolve("rules.yml").toFile(), monitoring.rules());
            for (String page : PAGES) {
                Files.writeString(pages().resolve(page), resource(page).replace(ALERTS, alerts(monitoring)));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The files of Prometheus cannot be written to " + folder, failure);
        }
        writeTargets(Map.of());
    }

    /// Replaces the list of targets; Prometheus notices it.
    ///
    /// @param ports the port of each function; empty for one that does not run
    void writeTargets(Map<String, OptionalInt> ports) {
        ArrayNode targets = JsonNodeFactory.instance.arrayNode();
        ports.forEach((function, port) -> port.ifPresent(number -> {
            ObjectNode target = targets.addObject();
            target.putArray("targets").add("127.0.0.1:" + number);
            // As the PodMonitor of a cluster does; the alerts name the function by it.
            target.putObject("labels").put("container", function);
        }));
        Path draft = folder.resolve("targets.new");
        try {
            Files.writeString(draft, targets.toPrettyString() + "\n");
            Files.move(draft, folder.resolve("targets.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("The targets of Prometheus cannot be written", failure);
        }
    }

    Path configuration() {
        return folder.resolve("prometheus.yml");
    }

    Path pages() {
        return folder.resolve("pages");
    }

    /// A call of the template `alert` for each alert, with its name and the series that it reads.
    private static String alerts(Monitoring monitoring) {
        return monitoring.alerts().stream()
                .map(alert -> "{{ template \"alert\" (args \"%s\" \"%s\") }}".formatted(alert.name(), series(alert)))
                .collect(Collectors.joining("\n"));
    }

    private static String series(Alert alert) {
        return Selector.of(alert.query()).stream()
                .map(Selector::metric)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static String resource(String name) throws IOException {
        try (InputStream page = PrometheusFiles.class.getResourceAsStream(name)) {
            if (page == null) {
                throw new IOException("resource " + name + " is missing");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
