package dev.rowcast.endpoint.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void deliveryHasTheseDefaults() {
        DeliverySettings defaults = config(Map.of()).getConfigMapping(DeliverySettings.class);

        assertThat(defaults)
                .extracting(
                        DeliverySettings::maxBatch,
                        DeliverySettings::maxWaiting,
                        DeliverySettings::inFlight,
                        DeliverySettings::heapShare,
                        DeliverySettings::retryAfter,
                        DeliverySettings::drainTimeout,
                        DeliverySettings::floodLimit,
                        DeliverySettings::floodPause)
                .containsExactly(
                        256, 1024, 2, 0.4, Duration.ofSeconds(2), Duration.ofSeconds(25), 32, Duration.ofSeconds(10));
    }

    @Test
    void sourceHasTheseDefaults() {
        assertThat(config(Map.of()).getConfigMapping(SourceSettings.class).epoch())
                .isZero();
    }

    @Test
    void noEventIsTracedByDefault() {
        assertThat(config(Map.of()).getConfigMapping(TraceSettings.class).endpoint())
                .isEmpty();
    }

    @Test
    void addressOfTheTracesIsAccepted() {
        for (String address : List.of("http://collector:4318/v1/traces", "https://[::1]:4318", "http://127.0.0.1:1/")) {
            SmallRyeConfig config = config(Map.of("rowcast.trace.endpoint", address));

            assertThatCode(() -> new SettingsCheck(
                                    config.getConfigMapping(DeliverySettings.class),
                                    config.getConfigMapping(SourceSettings.class),
                                    config.getConfigMapping(TraceSettings.class))
                            .onStart(null))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everySettingIsRead() {
        SmallRyeConfig config = config(Map.of(
                "rowcast.delivery.max-batch", "1",
                "rowcast.delivery.max-waiting", "2",
                "rowcast.delivery.in-flight", "3",
                "rowcast.delivery.heap-share", "0.5",
                "rowcast.delivery.retry-after", "4s",
                "rowcast.delivery.drain-timeout", "5s",
                "rowcast.delivery.flood-limit", "7",
                "rowcast.delivery.flood-pause", "8s",
                "rowcast.source.epoch", "6"));
        DeliverySettings delivery = config.getConfigMapping(DeliverySettings.class);

        assertThat(delivery)
                .extracting(DeliverySettings::maxBatch, DeliverySettings::maxWaiting, DeliverySettings::inFlight)
                .containsExactly(1, 2, 3);
        assertThat(delivery.heapShare()).isEqualTo(0.5);
        assertThat(tuple(delivery.retryAfter(), delivery.drainTimeout()))
                .isEqualTo(tuple(Duration.ofSeconds(4), Duration.ofSeconds(5)));
        assertThat(tuple(delivery.floodLimit(), delivery.floodPause())).isEqualTo(tuple(7, Duration.ofSeconds(8)));
        assertThat(config.getConfigMapping(SourceSettings.class).epoch()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "rowcast.delivery.max-batch, 0",
        "rowcast.delivery.max-waiting, -1",
        "rowcast.delivery.in-flight, 0",
        "rowcast.delivery.heap-share, 0",
        "rowcast.delivery.heap-share, 1",
        "rowcast.delivery.heap-share, NaN",
        "rowcast.delivery.retry-after, 100ms",
        "rowcast.delivery.flood-limit, -1",
        "rowcast.delivery.flood-limit, 3",
        "rowcast.delivery.flood-limit, 1001",
        "rowcast.delivery.flood-pause, 0s",
        "rowcast.delivery.flood-pause, 11m",
        "rowcast.source.epoch, 256",
        "rowcast.source.epoch, -1",
        "rowcast.trace.endpoint, collector:4318",
        "rowcast.trace.endpoint, http:///v1/traces"
    })
    void settingThatCannotWorkStopsTheStartAndIsNamed(String setting, String value) {
        SmallRyeConfig config = config(Map.of(setting, value));
        SettingsCheck check = new SettingsCheck(
                config.getConfigMapping(DeliverySettings.class),
                config.getConfigMapping(SourceSettings.class),
                config.getConfigMapping(TraceSettings.class));

        assertThatThrownBy(() -> check.onStart(null))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("Cannot start: " + setting + " must be ")
                .hasMessageNotContaining("\n");
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withDefaultValues(settings)
                .withMapping(DeliverySettings.class)
                .withMapping(SourceSettings.class)
                .withMapping(TraceSettings.class)
                .build();
    }
}
