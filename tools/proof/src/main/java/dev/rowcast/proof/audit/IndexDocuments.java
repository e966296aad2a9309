package dev.rowcast.proof.audit;

import com.fasterxml.jackson.databind.DeserializationFeature;
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

/// Reads the documents of an index.
///
/// @param elasticsearch its address, such as `http://127.0.0.1:9200`
public record IndexDocuments(URI elasticsearch) {

    private static final int PAGE = 5_000;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// Refreshes the index and reads the sources of its documents, by id; none when there is no such index.
    ///
    /// @param fields of the sources to read; `*` for all
    /// @throws IOException when Elasticsearch does not answer with success
    public Map<String, JsonNode> read(String index, String fields) throws IOException, InterruptedException {
        requireRecoveredState();
        HttpResponse<byte[]> refresh = send("POST", "/" + index + "/_refresh", "");
        if (refresh.statusCode() == 404) {
            return Map.of();
        }
        success(refresh);
        Map<String, JsonNode> documents = new HashMap<>();
        String after = "";
        while (true) {
            String query =
                    "{\"size\":%d,\"_source\":[\"%s\"],\"sort\":[{\"rowcast.lsn\":\"asc\"},{\"customerid\":\"asc\"}]%s}"
                            .formatted(PAGE, fields, after);
            JsonNode hits =
                    success(send("POST", "/" + index + "/_search", query)).at("/hits/hits");
            hits.forEach(hit -> documents.put(hit.path("_id").asText(), hit.path("_source")));
            if (hits.size() < PAGE) {
                return documents;
            }
            after = ",\"search_after\":" + hits.get(hits.size() - 1).path("sort");
        }
    }

    /// {@return a position, as documents and events state it}
    public static Position position(JsonNode json) {
        return new Position(
                json.path("epoch").asInt(),
                json.path("commit").asLong(),
                json.path("lsn").asLong());
    }

    /// While a node starts it knows no index yet and answers 404 for each, although all of them exist.
    private void requireRecoveredState() throws IOException, InterruptedException {
        JsonNode state = success(send("GET", "/_cluster/state/blocks", ""));
        if (!state.at("/blocks/global").isMissingNode()) {
            throw new IOException("Elasticsearch has not recovered its state: " + state.at("/blocks/global"));
        }
    }

    /// The body of a response that is a success of every shard.
    private static JsonNode success(HttpResponse<byte[]> response) throws IOException {
        JsonNode body = JSON.readTree(response.body());
        if (response.statusCode() != 200 || body.at("/_shards/failed").asInt() > 0) {
            throw new IOException("Elasticsearch answers " + response.statusCode() + " to "
                    + response.request().method() + " " + response.uri().getPath() + ": " + body);
        }
        return body;
    }

    private HttpResponse<byte[]> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(elasticsearch.resolve(path))
                        .timeout(Duration.ofMinutes(1))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
