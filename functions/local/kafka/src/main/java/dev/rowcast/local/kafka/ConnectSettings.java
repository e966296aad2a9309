package dev.rowcast.local.kafka;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a Connect worker is, what it talks to, and which plugins it has.
///
/// @param data the only folder whose files connectors may refer to: `${file:<path>:<key>}` is one entry of a properties
///     file, `${directory:<folder>:<file>}` the content of a file. What the worker itself remembers is in Kafka.
/// @param restPort the port of its REST interface
/// @param bootstrapServers the broker's address, host:port
/// @param plugins a folder with one folder for each plugin
/// @param file more settings, which win over the defaults here
record ConnectSettings(Path data, int restPort, String bootstrapServers, Path plugins, Optional<Path> file) {
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
    private static final String PROVIDERS = "org.apache.kafka.common.config.provider.";

    /// One worker on one machine, so nobody to wait for; what it remembers is in three topics of one partition.
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry("group.id", "rowcast.connect"),
            entry("config.storage.topic", "rowcast.connect.configs"),
            entry("offset.storage.topic", "rowcast.connect.offsets"),
            entry("status.storage.topic", "rowcast.connect.status"),
            entry("config.storage.replication.factor", "1"),
            entry("offset.storage.replication.factor", "1"),
            entry("status.storage.replication.factor", "1"),
            entry("offset.storage.partitions", "1"),
            entry("status.storage.partitions", "1"),
            entry("offset.flush.interval.ms", "2000"),
            entry("key.converter", JSON),
            entry("key.converter.schemas.enable", "false"),
            entry("value.converter", JSON),
            entry("value.converter.schemas.enable", "false"));

    /// {@return all settings}
    ///
    /// @throws IOException when the file of settings cannot be read
    Settings all() throws IOException {
        return Settings.layered(
                DEFAULTS,
                file,
                Map.ofEntries(
                        entry("bootstrap.servers", bootstrapServers),
                        entry("listeners", "http://127.0.0.1:" + restPort),
                        entry("rest.advertised.host.name", "127.0.0.1"),
                        entry("plugin.path", plugins.toString()),
                        // The other ways read every class of every plugin: seconds, and memory.
                        entry("plugin.discovery", "service_load"),
                        entry("scheduled.rebalance.max.delay.ms", "0"),
                        entry("config.providers", "file,directory"),
                        entry("config.providers.file.class", PROVIDERS + "FileConfigProvider"),
                        entry("config.providers.file.param.allowed.paths", data.toString()),
                        entry("config.providers.directory.class", PROVIDERS + "DirectoryConfigProvider"),
                        entry("config.providers.directory.param.allowed.paths", data.toString())));
    }
}
