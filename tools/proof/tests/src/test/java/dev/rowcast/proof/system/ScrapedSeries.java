package dev.rowcast.proof.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.tools.attach.VirtualMachine;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.testkit.station.Database;
import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The series that a Prometheus would scrape from the parts of a running system, as `metric{label="value"}`.
final class ScrapedSeries {

    /// The default query of CloudNativePG for replication slots, reduced to what is read here.
    private static final String SLOTS = """
        pg_replication_slots:
          query: |
            SELECT slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) AS pg_wal_lsn_diff
            FROM pg_replication_slots WHERE NOT temporary
          metrics:
            - slot_name:
                usage: LABEL
            - pg_wal_lsn_diff:
                usage: GAUGE
        """;

    private final LocalSystem system;
    private final Path root;
    private final Set<String> series = new TreeSet<>();

    ScrapedSeries(LocalSystem system, Path root) {
        this.system = system;
        this.root = root;
    }

    /// {@return what was scraped so far}
    Set<String> all() {
        return Set.copyOf(series);
    }

    /// Reads the page of each function, and starts it when it is at zero.
    void addFunctions() throws IOException, InterruptedException {
        for (String function : system.functions()) {
            URI page = system.address(function).resolve("/q/metrics");
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceAll(",?}? [^ }]*$", line.contains("{") ? "}" : ""))
                    .forEach(series::add);
        }
    }

    /// Runs the queries of CloudNativePG's exporter, with the rights that it has.
    void addPostgres() throws IOException, SQLException {
        addQueries(Files.readString(root.resolve("postgres/queries.yaml")));
        addQueries(SLOTS);
    }

    private void addQueries(String yaml) throws IOException, SQLException {
        Database database = new Database(system.stations().postgres());
        for (Map.Entry<String, JsonNode> query : new YAMLMapper().readTree(yaml).properties()) {
            List<Map<String, String>> rows =
                    database.rows(query.getValue().path("query").asText());
            for (Map<String, String> row : rows) {
                addRow("cnpg_" + query.getKey(), query.getValue().path("metrics"), row);
            }
        }
    }

    private void addRow(String prefix, JsonNode columns, Map<String, String> row) {
        List<String> labels = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (JsonNode column : columns) {
            String name = column.fieldNames().next();
            if (!row.containsKey(name)) {
                throw new AssertionError("the query of " + prefix + " has no column " + name);
            }
            if (column.path(name).path("usage").asText().equals("LABEL")) {
                labels.add(name + "=\"" + row.get(name) + "\"");
            } else {
                values.add(name);
            }
        }
        values.forEach(value -> series.add(prefix + "_" + value + "{" + String.join(",", labels) + "}"));
    }

    /// Applies the rules of the JMX exporter to the beans of Kafka Connect.
    void addConnect() throws Exception {
        String rules = Files.readString(root.resolve("strimzi/connect-metrics.yaml"));
        VirtualMachine connect =
                VirtualMachine.attach(Long.toString(system.stations().connect().pid()));
        try {
            String address = connect.startLocalManagementAgent();
            PrometheusRegistry registry = new PrometheusRegistry();
            new JmxCollector("jmxUrl: " + address + "\n" + rules).register(registry);
            for (MetricSnapshot metric : registry.scrape()) {
                for (DataPointSnapshot point : metric.getDataPoints()) {
                    series.add(metric.getMetadata().getName()
                            + point.getLabels().stream()
                                    .map(label -> label.getName() + "=\"" + label.getValue() + "\"")
                                    .collect(Collectors.joining(",", "{", "}")));
                }
            }
        } finally {
            connect.detach();
        }
    }
}
