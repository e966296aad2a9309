package dev.rowcast.replay.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The addresses of a running `make run`, which writes them to `.rowcast/addresses.json` of its checkout. A
/// run that was killed leaves the file behind, so the file names the process that wrote it.
///
/// @param file that holds the addresses
/// @param document its content
public record LocalRun(Path file, JsonNode document) {

    /// The precision with which the operating system reports the start of a process.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

    private static final Path ADDRESSES = Path.of(".rowcast", "addresses.json");

    /// {@return the run of the checkout that contains the working folder}
    ///
    /// @throws UnreachableException if there is none
    public static LocalRun find() {
        return find(Path.of("").toAbsolutePath());
    }

    static LocalRun find(Path folder) {
        return Stream.iterate(folder, Objects::nonNull, Path::getParent)
                .map(parent -> parent.resolve(ADDRESSES))
                .filter(Files::exists)
                .findFirst()
                .map(LocalRun::read)
                .orElseThrow(() -> new UnreachableException("Rowcast is not up: there is no " + ADDRESSES + " in "
                        + folder + " or above. Start it with make run"));
    }

    /// {@return the run that wrote a file}
    ///
    /// @throws UnreachableException if there is no such file, or the run has ended
    /// @throws UsageException if the file holds no addresses
    public static LocalRun read(Path file) {
        if (!Files.exists(file)) {
            throw new UnreachableException("Rowcast is not up: there is no " + file + ". Start it with make run");
        }
        try {
            LocalRun run = new LocalRun(file, new JsonMapper().readTree(file.toFile()));
            run.requireAlive();
            return run;
        } catch (IOException unreadable) {
            throw new UsageException(file + " holds no addresses: "
                    + unreadable.getMessage().lines().findFirst().orElse(""));
        }
    }

    private void requireAlive() {
        JsonNode pid = document.at("/launcher/pid");
        JsonNode started = document.at("/launcher/started");
        if (!pid.canConvertToLong() || !started.canConvertToLong()) {
            throw new UsageException(file + " does not say which run wrote it");
        }
        boolean isAlive = ProcessHandle.of(pid.longValue())
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, Instant.ofEpochMilli(started.longValue()))
                                        .abs()
                                        .compareTo(START_TOLERANCE)
                                < 0)
                        .orElse(true))
                .isPresent();
        if (!isAlive) {
            throw new UnreachableException("Rowcast is not up: the run that wrote " + file + " (process " + pid
                    + ") has ended, and its addresses may belong to other processes now. Start it with make run");
        }
    }

    /// {@return the cluster id of its Kafka}
    String kafkaCluster() {
        return text("kafkaCluster");
    }

    /// {@return the address of Kafka, as `host:port`}
    public String kafka() {
        return text("kafka");
    }

    /// {@return the URI of Postgres, for the role that may write signals}
    public String postgres() {
        return text("operator");
    }

    /// {@return the address at which a function receives events}
    ///
    /// @throws UsageException if no function has this name
    public URI function(String name) {
        for (JsonNode function : document.path("functions")) {
            if (function.path("name").asText().equals(name)) {
                return URI.create(function.path("url").asText());
            }
        }
        throw new UsageException("the local run has no function " + name);
    }

    /// {@return the captured tables whose connectors have a topic of notifications}
    public List<LocalTable> tables() {
        return document.path("tables")
                .valueStream()
                .map(table -> new LocalTable(
                        table.path("schema").asText(),
                        table.path("table").asText(),
                        table.path("notifications").asText()))
                .toList();
    }

    private String text(String name) {
        JsonNode value = document.path(name);
        if (!value.isTextual()) {
            throw new UsageException(file + " has no address of " + name);
        }
        return value.textValue();
    }
}
