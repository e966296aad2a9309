package dev.rowcast.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.retention.policy.CaseThresholds;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionSettingsTest {

    @Test
    void defaultsAreThese() {
        RetentionSettings settings = settings(Map.of());

        assertThat(RetentionSettingsRules.thresholds(settings))
                .isEqualTo(new CaseThresholds("churn", OptionalDouble.empty(), 0.05));
        assertThat(RetentionSettingsRules.key(settings))
                .isEqualTo(KeyColumns.of("public", "person_churn_history_captured", List.of("customerid")));
        assertThat(RetentionSettingsRules.limits(settings).statement()).isEqualTo(Duration.ofSeconds(2));
        assertThat(RetentionSettingsRules.readinessInterval(settings)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everySettingIsRead() {
        RetentionSettings settings = settings(Map.of(
                "rowcast.retention.threshold", "0.7",
                "rowcast.retention.hysteresis", "0.1",
                "rowcast.retention.table", "sales.scored",
                "rowcast.retention.key", "country,name",
                "rowcast.retention.label", "leaves",
                "rowcast.retention.statement-timeout", "3s",
                "rowcast.retention.readiness-interval", "1s"));

        assertThat(RetentionSettingsRules.thresholds(settings))
                .isEqualTo(new CaseThresholds("leaves", OptionalDouble.of(0.7), 0.1));
        assertThat(RetentionSettingsRules.key(settings))
                .isEqualTo(KeyColumns.of("sales", "scored", List.of("country", "name")));
        assertThat(RetentionSettingsRules.limits(settings).statement()).isEqualTo(Duration.ofSeconds(3));
        assertThat(RetentionSettingsRules.readinessInterval(settings)).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "threshold, 0",
        "threshold, 1.1",
        "threshold, 0.04",
        "hysteresis, -0.1",
        "hysteresis, 1",
        "table, scored",
        "label, ' '",
        "statement-timeout, 1ms",
        "readiness-interval, 2h"
    })
    void valueThatCannotWorkStopsTheStartAndIsNamed(String name, String value) {
        RetentionSettings settings = settings(Map.of("rowcast.retention." + name, value));

        assertThatThrownBy(() -> {
                    RetentionSettingsRules.thresholds(settings);
                    RetentionSettingsRules.key(settings);
                    RetentionSettingsRules.limits(settings);
                    RetentionSettingsRules.readinessInterval(settings);
                })
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("Cannot start: rowcast.retention.")
                .hasMessageNotContaining("\n");
    }

    private static RetentionSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(RetentionSettings.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "values", 200))
                .build()
                .getConfigMapping(RetentionSettings.class);
    }
}
