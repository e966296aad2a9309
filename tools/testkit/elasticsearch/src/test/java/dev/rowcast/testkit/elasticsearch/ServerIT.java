package dev.rowcast.testkit.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.elasticsearch.ServerProcess.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests of clients to a running server.
class ServerIT {
    private static final Path TEMPLATES = Path.of("../../../eck/index-templates");

    @TempDir
    private static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = ServerProcess.ready(folder.resolve("node"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @Test
    void rootReturnsTheVersionOfTheBuild() throws IOException, InterruptedException {
        Answer answer = server.get("/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/version/number").asText()).isEqualTo(System.getProperty("elasticsearch.version"));
        assertThat(answer.body().path("cluster_uuid").asText()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void templateOfTheClusterIsAcceptedAndUsed(Path template) throws IOException, InterruptedException {
        String index = template.getFileName().toString().replace(".json", "");

        Answer accepted = server.send("PUT", "/_index_template/" + index, Files.readString(template));
        Answer created = server.send("PUT", "/" + index, "");

        assertThat(List.of(accepted.status(), created.status())).containsOnly(200);
        assertThat(server.get("/" + index)
                        .body()
                        .at("/" + index + "/mappings/properties/customerid/type")
                        .asText())
                .isEqualTo("keyword");
    }

    @Test
    void templateThatNamesALifecycleIsAccepted() throws IOException, InterruptedException {
        Answer answer = server.send("PUT", "/_index_template/managed", """
                { "index_patterns": ["managed"],
                  "template": { "settings": { "index.lifecycle.name": "a", "index.lifecycle.rollover_alias": "b" } } }""");

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    @Test
    void templateWithAnUnknownSettingIsRefused() throws IOException, InterruptedException {
        Answer answer = server.send("PUT", "/_index_template/wrong", """
                { "index_patterns": ["wrong"], "template": { "settings": { "index.lifecycel.name": "a" } } }""");

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void staleVersionInABulkIsAConflictAndLeavesTheNewerDocument() throws IOException, InterruptedException {
        // Given
        bulk("versions", "7", 5, "newer");

        // When
        Answer stale = bulk("versions", "7", 4, "older");
        Answer same = bulk("versions", "7", 5, "again");

        // Then
        assertThat(stale.body().at("/items/0/index/status").asInt()).isEqualTo(409);
        assertThat(same.body().at("/items/0/index/status").asInt()).isEqualTo(200);
        Answer document = server.get("/versions/_doc/7");
        assertThat(document.body().at("/_source/value").asText()).isEqualTo("again");
        assertThat(document.body().path("_version").asLong()).isEqualTo(5);
    }

    @Test
    void greatestPositionIsAVersion() throws IOException, InterruptedException {
        Answer answer = bulk("greatest", "1", Long.MAX_VALUE, "last");

        assertThat(answer.body().at("/items/0/index/status").asInt()).isEqualTo(201);
    }

    @Test
    void aggregationsAndPagesOfAPointInTimeAreServed() throws IOException, InterruptedException {
        // Given
        String lines = IntStream.range(0, 20)
                .mapToObj(number -> "{\"index\":{\"_id\":\"%d\"}}\n{\"group\":%d}\n".formatted(number, number % 2))
                .collect(Collectors.joining());
        server.send("POST", "/grouped/_bulk?refresh=true", lines);
        String point = server.send("POST", "/grouped/_pit?keep_alive=1m", "")
                .body()
                .path("id")
                .asText();

        // When
        Answer groups = server.send("POST", "/grouped/_search", """
                { "size": 0, "aggs": { "groups": { "terms": { "field": "group" } } } }""");
        Answer page = server.send("POST", "/_search", """
                { "size": 15, "sort": ["_shard_doc"], "pit": { "id": "%s" } }""".formatted(point));

        // Then
        assertThat(groups.body().at("/aggregations/groups/buckets"))
                .extracting(bucket -> bucket.path("doc_count").asInt())
                .containsExactly(10, 10);
        assertThat(page.body().at("/hits/hits")).hasSize(15);
    }

    private static Answer bulk(String index, String id, long version, String value)
            throws IOException, InterruptedException {
        return server.send("POST", "/" + index + "/_bulk", """
                {"index":{"_id":"%s","version":%d,"version_type":"external_gte"}}
                {"value":"%s"}
                """.formatted(id, version, value));
    }
}
