package dev.rowcast.testkit.kafka;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// The settings of a Connect worker.
///
/// @param data the only folder whose files connectors may refer to: `${file:<path>:<key>}` is one entry of
///     a properties file, `${directory:<folder>:<file>}` the content of a file. The worker's own state is
///     in Kafka.
/// @param restPort the port of its REST API
/// @param bootstrapServers the broker's address, host:port
/// @param plugins a folder with a subfolder for each plugin
/// @param file the settings of the manifest: group, topics, converters
record ConnectSettings(Path data, int restPort, String bootstrapServers, Path plugins, Path file) {
    private static final String PROVIDERS = "org.apache.kafka.common.config.provider.";

    /// Replication settings for a single broker, which cannot hold a second copy.
    private static final Map<String, String> ONE_COPY = Map.ofEntries(
            entry("config.storage.replication.factor", "1"),
            entry("offset.storage.replication.factor", "1"),
            entry("status.storage.replication.factor", "1"));

    /// {@return all settings}
    ///
    /// @throws IOException when the file of settings cannot be read
    Map<String, String> all() throws IOException {
        return Settings.layered(
                Map.of(),
                file,
                ONE_COPY,
                Map.ofEntries(
                        entry("bootstrap.servers", bootstrapServers),
                        entry("listeners", "http://127.0.0.1:" + restPort),
                        // A name for each process: Connect keeps the status that an earlier worker reported.
                        entry(
                                "rest.advertised.host.name",
                                ProcessHandle.current().pid() + ".localhost"),
                        entry("plugin.path", plugins.toString()),
                        // The other values load every class of every plugin, which costs seconds and memory.
                        entry("plugin.discovery", "service_load"),
                        // A single worker would only wait for its killed predecessor.
                        entry("scheduled.rebalance.max.delay.ms", "0"),
                        entry("session.timeout.ms", "3000"),
                        entry("heartbeat.interval.ms", "1000"),
                        entry("config.providers", "file,directory"),
                        entry("config.providers.file.class", PROVIDERS + "FileConfigProvider"),
                        entry("config.providers.file.param.allowed.paths", data.toString()),
                        entry("config.providers.directory.class", PROVIDERS + "DirectoryConfigProvider"),
                        entry("config.providers.directory.param.allowed.paths", data.toString())));
    }
}
