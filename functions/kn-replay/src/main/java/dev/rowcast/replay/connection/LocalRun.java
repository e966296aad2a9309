package dev.rowcast.replay.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The addresses of a running `make run`, which it keeps in `.rowcast/addresses.json` of its checkout.
///
/// @param file where they stand
/// @param document what they are
public record LocalRun(Path file, JsonNode document) {

    private static final Path PLACE = Path.of(".rowcast", "addresses.json");

    /// The run of the checkout that the working folder is in.
    ///
    /// @throws Unreachable when there is none
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
                .orElseThrow(() -> new Unreachable("Rowcast is not up: there is no " + PLACE + " in " + folder
                        + " or above. Start it with make run"));
    }

    /// The run whose addresses stand in a file.
    ///
    /// @throws Unreachable when there is no such file
    /// @throws Misuse when it holds something else
    public static LocalRun read(Path file) {
        if (!Files.exists(file)) {
            throw new Unreachable("Rowcast is not up: there is no " + file + ". Start it with make run");
        }
        try {
            return new LocalRun(file, new JsonMapper().readTree(file.toFile()));
        } catch (IOException unreadable) {
            throw new Misuse(file + " holds no addresses: "
                    + unreadable.getMessage().lines().findFirst().orElse(""));
        }
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
    /// @throws Misuse when no function has this name
    public URI function(String name) {
        for (JsonNode function : document.path("functions")) {
            if (function.path("name").asText().equals(name)) {
                return URI.create(function.path("url").asText());
            }
        }
        throw new Misuse("the local run has no function " + name);
    }

    private String text(String name) {
        JsonNode value = document.path(name);
        if (!value.isTextual()) {
            throw new Misuse(file + " does not say where " + name + " is");
        }
        return value.textValue();
    }
}
