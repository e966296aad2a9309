package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.postgres.Limits;
import dev.rowcast.predictor.drift.DriftSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictorSettingsTest {

    @Test
    void defaultsAreThese() throws IOException {
        SmallRyeConfig config = config(Map.of(), Map.of());
        PredictorSettings settings = config.getConfigMapping(PredictorSettings.class);

        assertThat(settings.statementTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.readinessInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.getConfigMapping(ModelSettings.class).file()).isEqualTo(Path.of("model/churn.onnx"));
        assertThat(config.getConfigMapping(DriftSettings.class).interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.getConfigMapping(DriftSettings.class).windowDays()).isEqualTo(7);
    }

    @Test
    void twoWaitsForPostgresFitIntoTheTimeOfADelivery() throws IOException {
        Limits limits =
                PredictorSettingsRules.limits(config(Map.of(), Map.of()).getConfigMapping(PredictorSettings.class));

        assertThat(limits.callTimeout().multipliedBy(2)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void everySettingIsReadFromTheEnvironment() throws IOException {
        SmallRyeConfig config = config(
                Map.of(),
                Map.of(
                        "ROWCAST_PREDICTOR_STATEMENT_TIMEOUT", "3s",
                        "ROWCAST_PREDICTOR_READINESS_INTERVAL", "500ms",
                        "ROWCAST_DRIFT_INTERVAL", "5m",
                        "ROWCAST_DRIFT_WINDOW_DAYS", "30",
                        "ROWCAST_MODEL_FILE", "/models/other.onnx"));
        PredictorSettings settings = config.getConfigMapping(PredictorSettings.class);

        assertThat(PredictorSettingsRules.limits(settings)).isEqualTo(new Limits(Duration.ofSeconds(3)));
        assertThat(PredictorSettingsRules.readinessInterval(settings)).isEqualTo(Duration.ofMillis(500));
        assertThat(config.getConfigMapping(ModelSettings.class).file()).isEqualTo(Path.of("/models/other.onnx"));
        DriftSettings drift = PredictorSettingsRules.drift(config.getConfigMapping(DriftSettings.class));
        assertThat(drift.interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(drift.windowDays()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({
        "statement-timeout, 0s",
        "statement-timeout, -1s",
        "statement-timeout, 99ms",
        "statement-timeout, 2h",
        "readiness-interval, 0s",
        "readiness-interval, 1d"
    })
    void valueThatCannotWorkIsRefusedByItsName(String name, String value) throws IOException {
        String setting = "rowcast.predictor." + name;
        PredictorSettings settings = config(Map.of(setting, value), Map.of()).getConfigMapping(PredictorSettings.class);

        assertThatThrownBy(() -> {
                    PredictorSettingsRules.limits(settings);
                    PredictorSettingsRules.readinessInterval(settings);
                })
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(setting);
    }

    @ParameterizedTest
    @CsvSource({"interval, 999ms", "interval, 2h", "window-days, 0", "window-days, 367"})
    void driftSettingThatCannotWorkIsRefusedByItsName(String name, String value) throws IOException {
        String setting = "rowcast.drift." + name;
        DriftSettings settings = config(Map.of(setting, value), Map.of()).getConfigMapping(DriftSettings.class);

        assertThatThrownBy(() -> PredictorSettingsRules.drift(settings))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(setting);
    }

    @ParameterizedTest
    @CsvSource({"there/is/none.onnx, does not exist", "pom.xml, cannot be loaded", "src, cannot be loaded"})
    void modelThatCannotBeUsedIsRefusedByItsName(String file, String problem) throws IOException {
        ModelSettings settings =
                config(Map.of("rowcast.model.file", file), Map.of()).getConfigMapping(ModelSettings.class);

        assertThatThrownBy(() -> PredictorSettingsRules.scorer(settings))
                .isInstanceOf(StartRefused.class)
                .hasMessageContainingAll("rowcast.model.file", file, problem);
    }

    /// The settings as the function reads them: its own defaults under `values`, and these under
    /// `environment`.
    private static SmallRyeConfig config(Map<String, String> values, Map<String, String> environment)
            throws IOException {
        return new SmallRyeConfigBuilder()
                .withMapping(PredictorSettings.class)
                .withMapping(ModelSettings.class)
                .withMapping(DriftSettings.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(
                        new PropertiesConfigSource(
                                PredictorSettingsTest.class.getResource("/application.properties"), 100),
                        new PropertiesConfigSource(values, "values", 200),
                        new EnvConfigSource(environment, 300))
                .withValidateUnknown(false)
                .build();
    }
}
