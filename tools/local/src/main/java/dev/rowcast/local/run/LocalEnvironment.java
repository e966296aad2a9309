package dev.rowcast.local.run;

import dev.rowcast.testkit.manifest.IndexerTable;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.station.Postgres;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The values that are specific to a local run: addresses, secrets and mounted files.
///
/// @param stations  the running stations
/// @param overrides variables of the caller
/// @param tables    folder with the files of the indexer
record LocalEnvironment(Stations stations, RunOverrides overrides, Path tables) {

    /// Writes the files of the indexer, as a pod would mount them.
    void writeTables(Manifests manifests) {
        IndexerTable.write(manifests.indexerTables(), tables);
    }

    /// Values of variables, by the variable's name.
    Map<String, String> addresses() {
        String postgres = stations.postgres().uri();
        URI elasticsearch = URI.create(stations.elasticsearch().address());
        // The stores of a local run have no TLS and no certificates, because no traffic leaves this machine.
        Map<String, String> addresses = new HashMap<>(Map.ofEntries(
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", postgres),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + postgres),
                Map.entry("QUARKUS_ELASTICSEARCH_HOSTS", elasticsearch.getAuthority()),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "disable"),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "false"),
                Map.entry("QUARKUS_ELASTICSEARCH_PROTOCOL", "http"),
                Map.entry("ROWCAST_INDEXER_TABLES_FOLDER", tables.toString())));
        addresses.putAll(overrides.environment(stations));
        return addresses;
    }

    /// Values of the secrets, by `<name>/<key>`. The Elasticsearch of a local run ignores credentials.
    Map<String, String> secrets() {
        Postgres postgres = stations.postgres();
        return Map.of(
                "rowcast-postgres-predictor-login/username", "predictor",
                "rowcast-postgres-predictor-login/password", postgres.password("predictor"),
                "rowcast-postgres-retention-login/username", "retention",
                "rowcast-postgres-retention-login/password", postgres.password("retention"),
                "rowcast-elasticsearch-indexer-login/username", "indexer",
                "rowcast-elasticsearch-indexer-login/password", "none");
    }
}
