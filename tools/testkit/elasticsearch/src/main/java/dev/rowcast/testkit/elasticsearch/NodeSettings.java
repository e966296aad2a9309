package dev.rowcast.testkit.elasticsearch;

import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.settings.Settings;

/// The settings of the only node of a cluster that only this machine reaches.
///
/// @param folder where the node keeps everything, absolute
/// @param httpPort the port for clients
/// @param transportPort the port between nodes
/// @param given settings beside those that a local node needs, which win
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
                // The laptop's disk may be nearly full; a cluster would refuse to place a shard there.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
    }

    /// {@return a folder for configuration files, of which there are none}
    Path configFolder() {
        return folder.resolve("config");
    }
}
