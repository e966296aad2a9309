package dev.rowcast.replay.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.exit.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// The addresses of a running `make run`, which it keeps in `.rowcast/addresses.json` of its checkout. A run that was
/// killed leaves the file behind, so the file says whose it is.
///
/// @param file where they stand
/// @param document what they are
public record LocalRun(Path file, JsonNode document) {

    /// How exactly the system tells when a process began.
    private static final Duration SAME_START = Duration.ofSeconds(10);

    private static final Path PLACE = Path.of(".rowcast", "addresses.json");

    /// The run of the checkout that the working folder is in.
    ///
    /// @throws UnreachableException when there is none
    public static LocalRun find() {
        return find(Path.of("").toAbsolutePath());
    }

    static LocalRun find(Path folder) {
        return Stream.iterate(Optional.of(folder), Optional::isPresent, inner -> inner.map(Path::getParent))
                .flatMap(Optional::stream)
                .map(place -> place.resolve(PLACE))
                .filter(Files::exists)
                .findFirst()
                .map(LocalRun::read)
                .orElseThrow(() -> new UnreachableException("Rowcast is not up: there is no " + PLACE + " in " + folder
                        + " or above. Start it with make run"));
    }

    /// The run whose addresses stand in a file.
    ///
    /// @throws UnreachableException when there is no such file, or the run that wrote it has ended
    /// @throws UsageException when it holds something else
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
        JsonNode launcher = document.path("launcher");
        if (!launcher.path("pid").canConvertToLong()
                || !launcher.path("started").canConvertToLong()) {
            throw new UsageException(file + " does not say which run wrote it");
        }
        long pid = launcher.path("pid").longValue();
        Instant started = Instant.ofEpochMilli(launcher.path("started").longValue());
        boolean alive = ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, started).abs().compareTo(SAME_START) < 0)
                        .orElse(true))
                .isPresent();
        if (!alive) {
            throw new UnreachableException("Rowcast is not up: the run that wrote " + file + " (process " + pid
                    + ") has ended, and what listens there now is not its own. Start it with make run");
        }
    }

    /// The id of its Kafka.
    String kafkaCluster() {
        return text("kafkaCluster");
    }

    /// Where Kafka is, as `host:port`.
    public String kafka() {
        return text("kafka");
    }

    /// Where Postgres is, for the role that may ask for snapshots.
    public String postgres() {
        return text("operator");
    }

    /// Where a function takes events.
    ///
    /// @throws UsageException when no function has this name
    public URI function(String name) {
        for (JsonNode function : document.path("functions")) {
            if (function.path("name").asText().equals(name)) {
                return URI.create(function.path("url").asText());
            }
        }
        throw new UsageException("the local run has no function " + name);
    }

    private String text(String name) {
        JsonNode value = document.path(name);
        if (!value.isTextual()) {
            throw new UsageException(file + " does not say where " + name + " is");
        }
        return value.textValue();
    }
}
