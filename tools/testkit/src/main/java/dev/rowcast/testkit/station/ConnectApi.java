package dev.rowcast.testkit.station;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The REST interface of one worker.
public final class ConnectApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    /// The interface of a worker.
    ///
    /// @param url `http://host:port`
    public ConnectApi(String url) {
        this.url = url;
    }

    /// {@return true when the worker has joined its group and takes connectors}
    public boolean isReady() {
        try {
            // The list needs the worker's own thread, which goes round only when it has joined.
            return send(request("/connectors").GET().timeout(PROBE_TIMEOUT)).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /// Creates a connector or gives it other settings.
    ///
    /// @return false when the worker cannot now, because its group changes
    /// @throws StationFailure when it refuses them
    public boolean configure(String connector, Map<String, String> config) {
        try {
            String body = JSON.writeValueAsString(config);
            HttpResponse<String> answer = send(request("/connectors/" + connector + "/config")
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(body)));
            return taken(answer, "connector " + connector);
        } catch (JsonProcessingException neverOfStrings) {
            throw new UncheckedIOException(neverOfStrings);
        }
    }

    /// Starts again what has failed of a connector; nothing when nothing has.
    ///
    /// @return false when the worker cannot now, because its group changes
    /// @throws StationFailure when it refuses
    public boolean restartFailed(String connector) {
        HttpResponse<String> answer =
                send(request("/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true")
                        .POST(BodyPublishers.noBody()));
        return taken(answer, "a restart of connector " + connector);
    }

    /// {@return how a connector is; empty while that is not known}
    public Optional<ConnectorStatus> status(String connector) {
        HttpResponse<String> answer =
                send(request("/connectors/" + connector + "/status").GET());
        if (answer.statusCode() == 404 || answer.statusCode() == 409) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw refused(answer, "to say how connector " + connector + " is");
        }
        JsonNode status = json(answer);
        List<ConnectorStatus.Part> tasks = new ArrayList<>();
        status.path("tasks").forEach(task -> tasks.add(part(task)));
        return Optional.of(new ConnectorStatus(part(status.path("connector")), tasks));
    }

    private static ConnectorStatus.Part part(JsonNode part) {
        return new ConnectorStatus.Part(
                part.path("state").asText(),
                part.path("worker_id").asText(),
                part.path("trace").asText(""));
    }

    private boolean taken(HttpResponse<String> answer, String what) {
        if (answer.statusCode() / 100 == 2) {
            return true;
        }
        if (answer.statusCode() == 409) {
            return false;
        }
        throw refused(answer, what);
    }

    private StationFailure refused(HttpResponse<String> answer, String what) {
        String message = answer.headers()
                        .firstValue("content-type")
                        .filter(type -> type.contains("json"))
                        .isPresent()
                ? json(answer).path("message").asText(answer.body())
                : answer.body();
        return new StationFailure("Kafka Connect refuses " + what + ": " + answer.statusCode() + " " + message.strip());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException("Kafka Connect at " + url + " does not answer: " + failure, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted while Kafka Connect is asked", interrupted);
        }
    }
}
