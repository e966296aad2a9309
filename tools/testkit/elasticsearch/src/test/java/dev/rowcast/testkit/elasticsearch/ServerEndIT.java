package dev.rowcast.testkit.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.elasticsearch.ServerProcess.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state after a server ended: in order, by a kill, or because it could not start.
class ServerEndIT {
    private static final int SIGTERM_EXIT_CODE = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void acknowledgedDocumentsSurviveAKill() throws IOException, InterruptedException {
        // Given a compressed index, half of it in segments and half in the translog only
        try (ServerProcess server = ServerProcess.ready(folder.resolve("node"))) {
            server.send("PUT", "/kept", """
                    { "settings": { "number_of_replicas": 0, "codec": "best_compression" } }""");
            store(server, 0, 500);
            assertThat(server.send("POST", "/kept/_flush", "").status()).isEqualTo(200);
            store(server, 500, 1_000);

            // When
            server.kill();
        }

        // Then
        try (ServerProcess server = ServerProcess.ready(folder.resolve("node"))) {
            assertThat(server.health("kept")).isEqualTo("green");
            assertThat(server.send("POST", "/kept/_refresh", "").status()).isEqualTo(200);
            assertThat(server.get("/kept/_count").body().path("count").asInt()).isEqualTo(1_000);
            assertThat(server.get("/kept/_doc/999").body().path("_version").asLong())
                    .isEqualTo(1_999);
        }
    }

    @Test
    void terminationClosesTheNodeInOrder() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.ready(folder.resolve("node"))) {
            assertThat(server.terminate()).isEqualTo(SIGTERM_EXIT_CODE);
            assertThat(server.output()).contains("Elasticsearch has stopped");
        }
    }

    @Test
    void secondServerOnAFolderSaysWhyItCannotStart() throws IOException, InterruptedException {
        Path log = Files.createFile(folder.resolve("second.txt"));
        try (ServerProcess first = ServerProcess.ready(folder.resolve("node"));
                ServerProcess second = new ServerProcess(
                        folder.resolve("node"), log, ServerProcess.freePort(), ServerProcess.freePort())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).contains("Elasticsearch cannot start: ").contains("lock");
            assertThat(first.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void serverOnATakenPortSaysWhyItCannotStart() throws IOException, InterruptedException {
        Path log = Files.createFile(folder.resolve("second.txt"));
        try (ServerProcess first = ServerProcess.ready(folder.resolve("node"));
                ServerProcess second =
                        new ServerProcess(folder.resolve("other"), log, first.port(), ServerProcess.freePort())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output())
                    .contains("Elasticsearch cannot start: ")
                    .contains(Integer.toString(first.port()));
        }
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
