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
import java.util.HashMap;
import java.util.Map;

/// Whole indices as Elasticsearch has them now.
///
/// @param elasticsearch its address, such as `http://127.0.0.1:9200`
record IndexDocuments(URI elasticsearch) {

    private static final int PAGE = 5_000;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// Every document's source by its id, after a refresh; none when there is no such index yet.
    ///
    /// @throws IOException when Elasticsearch does not answer with success
    Map<String, JsonNode> read(String index) throws IOException, InterruptedException {
        if (post("/" + index + "/_refresh", "").statusCode() == 404) {
            return Map.of();
        }
        Map<String, JsonNode> documents = new HashMap<>();
        String after = "";
        while (true) {
            JsonNode hits = send(
                            "/" + index + "/_search",
                            "{\"size\":%d,\"sort\":[{\"rowcast.lsn\":\"asc\"},{\"customerid\":\"asc\"}]%s}"
                                    .formatted(PAGE, after))
                    .at("/hits/hits");
            if (hits.isEmpty()) {
                return documents;
            }
            hits.forEach(hit -> documents.put(hit.path("_id").asText(), hit.path("_source")));
            after = ",\"search_after\":" + hits.get(hits.size() - 1).path("sort");
        }
    }

    private JsonNode send(String path, String body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(path, body);
        if (response.statusCode() != 200) {
            throw new IOException("Elasticsearch answers " + response.statusCode() + " to POST " + path + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body());
    }

    private HttpResponse<byte[]> post(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(elasticsearch.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
