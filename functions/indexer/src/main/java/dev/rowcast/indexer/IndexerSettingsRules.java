package dev.rowcast.indexer;

import dev.rowcast.endpoint.settings.SettingRules;
import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.indexer.document.IndexedTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Refuses to start if a setting has a value that is not allowed.
final class IndexerSettingsRules {

    private static final String PREFIX = "rowcast.indexer.";
    private static final long MAX_BYTES = 100L << 20;
    private static final Duration MIN = Duration.ofMillis(100);
    private static final Pattern INDEX = Pattern.compile("(?![-_+.])[^\\p{Lu}\\s\\\\/*?\"<>|,#:]{1,255}");
    private static final Pattern HOST = Pattern.compile("\\s*([^\\s:/@]+|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}\\s*");

    private IndexerSettingsRules() {}

    /// @throws StartRefused with the name of the setting
    static IndexedTables tables(IndexerSettings settings) {
        long bulkSize = settings.bulkSize().asLongValue();
        StartRefused.unlessWithin(
                1L, bulkSize, MAX_BYTES, PREFIX + "bulk-size", "must be 1 byte to 100M, the limit of Elasticsearch");
        atLeast(settings.requestTimeout(), "request-timeout");
        atLeast(settings.readinessInterval(), "readiness-interval");
        StartRefused.unless(!settings.tables().isEmpty(), PREFIX + "tables", "none", "must name at least one table");
        Map<String, IndexedTables.Table> tables = new HashMap<>();
        Set<String> indices = new HashSet<>();
        settings.tables().forEach((name, table) -> {
            String prefix = PREFIX + "tables." + name;
            IndexedTables.Table another = tables.put(table.table(), table(prefix, table));
            StartRefused.unless(
                    another == null, prefix + ".table", table.table(), "must not be the table of another name");
            StartRefused.unless(
                    indices.add(table.index()),
                    prefix + ".index",
                    table.index(),
                    "must not be the index of another table, because rows can have the same ids");
        });
        index(settings.casesIndex(), PREFIX + "cases-index");
        StartRefused.unless(
                indices.add(settings.casesIndex()),
                PREFIX + "cases-index",
                settings.casesIndex(),
                "must not be the index of a table");
        return new IndexedTables(tables, settings.casesIndex());
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

    private static IndexedTables.Table table(String prefix, IndexerSettings.Table table) {
        SettingRules.table(prefix, table.table(), table.key());
        index(table.index(), prefix + ".index");
        return new IndexedTables.Table(
                table.index(), List.copyOf(table.key()), Set.copyOf(table.json().orElse(List.of())));
    }

    private static void index(String name, String setting) {
        StartRefused.unless(
                INDEX.matcher(name).matches(),
                setting,
                name,
                "must be a name that Elasticsearch allows: lower case, none of \\ / * ? \" < > | , # : or space");
    }

    private static void atLeast(Duration value, String setting) {
        StartRefused.unless(value.compareTo(MIN) >= 0, PREFIX + setting, value, "must be 100ms or more");
    }
}
