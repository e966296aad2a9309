package dev.rowcast.proof.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexDocumentsTest {

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new HashMap<>(Map.of(
            "/_cluster/state/blocks", new Answer(200, "{\"blocks\": {}}"),
            "/churn/_refresh", new Answer(200, "{\"_shards\": {\"failed\": 0}}"),
            "/churn/_search", new Answer(200, """
                    {"_shards": {"failed": 0}, "hits": {"hits": [{"_id": "a", "_source": {"tenure": 1}}]}}""")));
    private HttpServer elasticsearch;
    private IndexDocuments documents;

    @BeforeEach
    void start() throws IOException {
        elasticsearch = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elasticsearch.createContext("/", this::answer);
        elasticsearch.start();
        documents = new IndexDocuments(
                URI.create("http://127.0.0.1:" + elasticsearch.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        elasticsearch.stop(0);
    }

    @Test
    void documentsAreReadAfterARefresh() throws Exception {
        assertThat(documents.read("churn", "*").get("a").path("tenure").asInt()).isEqualTo(1);
    }

    @Test
    void indexThatDoesNotExistHasNoDocuments() throws Exception {
        answers.put("/churn/_refresh", new Answer(404, "{}"));

        assertThat(documents.read("churn", "*")).isEmpty();
    }

    @Test
    void nodeThatStillStartsIsNoProofOfAMissingIndex() {
        answers.put("/churn/_refresh", new Answer(404, "{}"));
        answers.put("/_cluster/state/blocks", new Answer(200, "{\"blocks\": {\"global\": {\"1\": {}}}}"));

        assertThatThrownBy(() -> documents.read("churn", "*")).isInstanceOf(IOException.class);
    }

    @Test
    void refreshThatFailsIsNoRead() {
        answers.put("/churn/_refresh", new Answer(200, "{\"_shards\": {\"failed\": 1}}"));
        assertThatThrownBy(() -> documents.read("churn", "*")).isInstanceOf(IOException.class);

        answers.put("/churn/_refresh", new Answer(503, "{}"));
        assertThatThrownBy(() -> documents.read("churn", "*")).isInstanceOf(IOException.class);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Answer answer = answers.get(exchange.getRequestURI().getPath());
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
