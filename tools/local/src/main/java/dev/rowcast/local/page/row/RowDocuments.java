package dev.rowcast.local.page.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The documents of the row in each index.
record RowDocuments(RowPlaces places) {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /// Reads `index`, `version` and `document` of each index; both are null where the index has none.
    ArrayNode read(String id) throws IOException, InterruptedException {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        for (String index : places.path().indices()) {
            JsonNode answer = get(index, id);
            ObjectNode document = documents.addObject().put("index", index);
            document.set("version", answer.path("found").asBoolean() ? answer.path("_version") : null);
            document.set("document", answer.path("found").asBoolean() ? answer.path("_source") : null);
        }
        return documents;
    }

    private JsonNode get(String index, String id) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        URI address = places.elasticsearch().resolve("/" + index + "/_doc/" + encoded);
        HttpResponse<byte[]> answer = CLIENT.send(
                HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200 && answer.statusCode() != 404) {
            throw new IOException("Elasticsearch answers " + answer.statusCode() + " to a request of index " + index);
        }
        return JSON.readTree(answer.body());
    }
}
