package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.indexer.tables.TablesFolder;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        assertThat(IndexerSettingsRules.folder(settings))
                .isEqualTo(new TablesFolder(Path.of("/etc/rowcast/tables"), "retention_case"));
    }

    @Test
    void everySettingIsRead() throws IOException {
        IndexerSettings settings = settings(Map.of(
                "rowcast.indexer.bulk-size", "64K",
                "rowcast.indexer.request-timeout", "3s",
                "rowcast.indexer.readiness-interval", "1s",
                "rowcast.indexer.cases-index", "cases",
                "rowcast.indexer.tables-folder", "/tables"));

        assertThat(settings.bulkSize().asLongValue()).isEqualTo(64 << 10);
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.readinessInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(IndexerSettingsRules.folder(settings)).isEqualTo(new TablesFolder(Path.of("/tables"), "cases"));
    }

    @Test
    void environmentNamesAnotherFolder() throws IOException {
        IndexerSettings settings = settings(Map.of(), Map.of("ROWCAST_INDEXER_TABLES_FOLDER", "/tables"));

        assertThat(settings.tablesFolder()).isEqualTo(Path.of("/tables"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bulk-size           | 0
                    bulk-size           | 101M
                    request-timeout     | 0s
                    request-timeout     | -1s
                    readiness-interval  | 1ms
                    cases-index         | Upper
                    cases-index         | a,b
                    """)
    void valueThatCannotWorkIsRefusedByItsName(String name, String value) throws IOException {
        String setting = "rowcast.indexer." + name;
        assertThatCode(() -> IndexerSettingsRules.folder(settings(Map.of()))).doesNotThrowAnyException();

        assertThatThrownBy(() -> IndexerSettingsRules.folder(settings(Map.of(setting, value))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(setting);
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
