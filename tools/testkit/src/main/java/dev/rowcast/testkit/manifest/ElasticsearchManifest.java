package dev.rowcast.testkit.manifest;

import java.util.Map;
import java.util.TreeMap;

/// The nodes of Elasticsearch, from an `Elasticsearch` of ECK.
///
/// @param config settings of a node, in Elasticsearch's names
public record ElasticsearchManifest(Map<String, String> config) {

    /// Copies the settings.
    public ElasticsearchManifest {
        config = Map.copyOf(config);
    }

    static ElasticsearchManifest of(Field document) {
        Map<String, String> config = new TreeMap<>();
        for (Field nodes : document.at("spec").at("nodeSets").items()) {
            nodes.orEmpty("config").entries().forEach((setting, value) -> config.put(setting, value.setting()));
        }
        return new ElasticsearchManifest(config);
    }
}
