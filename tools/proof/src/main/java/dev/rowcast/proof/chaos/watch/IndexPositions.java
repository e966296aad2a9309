package dev.rowcast.proof.chaos.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Position;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Reads the position of every document of an index.
final class IndexPositions {

    /// As many as Elasticsearch gives at a time.
    private static final int LIMIT = 10_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI elasticsearch;

    IndexPositions(URI elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    /// Every document that was stored before, by its id; none when there is no such index yet.
    Map<String, Position> read(String index) throws IOException, InterruptedException {
        if (post("/" + index + "/_refresh", "").statusCode() == 404) {
            return Map.of();
        }
        HttpResponse<byte[]> answer =
                post("/" + index + "/_search", "{\"size\":" + LIMIT + ",\"_source\":[\"rowcast\"]}");
        JsonNode found = JSON.readTree(answer.body());
        if (answer.statusCode() != 200 || found.at("/_shards/failed").asInt() > 0) {
            throw new IOException("Elasticsearch answers " + answer.statusCode());
        }
        JsonNode hits = found.at("/hits/hits");
        if (hits.size() == LIMIT) {
            throw new IllegalStateException("index " + index + " holds more than can be watched");
        }
        Map<String, Position> positions = new HashMap<>();
        hits.forEach(hit -> positions.put(hit.path("_id").asText(), position(hit.at("/_source/rowcast"))));
        return positions;
    }

    private static Position position(JsonNode rowcast) {
        return new Position(
                rowcast.path("epoch").asInt(),
                rowcast.path("commit").asLong(),
                rowcast.path("lsn").asLong());
    }

    private HttpResponse<byte[]> post(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(elasticsearch.resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
