package dev.rowcast.testkit.cluster;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Renders a `kustomization.yaml` with the features that this repository uses: resources, folders, JSON
/// patches, labels, and config maps and secrets from files.
final class Rendered {

    /// Refuses a key that occurs twice, as kustomize does.
    static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build())
            .build();

    private Rendered() {}

    /// {@return every document of a folder of the checkout}
    static List<JsonNode> folder(Path root, String folder) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        Path here = root.resolve(folder);
        JsonNode kustomization =
                YAML.readTree(here.resolve("kustomization.yaml").toFile());
        for (JsonNode resource : kustomization.path("resources")) {
            Path path = here.resolve(resource.asText()).normalize();
            documents.addAll(
                    Files.isDirectory(path) ? folder(root, root.relativize(path).toString()) : file(path));
        }
        for (JsonNode generator : kustomization.path("configMapGenerator")) {
            documents.add(generated("ConfigMap", here, generator));
        }
        for (JsonNode generator : kustomization.path("secretGenerator")) {
            documents.add(generated("Secret", here, generator));
        }
        for (JsonNode patch : kustomization.path("patches")) {
            documents = patched(documents, patch);
        }
        for (JsonNode labels : kustomization.path("labels")) {
            documents.forEach(document -> label((ObjectNode) document, (ObjectNode) labels.path("pairs")));
        }
        return documents;
    }

    /// {@return every document of a folder, as `kubectl kustomize` prints them}
    static String print(Path root, String folder) throws IOException {
        List<String> documents = new ArrayList<>();
        for (JsonNode document : folder(root, folder)) {
            documents.add(YAML.writeValueAsString(document));
        }
        return String.join("---\n", documents);
    }

    /// {@return every document of a file}
    static List<JsonNode> file(Path file) throws IOException {
        try (MappingIterator<JsonNode> found = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return found.readAll();
        }
    }

    private static void label(ObjectNode document, ObjectNode pairs) {
        document.withObject("/metadata/labels").setAll(pairs);
    }

    private static JsonNode generated(String kind, Path here, JsonNode generator) throws IOException {
        ObjectNode document = YAML.createObjectNode();
        document.put("apiVersion", "v1").put("kind", kind);
        document.putObject("metadata")
                .put("name", generator.path("name").asText())
                .put("namespace", "rowcast");
        ObjectNode data = document.putObject(kind.equals("Secret") ? "stringData" : "data");
        for (JsonNode entry : generator.path("files")) {
            String[] parts = entry.asText().split("=", 2);
            Path file = here.resolve(parts[parts.length - 1]);
            data.put(parts.length == 2 ? parts[0] : file.getFileName().toString(), Files.readString(file));
        }
        generator
                .at("/options/labels")
                .properties()
                .forEach(label ->
                        label(document, JsonNodeFactory.instance.objectNode().set(label.getKey(), label.getValue())));
        return document;
    }

    private static List<JsonNode> patched(List<JsonNode> documents, JsonNode patch) throws IOException {
        JsonNode target = patch.path("target");
        JsonNode operations = YAML.readTree(patch.path("patch").asText());
        List<JsonNode> all = new ArrayList<>();
        int hits = 0;
        for (JsonNode document : documents) {
            boolean hit =
                    document.path("kind").asText().equals(target.path("kind").asText())
                            && document.path("apiVersion")
                                    .asText()
                                    .startsWith(target.path("group").asText());
            all.add(hit ? JsonPatch.apply(operations, document) : document);
            hits += hit ? 1 : 0;
        }
        if (hits == 0) {
            throw new IllegalStateException("no resource matches the patch of " + target);
        }
        return all;
    }
}
