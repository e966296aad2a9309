package dev.rowcast.testkit.station;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowcast.testkit.process.StationFailure;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A client of the REST API of one Kafka Connect worker.
///
/// @param http the requests to the worker
record ConnectApi(StationHttp http) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

    /// {@return true when the worker has joined its group and accepts connectors}
    boolean isReady() {
        // The worker's own thread reads the list, and it runs only after the worker has joined.
        return http.answers("/connectors", PROBE_TIMEOUT);
    }

    /// Creates a connector or updates its settings.
    ///
    /// @return false while the worker's group rebalances
    /// @throws StationFailure when the worker refuses the settings
    boolean configure(String connector, Map<String, String> config) {
        HttpResponse<String> answer = http.send(http.request("/connectors/" + connector + "/config", TIMEOUT)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.valueToTree(config).toString())));
        return accepted(answer, "connector " + connector);
    }

    /// Restarts the failed parts of a connector.
    ///
    /// @return false while the worker's group rebalances
    /// @throws StationFailure when the worker refuses
    boolean restartFailed(String connector) {
        HttpResponse<String> answer = http.send(
                http.request("/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", TIMEOUT)
                        .POST(BodyPublishers.noBody()));
        return accepted(answer, "a restart of connector " + connector);
    }

    /// {@return the status of a connector; empty while the worker does not know it}
    Optional<ConnectorStatus> status(String connector) {
        HttpResponse<String> answer = http.send(http.request("/connectors/" + connector + "/status", TIMEOUT));
        if (answer.statusCode() == 404 || answer.statusCode() == 409) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw refused(answer, "the status of connector " + connector);
        }
        JsonNode status = json(answer);
        List<ConnectorStatus.State> tasks = new ArrayList<>();
        status.path("tasks").forEach(task -> tasks.add(state(task)));
        return Optional.of(new ConnectorStatus(state(status.path("connector")), tasks));
    }

    private static ConnectorStatus.State state(JsonNode part) {
        return new ConnectorStatus.State(
                part.path("state").asText(),
                part.path("worker_id").asText(),
                part.path("trace").asText(""));
    }

    private boolean accepted(HttpResponse<String> answer, String request) {
        if (answer.statusCode() / 100 == 2) {
            return true;
        }
        if (answer.statusCode() == 409) {
            return false;
        }
        throw refused(answer, request);
    }

    private StationFailure refused(HttpResponse<String> answer, String request) {
        String message = answer.headers()
                        .firstValue("content-type")
                        .filter(type -> type.contains("json"))
                        .isPresent()
                ? json(answer).path("message").asText(answer.body())
                : answer.body();
        return new StationFailure(
                "Kafka Connect refuses " + request + ": " + answer.statusCode() + " " + message.strip());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }
}
