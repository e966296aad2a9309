package dev.rowcast.local.page.station;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowcast.local.page.feed.StationQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts the documents of each index whose rows are not deleted; 0 for an index that does not exist yet.
///
/// @param elasticsearch base URL, such as `http://127.0.0.1:9200`
public record IndexCounts(URI elasticsearch, List<String> indices) implements StationQuery<Map<String, Long>> {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String NOT_DELETED = "{\"query\":{\"bool\":{\"must_not\":{\"term\":{\"deleted\":true}}}}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    @Override
    public Map<String, Long> read() throws IOException, InterruptedException {
        Map<String, Long> counts = new HashMap<>();
        for (String index : indices) {
            counts.put(index, count(index));
        }
        return counts;
    }

    private long count(String index) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = CLIENT.send(
                HttpRequest.newBuilder(elasticsearch.resolve("/" + index + "/_count"))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(NOT_DELETED))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 404) {
            return 0;
        }
        JsonNode count = JSON.readTree(response.body()).path("count");
        if (response.statusCode() != 200 || !count.isIntegralNumber()) {
            throw new IOException("Elasticsearch answers " + response.statusCode() + " to a count of " + index);
        }
        return count.longValue();
    }
}
