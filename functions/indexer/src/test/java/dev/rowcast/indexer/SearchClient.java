package dev.rowcast.indexer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Searches an Elasticsearch as its users do.
public final class SearchClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    /// @param address URL of Elasticsearch
    public SearchClient(String address) {
        this.address = address;
    }

    /// Sends a request.
    ///
    /// @param body JSON; empty for none
    /// @return the answer's body, whatever its status
    public JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        return answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /// A document with its `_version`, `_seq_no` and `_source`; `found` is false when there is none.
    public JsonNode document(String index, String id) throws IOException, InterruptedException {
        return get("/" + index + "/_doc/" + id);
    }

    /// The versions of documents by their ids.
    public Map<String, Long> versions(String index, Collection<String> ids) throws IOException, InterruptedException {
        Map<String, Long> versions = new TreeMap<>();
        String wanted = JSON.writeValueAsString(Map.of("ids", ids));
        for (JsonNode document :
                send("POST", "/" + index + "/_mget?_source=false", wanted).path("docs")) {
            if (document.path("found").asBoolean()) {
                versions.put(
                        document.path("_id").asText(), document.path("_version").asLong());
            }
        }
        return versions;
    }

    /// The `_source` of documents by their ids.
    public Map<String, JsonNode> sources(String index, Collection<String> ids)
            throws IOException, InterruptedException {
        Map<String, JsonNode> sources = new TreeMap<>();
        String wanted = JSON.writeValueAsString(Map.of("ids", ids));
        for (JsonNode document : send("POST", "/" + index + "/_mget", wanted).path("docs")) {
            if (document.path("found").asBoolean()) {
                sources.put(document.path("_id").asText(), document.path("_source"));
            }
        }
        return sources;
    }

    /// Refreshes the index and searches it.
    ///
    /// @param body the search, with single quotes
    public JsonNode search(String index, String body) throws IOException, InterruptedException {
        send("POST", "/" + index + "/_refresh", "");
        return send("POST", "/" + index + "/_search", body.replace('\'', '"'));
    }

    /// The number of documents that match.
    ///
    /// @param query the query, with single quotes
    public int count(String index, String query) throws IOException, InterruptedException {
        return search(index, "{'size': 0, 'track_total_hits': true, 'query': " + query + "}")
                .at("/hits/total/value")
                .asInt(-1);
    }
}
