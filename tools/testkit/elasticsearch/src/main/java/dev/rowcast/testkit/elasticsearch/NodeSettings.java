package dev.rowcast.testkit.elasticsearch;

import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.settings.Settings;

/// The settings of a single node that only this machine can reach.
///
/// @param folder of all data of the node, absolute
/// @param httpPort the port for clients
/// @param transportPort the port between nodes
/// @param given further settings; the settings of a local node replace them
record NodeSettings(Path folder, int httpPort, int transportPort, Map<String, String> given) {
    static final String NODE_NAME = "local";
    private static final String LOOPBACK = "127.0.0.1";

    /// {@return the node's settings, by Elasticsearch's names}
    Settings all() {
        Settings.Builder settings = Settings.builder();
        given.forEach(settings::put);
        return settings.put("cluster.name", "rowcast-local")
                .put("node.name", NODE_NAME)
                .put("path.home", folder.toString())
                .put("path.data", folder.resolve("data").toString())
                .put("path.logs", folder.resolve("logs").toString())
                .put("discovery.type", "single-node")
                .put("http.host", LOOPBACK)
                .put("http.port", httpPort)
                .put("transport.host", LOOPBACK)
                .put("transport.port", transportPort)
                // The laptop's disk may be nearly full; then Elasticsearch would allocate no shard.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
    }

    /// {@return the empty folder for configuration files}
    Path configFolder() {
        return folder.resolve("config");
    }
}
