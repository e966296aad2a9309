package dev.rowcast.proof.audit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
        if (post("/" + index + "/_refresh", "").statusCode() == 404) {
            return Map.of();
        }
        Map<String, JsonNode> documents = new HashMap<>();
        String after = "";
        while (true) {
            JsonNode hits = search(
                    "/" + index + "/_search",
                    "{\"size\":%d,\"_source\":[\"%s\"],\"sort\":[{\"rowcast.lsn\":\"asc\"},{\"customerid\":\"asc\"}]%s}"
                            .formatted(PAGE, fields, after));
            hits.forEach(hit -> documents.put(hit.path("_id").asText(), hit.path("_source")));
            if (hits.size() < PAGE) {
                return documents;
            }
            after = ",\"search_after\":" + hits.get(hits.size() - 1).path("sort");
        }
    }

    private JsonNode search(String path, String body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(path, body);
        JsonNode found = JSON.readTree(response.body());
        if (response.statusCode() != 200 || found.at("/_shards/failed").asInt() > 0) {
            throw new IOException("Elasticsearch answers " + response.statusCode() + " to POST " + path + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return found.at("/hits/hits");
    }

    private HttpResponse<byte[]> post(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(elasticsearch.resolve(path))
                        .timeout(Duration.ofMinutes(1))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
