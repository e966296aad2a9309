package dev.rowcast.peer;

import java.nio.file.Path;
import java.util.Map;

/// The settings of a peer, from its environment.
///
/// @param kafka bootstrap servers
/// @param topic Debezium's topic of the source table
/// @param group consumer group, whose committed offsets are the start of a peer without state
/// @param jdbc JDBC URL of Postgres, with user and password
/// @param table result table, with its schema
/// @param model the ONNX file
/// @param state folder of checkpoints and state
/// @param guarded whether a result is stored only over an older one
public record PeerSettings(
        String kafka, String topic, String group, String jdbc, String table, Path model, Path state, boolean guarded) {

    /// Reads the variables `PEER_KAFKA`, `PEER_TOPIC`, `PEER_GROUP`, `PEER_JDBC`, `PEER_TABLE`, `PEER_MODEL`,
    /// `PEER_STATE` and `PEER_GUARD`.
    public static PeerSettings ofEnvironment() {
        return of(System.getenv());
    }

    /// Reads the variables of [#environment].
    public static PeerSettings of(Map<String, String> variables) {
        return new PeerSettings(
                required(variables, "PEER_KAFKA"),
                required(variables, "PEER_TOPIC"),
                required(variables, "PEER_GROUP"),
                required(variables, "PEER_JDBC"),
                required(variables, "PEER_TABLE"),
                Path.of(required(variables, "PEER_MODEL")),
                Path.of(required(variables, "PEER_STATE")),
                Boolean.parseBoolean(required(variables, "PEER_GUARD")));
    }

    /// The environment that [#ofEnvironment] reads.
    public Map<String, String> environment() {
        return Map.of(
                "PEER_KAFKA", kafka,
                "PEER_TOPIC", topic,
                "PEER_GROUP", group,
                "PEER_JDBC", jdbc,
                "PEER_TABLE", table,
                "PEER_MODEL", model.toString(),
                "PEER_STATE", state.toString(),
                "PEER_GUARD", Boolean.toString(guarded));
    }

    private static String required(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("the peer needs variable " + name);
        }
        return value;
    }
}
