package dev.rowcast.testkit.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.testkit.board.LensPanelOnIndex;
import dev.rowcast.testkit.board.MappedFields;
import dev.rowcast.testkit.board.SavedBoards;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.IndexTemplate;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.StationFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElasticsearchIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int DOCUMENTS = 100;

    @TempDir
    static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Elasticsearch elasticsearch;

    @BeforeAll
    static void start() {
        elasticsearch = Elasticsearch.start(folder.resolve("elasticsearch"));
    }

    @AfterAll
    static void closeLeavesNothingBehind() {
        ProcessHandle process = ProcessHandle.of(elasticsearch.pid()).orElseThrow();
        elasticsearch.close();
        CLIENT.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(elasticsearch.log()).content().contains("Elasticsearch has stopped");
    }

    @Test
    void templatesOfTheClusterAreTakenAgainAndAgainAndMapTheirIndices() throws Exception {
        List<IndexTemplate> templates = Manifests.read(Checkout.find().root()).indexTemplates();

        elasticsearch.putTemplates(templates);
        elasticsearch.putTemplates(templates);

        assertThat(templates).isNotEmpty();
        for (IndexTemplate template : templates) {
            send("PUT", "/" + template.name(), "");
            assertThat(send("GET", "/" + template.name() + "/_mapping", "")
                            .at("/" + template.name() + "/mappings/properties/customerid/type")
                            .asText())
                    .isEqualTo("keyword");
        }
    }

    /// The boards are drawn by Kibana, which does not run here; their searches run on generated documents.
    @ParameterizedTest
    @CsvSource({
        "eck, eck/kibana/rowcast.ndjson, 20",
        "examples/loan, examples/loan/kibana.ndjson, 10",
        "examples/penguins, examples/penguins/kibana.ndjson, 10",
        "examples/ridership, examples/ridership/kibana.ndjson, 10"
    })
    void everyPanelOfABoardReadsMappedFieldsAndFindsData(String folder, String file, int panels) throws Exception {
        List<String> also = folder.equals("eck") ? List.of() : List.of(folder);
        elasticsearch.putTemplates(Manifests.read(Checkout.find().root(), also).indexTemplates());
        SavedBoards boards = SavedBoards.read(Checkout.find().resolve(file));
        assertThat(boards.panels().size()).as(file).isEqualTo(panels);
        Map<String, MappedFields> indices = new HashMap<>();
        for (LensPanelOnIndex panel : boards.panels()) {
            if (!indices.containsKey(panel.index())) {
                indices.put(panel.index(), fill(panel.index(), boards));
            }
            MappedFields fields = indices.get(panel.index());
            String title = panel.board() + ", " + panel.title();
            assertThat(panel.fields())
                    .as(title)
                    .allMatch(field -> !fields.lensType(field).isEmpty());
            assertThat(panel.columns())
                    .as(title)
                    .filteredOn(column -> column.path("isBucketed").asBoolean())
                    .allSatisfy(column -> assertThat(column.path("dataType").asText())
                            .isEqualTo(
                                    fields.lensType(column.path("sourceField").asText())));

            JsonNode answer = send(
                    "POST", "/" + panel.index() + "/_search", panel.search().toString());

            assertThat(panel.gaps(answer)).as("%s: %s", title, panel.search()).isEmpty();
        }
    }

    private static MappedFields fill(String index, SavedBoards boards) throws Exception {
        send("PUT", "/" + index, "");
        MappedFields fields = MappedFields.of(send("GET", "/" + index + "/_mapping", ""));
        List<String> queries = boards.panels().stream()
                .filter(panel -> panel.index().equals(index))
                .map(LensPanelOnIndex::query)
                .toList();
        JsonNode stored = send("POST", "/" + index + "/_bulk?refresh=true", fields.bulk(DOCUMENTS, queries));
        assertThat(MappedFields.errors(stored)).isEmpty();
        return fields;
    }

    @Test
    void templateThatIsRefusedIsNamedWithTheWordsOfElasticsearch() {
        IndexTemplate wrong = new IndexTemplate("wrong", """
                { "index_patterns": ["wrong"],
                  "template": { "mappings": { "properties": { "tenure": { "type": "intger" } } } } }""");

        assertThatThrownBy(() -> elasticsearch.putTemplates(List.of(wrong)))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("Index template wrong")
                .hasMessageContaining("intger");
    }

    /// A document for a missing index must not create it with a guessed mapping.
    @Test
    void documentMakesNoIndex() throws Exception {
        assertThat(send("PUT", "/absent/_doc/a", "{ \"tenure\": 7 }")
                        .at("/error/type")
                        .asText())
                .isEqualTo("index_not_found_exception");
        assertThat(send("GET", "/absent", "").path("status").asInt()).isEqualTo(404);
    }

    @Test
    void storedDocumentsSurviveAKill() throws Exception {
        // Given
        send("PUT", "/kept", "{ \"settings\": { \"number_of_replicas\": 0 } }");
        send("PUT", "/kept/_doc/a", "{ \"tenure\": 7 }");

        // When
        Restart.afterAKill(elasticsearch);

        // Then
        assertThat(elasticsearch.address()).endsWith(":" + elasticsearch.port());
        assertThat(send("GET", "/kept/_doc/a", "").at("/_source/tenure").asInt())
                .isEqualTo(7);
    }

    @Test
    void aFolderThatIsInUseIsRefused() {
        assertThatThrownBy(() -> Elasticsearch.start(folder.resolve("elasticsearch")))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("is in use");
    }

    private static JsonNode send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(elasticsearch.address() + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        String answer = CLIENT.send(request, BodyHandlers.ofString()).body();
        return JSON.readTree(answer);
    }
}
