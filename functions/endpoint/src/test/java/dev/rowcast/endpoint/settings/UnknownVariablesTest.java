package dev.rowcast.endpoint.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownVariablesTest {

    private static final UnknownVariables VARIABLES = new UnknownVariables(
            FunctionSettings.of(DeliverySettings.class, SourceSettings.class).names(),
            Map.of("ROWCAST_BATCH_SIZE", "ROWCAST_DELIVERY_MAX_BATCH"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROWCAST_DELIVERY_MAX_BACH",
                "ROWCAST_DELIVRY_MAX_BATCH",
                "ROWCAST_MODEL_FILE",
                "ROWCAST_PORT_NUMBER",
                "rowcast.delivery.max.batch.size"
            })
    void variableThatIsNoSettingIsNamed(String variable) {
        assertThatThrownBy(() -> VARIABLES.refuse(List.of("PATH", variable)))
                .isInstanceOf(StartRefused.class)
                .hasMessage("Cannot start: " + variable
                        + " is no setting of this function; docs/configuration.md lists them");
    }

    @Test
    void formerVariableIsNamedWithThePresentOne() {
        assertThatThrownBy(() -> VARIABLES.refuse(List.of("ROWCAST_BATCH_SIZE")))
                .hasMessage("Cannot start: ROWCAST_BATCH_SIZE was renamed: set ROWCAST_DELIVERY_MAX_BATCH instead");
    }

    @Test
    void settingsAndVariablesOfOthersAreAccepted() {
        assertThatCode(() -> VARIABLES.refuse(List.of(
                        "ROWCAST_DELIVERY_MAX_BATCH",
                        "ROWCAST_SOURCE_EPOCH",
                        "rowcast.source.epoch",
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "ORT_DISABLE_TELEMETRY",
                        "PATH")))
                .doesNotThrowAnyException();
    }

    /// Kubernetes adds them when a pod is created without `enableServiceLinks: false`.
    @Test
    void variablesOfServicesInTheNamespaceAreAccepted() {
        assertThatCode(() -> VARIABLES.refuse(List.of(
                        "ROWCAST_KAFKA_BOOTSTRAP_SERVICE_HOST",
                        "ROWCAST_KAFKA_BOOTSTRAP_SERVICE_PORT",
                        "ROWCAST_KAFKA_BOOTSTRAP_SERVICE_PORT_TCP_CLIENTSTLS",
                        "ROWCAST_ES_HTTP_PORT",
                        "ROWCAST_ES_HTTP_PORT_9200_TCP",
                        "ROWCAST_ES_HTTP_PORT_9200_TCP_ADDR")))
                .doesNotThrowAnyException();
    }
}
