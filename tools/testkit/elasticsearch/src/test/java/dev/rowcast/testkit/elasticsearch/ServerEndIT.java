package dev.rowcast.testkit.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.elasticsearch.ServerProcess.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The state after a server ended: in order, by a kill, or because it could not start.
/// The tests share a server, and the last one ends it.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerEndIT {
    private static final int SIGTERM_EXIT_CODE = 128 + 15;

    @TempDir
    private static Path folder;

    private static ServerProcess first;

    @BeforeAll
    static void start() throws IOException {
        first = ServerProcess.ready(folder.resolve("node"));
    }

    @AfterAll
    static void stop() {
        first.close();
    }

    @Test
    @Order(1)
    void acknowledgedDocumentsSurviveAKill() throws IOException, InterruptedException {
        // Given a compressed index, half of it in segments and half in the translog only
        try (ServerProcess server = ServerProcess.ready(folder.resolve("killed"))) {
            server.send("PUT", "/kept", """
                    { "settings": { "number_of_replicas": 0, "codec": "best_compression" } }""");
            store(server, 0, 500);
            assertThat(server.send("POST", "/kept/_flush", "").status()).isEqualTo(200);
            store(server, 500, 1_000);

            // When
            server.kill();
        }

        // Then
        try (ServerProcess server = ServerProcess.ready(folder.resolve("killed"))) {
            assertThat(server.health("kept")).isEqualTo("green");
            assertThat(server.send("POST", "/kept/_refresh", "").status()).isEqualTo(200);
            assertThat(server.get("/kept/_count").body().path("count").asInt()).isEqualTo(1_000);
            assertThat(server.get("/kept/_doc/999").body().path("_version").asLong())
                    .isEqualTo(1_999);
        }
    }

    @Test
    @Order(1)
    void secondServerOnAFolderSaysWhyItCannotStart() throws IOException, InterruptedException {
        try (ServerProcess second = second("node", ServerProcess.freePort())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).contains("Elasticsearch cannot start: ").contains("lock");
            assertThat(first.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    @Order(1)
    void serverOnATakenPortSaysWhyItCannotStart() throws IOException, InterruptedException {
        try (ServerProcess second = second("other", first.port())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output())
                    .contains("Elasticsearch cannot start: ")
                    .contains(Integer.toString(first.port()));
        }
    }

    @Test
    @Order(2)
    void terminationClosesTheNodeInOrder() throws InterruptedException {
        assertThat(first.terminate()).isEqualTo(SIGTERM_EXIT_CODE);
        assertThat(first.output()).contains("Elasticsearch has stopped");
    }

    private static ServerProcess second(String node, int port) throws IOException {
        Path log = Files.createTempFile(folder, "second", ".txt");
        return new ServerProcess(folder.resolve(node), log, port, ServerProcess.freePort());
    }

    private static void store(ServerProcess server, int from, int to) throws IOException, InterruptedException {
        String lines = IntStream.range(from, to)
                .mapToObj(number -> """
                        {"index":{"_id":"%d","version":%d,"version_type":"external_gte"}}
                        {"number":%d}
                        """.formatted(number, 1_000 + number, number))
                .collect(Collectors.joining());
        Answer answer = server.send("POST", "/kept/_bulk", lines);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("errors").asBoolean(true)).isFalse();
    }
}
