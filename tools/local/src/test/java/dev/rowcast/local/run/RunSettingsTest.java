package dev.rowcast.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.local.run.RunSettings.Choice;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSettingsTest {

    @Test
    void defaultsAreLoadAndTheDefaultPorts() {
        RunSettings settings = RunSettings.of(Map.of());

        assertThat(settings.load()).isPresent();
        assertThat(settings.idle()).isEmpty();
        assertThat(settings.also()).isEmpty();
        assertThat(settings.metrics()).isFalse();
        assertThat(settings.ports().postgres()).isEqualTo(new Choice(15432, false));
        assertThat(settings.ports().page()).isEqualTo(new Choice(18080, false));
    }

    @Test
    void everySettingIsRead() {
        RunSettings settings = RunSettings.of(Map.of(
                "LOAD", "off",
                "IDLE", "1m",
                "POSTGRES_PORT", "1",
                "KAFKA_PORT", "2",
                "CONNECT_PORT", "3",
                "ELASTICSEARCH_PORT", "4",
                "PAGE_PORT", "0",
                "PROMETHEUS_PORT", "5",
                "METRICS", "yes",
                "ALSO", "examples/loan/, examples/mine"));

        assertThat(settings.metrics()).isTrue();

        assertThat(settings.load()).isEmpty();
        assertThat(settings.also()).containsExactly("examples/loan", "examples/mine");
        assertThat(settings.idle()).contains(Duration.ofMinutes(1));
        assertThat(settings.ports())
                .isEqualTo(new RunSettings.Ports(
                        new Choice(1, true),
                        new Choice(2, true),
                        new Choice(3, true),
                        new Choice(4, true),
                        new Choice(0, true),
                        new Choice(5, true)));
    }

    @ParameterizedTest
    @CsvSource({
        "IDLE, soon, IDLE is soon",
        "IDLE, 10, IDLE is 10",
        "KAFKA_PORT, 70000, KAFKA_PORT is 70000",
        "PAGE_PORT, http, PAGE_PORT is http",
        "PROMETHEUS_PORT, none, PROMETHEUS_PORT is none",
        "METRICS, on, 'METRICS is on, not yes or no'",
        "ALSO, examples/loan examples/loan/, ALSO names examples/loan twice",
        "LOAD, much, load: much is unknown"
    })
    void wrongSettingIsNamed(String name, String value, String message) {
        assertThatThrownBy(() -> RunSettings.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void usedDefaultPortIsReplacedAndARequiredOneIsNot() throws IOException {
        List<String> lines = new ArrayList<>();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(Stations.port("Kafka", new Choice(port, false), lines::add))
                    .isZero();
            assertThat(lines).singleElement().asString().contains("Port " + port, "Kafka");
            assertThatThrownBy(() -> Stations.port("Kafka", new Choice(port, true), lines::add))
                    .isInstanceOf(StationFailure.class)
                    .hasMessageContaining("Port " + port + " for Kafka is taken");
        }
    }
}
