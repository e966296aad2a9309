package dev.rowcast.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.Stations;
import dev.rowcast.local.thread.PeriodicTask;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.SettingsFile;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Keeps `addresses.json` up to date for scripts: `postgres` (URI for the application's user), `operator`
/// (URI for the operator's user), `kafka`, `connect`, `elasticsearch`, `page`, `functions`, each with `name`,
/// `url`, `pid` (null at zero) and `coldStarts`, and `tables`, each with `schema`, `table` and
/// `notifications`, the topic of its connector's notifications.
///
/// The file exists while the system is up. A launcher that is killed leaves it behind; therefore it also
/// identifies the run: `launcher` with `pid` and `started` (milliseconds since 1970), and `kafkaCluster`,
/// the id of the Kafka cluster.
public final class Addresses implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final LocalSystem system;
    private final URI page;
    private final Path file;
    private final String kafkaCluster;
    private final PeriodicTask updates;
    private String written = "";

    /// Writes the file now and after each change.
    ///
    /// @param page address of the live page
    /// @param file readable by its owner only, because it contains a password
    public Addresses(LocalSystem system, URI page, Path file) {
        this.system = system;
        this.page = page;
        this.file = file;
        this.kafkaCluster = system.stations().kafka().clusterId();
        write();
        this.updates = PeriodicTask.every(INTERVAL, "addresses", this::write);
    }

    private void write() {
        try {
            String now = document().toPrettyString() + "\n";
            if (now.equals(written)) {
                return;
            }
            SettingsFile.replace(file, now);
            written = now;
        } catch (IOException failure) {
            throw new StationFailure("The addresses cannot be written to " + file + ": " + failure, failure);
        }
    }

    private ObjectNode document() {
        Stations stations = system.stations();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ProcessHandle launcher = ProcessHandle.current();
        document.putObject("launcher")
                .put("pid", launcher.pid())
                .put(
                        "started",
                        launcher.info().startInstant().orElse(Instant.EPOCH).toEpochMilli());
        document.put("postgres", stations.postgres().uri("app"));
        document.put("operator", stations.postgres().uri("operator"));
        document.put("kafka", stations.kafka().address());
        document.put("kafkaCluster", kafkaCluster);
        document.put("connect", stations.connect().address());
        document.put("elasticsearch", stations.elasticsearch().address());
        document.put("page", page.toString());
        system.functions().forEach(name -> {
            FunctionStatus status = system.activators().get(name).status();
            ObjectNode function = document.withArray("functions").addObject();
            function.put("name", name).put("url", system.address(name).toString());
            status.pid().ifPresentOrElse(pid -> function.put("pid", pid), () -> function.putNull("pid"));
            function.put("coldStarts", status.coldStarts());
        });
        system.tables()
                .forEach(table -> table.notifications().ifPresent(topic -> {
                    ModelContract contract = table.contract();
                    ArrayNode tables = document.withArray("tables");
                    tables.add(captured(
                            contract.source().schema(), contract.source().table(), topic));
                    tables.add(captured(
                            contract.captured().schema(), contract.captured().table(), topic));
                }));
        return document;
    }

    private static ObjectNode captured(String schema, String table, String notifications) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", schema)
                .put("table", table)
                .put("notifications", notifications);
    }

    @Override
    public void close() throws IOException {
        updates.close();
        Files.deleteIfExists(file);
    }
}
