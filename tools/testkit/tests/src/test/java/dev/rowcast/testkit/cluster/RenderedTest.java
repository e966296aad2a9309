package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kustomize accepts the manifests, and prints what the deployment reads.
class RenderedTest {

    private static final Path ROOT = Checkout.find().root();

    @TempDir
    Path folder;

    @Test
    void keyThatOccursTwiceIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("twice.yaml"), "name: a\nkey: one\nkey: two\n");

        assertThatThrownBy(() -> Rendered.file(file)).hasMessageContaining("Duplicate field 'key'");
    }

    @Test
    void clusterOfPostgresAppliesEveryFileOfTheSchema() throws IOException {
        List<JsonNode> documents = Rendered.folder(ROOT, "postgres");
        JsonNode references = only(documents, "Cluster", "rowcast-postgres")
                .at("/spec/bootstrap/initdb/postInitApplicationSQLRefs/configMapRefs");

        assertThat(references)
                .extracting(reference -> reference.path("name").asText())
                .containsOnly("rowcast-schema");
        assertThat(references.findValuesAsText("key"))
                .containsExactlyElementsOf(() -> only(documents, "ConfigMap", "rowcast-schema")
                        .path("data")
                        .fieldNames());
    }

    @Test
    void everyDocumentBelongsToAStation() throws IOException {
        assertThat(Rendered.folder(ROOT, "overlays/production"))
                .allMatch(document -> document.path("metadata").path("labels").has("rowcast.dev/station"));
    }

    private static JsonNode only(List<JsonNode> documents, String kind, String name) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind)
                        && document.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
