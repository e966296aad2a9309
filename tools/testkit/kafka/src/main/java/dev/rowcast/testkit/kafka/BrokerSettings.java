package dev.rowcast.testkit.kafka;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The settings of a broker.
///
/// @param data the folder of all its data
/// @param clientPort the port for clients
/// @param controllerPort the port of its controller; each start may use other ports
/// @param file the settings of the manifest, which replace the defaults here
record BrokerSettings(Path data, int clientPort, int controllerPort, Path file) {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /// The setting with the port of a TLS listener; the file then also has the certificates.
    static final String TLS_PORT = "rowcast.tls.port";

    /// Defaults that make a single broker small and fast.
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            // Each partition costs files and start time; a few groups need only one.
            entry("offsets.topic.num.partitions", "1"),
            entry("transaction.state.log.num.partitions", "1"),
            entry("share.coordinator.state.topic.num.partitions", "1"),
            entry("group.initial.rebalance.delay.ms", "0"),
            // A killed broker can start again only after its old session has expired.
            entry("broker.session.timeout.ms", "3000"),
            entry("broker.heartbeat.interval.ms", "500"),
            entry("group.min.session.timeout.ms", "1000"),
            entry("log.cleaner.dedupe.buffer.size", "4194304"),
            entry("log.index.size.max.bytes", "1048576"),
            entry("num.network.threads", "2"),
            entry("num.io.threads", "4"),
            entry("background.threads", "2"));

    /// Replication settings of a single broker, which cannot hold a second copy.
    private static final Map<String, String> ONE_COPY = Map.ofEntries(
            entry("default.replication.factor", "1"),
            entry("min.insync.replicas", "1"),
            entry("offsets.topic.replication.factor", "1"),
            entry("transaction.state.log.replication.factor", "1"),
            entry("transaction.state.log.min.isr", "1"),
            entry("share.coordinator.state.topic.replication.factor", "1"),
            entry("share.coordinator.state.topic.min.isr", "1"));

    /// {@return the folder of topics}
    Storage storage() {
        // Only topics: the broker refuses to start when this folder contains another folder.
        return new Storage(data.resolve("topics"));
    }

    /// {@return all settings}
    ///
    /// @throws IOException when the file of settings cannot be read
    Map<String, String> all() throws IOException {
        Map<String, String> values = plain();
        Optional.ofNullable(values.remove(TLS_PORT)).ifPresent(port -> {
            String address = ",TLS://127.0.0.1:" + port;
            values.merge("listeners", address, String::concat);
            values.merge("advertised.listeners", address, String::concat);
            values.merge("listener.security.protocol.map", ",TLS:SSL", String::concat);
        });
        return values;
    }

    private Map<String, String> plain() throws IOException {
        String client = "PLAINTEXT://127.0.0.1:" + clientPort;
        String controller = "127.0.0.1:" + controllerPort;
        return Settings.layered(
                DEFAULTS,
                file,
                ONE_COPY,
                Map.ofEntries(
                        entry("process.roles", "broker,controller"),
                        entry("node.id", Integer.toString(NODE_ID)),
                        entry("listeners", client + "," + CONTROLLER_LISTENER + "://" + controller),
                        entry("advertised.listeners", client),
                        entry("controller.listener.names", CONTROLLER_LISTENER),
                        entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        entry("inter.broker.listener.name", "PLAINTEXT"),
                        entry("controller.quorum.voters", NODE_ID + "@" + controller),
                        entry("log.dirs", storage().folder().toString())));
    }
}
