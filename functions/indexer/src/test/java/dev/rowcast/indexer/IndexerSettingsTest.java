package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.indexer.document.IndexedTables;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexerSettingsTest {

    @Test
    void defaultsAreThese() throws IOException {
        IndexerSettings settings = settings(Map.of());

        assertThat(settings.bulkSize().asLongValue()).isEqualTo(5 << 20);
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.readinessInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(IndexerSettingsRules.tables(settings))
                .isEqualTo(new IndexedTables(
                        Map.of(
                                "public.person_churn_history",
                                new IndexedTables.Table("person_churn_history", List.of("customerid"), Set.of()),
                                "public.person_churn_history_captured",
                                new IndexedTables.Table(
                                        "person_churn_history_captured", List.of("customerid"), Set.of("previous"))),
                        "retention_case"));
    }

    @Test
    void everySettingIsRead() throws IOException {
        IndexerSettings settings = settings(Map.of(
                "rowcast.indexer.bulk-size", "64K",
                "rowcast.indexer.request-timeout", "3s",
                "rowcast.indexer.readiness-interval", "1s",
                "rowcast.indexer.cases-index", "cases",
                "rowcast.indexer.tables.tariffs.table", "sales.tariff",
                "rowcast.indexer.tables.tariffs.index", "tariffs",
                "rowcast.indexer.tables.tariffs.key", "country,name",
                "rowcast.indexer.tables.tariffs.json", "terms,history"));

        assertThat(settings.bulkSize().asLongValue()).isEqualTo(64 << 10);
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.readinessInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(IndexerSettingsRules.tables(settings).byName().get("sales.tariff"))
                .isEqualTo(new IndexedTables.Table("tariffs", List.of("country", "name"), Set.of("terms", "history")));
    }

    @Test
    void casesHaveAnIndexBesideThoseOfTheTables() throws IOException {
        assertThat(IndexerSettingsRules.tables(settings(Map.of("rowcast.indexer.cases-index", "cases")))
                        .indices())
                .containsExactly("cases", "person_churn_history", "person_churn_history_captured");
    }

    @Test
    void environmentNamesAnotherIndex() throws IOException {
        IndexerSettings settings = settings(Map.of(), Map.of("ROWCAST_INDEXER_TABLES_SOURCE_INDEX", "customers"));

        assertThat(IndexerSettingsRules.tables(settings).indices()).contains("customers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bulk-size                 | 0       | rowcast.indexer.bulk-size
                    bulk-size                 | 101M    | rowcast.indexer.bulk-size
                    tables.a.index   | person_churn_history | rowcast.indexer.tables.
                    request-timeout           | 0s      | rowcast.indexer.request-timeout
                    request-timeout           | -1s     | rowcast.indexer.request-timeout
                    readiness-interval        | 1ms     | rowcast.indexer.readiness-interval
                    cases-index      | Upper   | rowcast.indexer.cases-index
                    cases-index      | person_churn_history | rowcast.indexer.cases-index
                    tables.a.index   | Upper   | rowcast.indexer.tables.a.index
                    tables.a.index   | _hidden | rowcast.indexer.tables.a.index
                    tables.a.index   | a,b     | rowcast.indexer.tables.a.index
                    tables.a.index   | a*      | rowcast.indexer.tables.a.index
                    tables.a.index   | a/b     | rowcast.indexer.tables.a.index
                    tables.a.table            | a       | rowcast.indexer.tables.a.table
                    tables.a.table            | public.person_churn_history | rowcast.indexer.tables.
                    """)
    void valueThatCannotWorkIsRefusedByItsName(String name, String value, String named) throws IOException {
        String setting = "rowcast.indexer." + name;
        Map<String, String> values = new HashMap<>(Map.of("rowcast.indexer.tables.a.index", "a"));
        values.put("rowcast.indexer.tables.a.key", "id");
        values.put("rowcast.indexer.tables.a.table", "public.a");
        assertThatCode(() -> IndexerSettingsRules.tables(settings(values))).doesNotThrowAnyException();

        values.put(setting, value);

        assertThatThrownBy(() -> IndexerSettingsRules.tables(settings(values)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"es:9200", "rowcast-es-http.rowcast.svc:9200", "127.0.0.1:1", "[::1]:9200", " es:9200"})
    void hostWithAPortIsTaken(String host) {
        assertThatCode(() -> IndexerSettingsRules.hosts(List.of("other:9200", host)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://es:9200", "es", "es:", "es:web", "user@es:9200", "es:9200/path", ""})
    void hostThatIsNoneIsRefused(String host) {
        assertThatThrownBy(() -> IndexerSettingsRules.hosts(List.of("other:9200", host)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("quarkus.elasticsearch.hosts must be host:port")
                .hasMessageEndingWith("is " + host);
    }

    private static IndexerSettings settings(Map<String, String> values) throws IOException {
        return settings(values, Map.of());
    }

    /// The settings as the function reads them: its own defaults under `values`, and these under `environment`.
    private static IndexerSettings settings(Map<String, String> values, Map<String, String> environment)
            throws IOException {
        return new SmallRyeConfigBuilder()
                .withMapping(IndexerSettings.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(
                        new PropertiesConfigSource(
                                IndexerSettingsTest.class.getResource("/application.properties"), 100),
                        new PropertiesConfigSource(values, "values", 200),
                        new EnvConfigSource(environment, 300))
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(IndexerSettings.class);
    }
}
