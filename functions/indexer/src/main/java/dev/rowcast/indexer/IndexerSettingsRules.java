package dev.rowcast.indexer;

import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.indexer.tables.IndexName;
import dev.rowcast.indexer.tables.TablesFolder;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Refuses to start if a setting has a value that is not allowed.
final class IndexerSettingsRules {

    private static final String PREFIX = "rowcast.indexer.";
    private static final long MAX_BYTES = 100L << 20;
    private static final Duration MIN = Duration.ofMillis(100);
    private static final Pattern HOST = Pattern.compile("\\s*([^\\s:/@]+|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}\\s*");

    private IndexerSettingsRules() {}

    /// The folder of the tables, after a check of all settings.
    ///
    /// @throws StartRefused with the name of the setting
    static TablesFolder folder(IndexerSettings settings) {
        long bulkSize = settings.bulkSize().asLongValue();
        StartRefused.unlessWithin(
                1L, bulkSize, MAX_BYTES, PREFIX + "bulk-size", "must be 1 byte to 100M, the limit of Elasticsearch");
        atLeast(settings.requestTimeout(), "request-timeout");
        atLeast(settings.readinessInterval(), "readiness-interval");
        String cases = settings.casesIndex();
        StartRefused.unless(IndexName.isValid(cases), PREFIX + "cases-index", cases, IndexName.RULE);
        return new TablesFolder(settings.tablesFolder(), cases);
    }

    /// Checks the hosts. Elasticsearch's client would try to resolve a URL as the name of a host.
    ///
    /// @param hosts the setting `quarkus.elasticsearch.hosts`
    /// @throws StartRefused if one is not `host:port`
    static void hosts(List<String> hosts) {
        hosts.forEach(host -> StartRefused.unless(
                HOST.matcher(host).matches(),
                "quarkus.elasticsearch.hosts",
                host,
                "must be host:port; the protocol is set by quarkus.elasticsearch.protocol"));
    }

    private static void atLeast(Duration value, String setting) {
        StartRefused.unless(value.compareTo(MIN) >= 0, PREFIX + setting, value, "must be 100ms or more");
    }
}
