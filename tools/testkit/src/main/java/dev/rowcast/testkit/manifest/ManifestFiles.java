package dev.rowcast.testkit.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the files that a folder's `kustomization.yaml` lists, and reads them.
///
/// @param root the checkout
record ManifestFiles(Path root) {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /// {@return every document that `resources` lists, in its order}
    List<Field> resources(String folder) {
        List<Field> documents = new ArrayList<>();
        kustomization(folder).find("resources").ifPresent(resources -> {
            for (Field resource : resources.items()) {
                documents.addAll(documents(folder + "/" + resource.text()));
            }
        });
        return documents;
    }

    /// {@return the files that `configMapGenerator` lists, relative to the checkout}
    List<String> generatorFiles(String folder) {
        List<String> files = new ArrayList<>();
        Optional<Field> generators = kustomization(folder).find("configMapGenerator");
        for (Field generator : generators.map(Field::items).orElse(List.of())) {
            for (Field file : generator.at("files").items()) {
                files.add(folder + "/" + file.text());
            }
        }
        return files;
    }

    /// {@return the text of a file, relative to the checkout}
    String text(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (NoSuchFileException missing) {
            throw new ManifestException(file + " does not exist", missing);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Field kustomization(String folder) {
        List<Field> documents = documents(folder + "/kustomization.yaml");
        if (documents.size() != 1) {
            throw new ManifestException(
                    folder + "/kustomization.yaml holds " + documents.size() + " documents, expected 1");
        }
        return documents.getFirst();
    }

    private List<Field> documents(String file) {
        String text = text(file);
        List<Field> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> found = YAML.readerFor(JsonNode.class).readValues(text)) {
            while (found.hasNextValue()) {
                JsonNode document = found.nextValue();
                if (!document.isNull() && !document.isMissingNode()) {
                    documents.add(new Field(file, "", document));
                }
            }
        } catch (JsonProcessingException malformed) {
            throw new ManifestException(
                    file + ": line " + malformed.getLocation().getLineNr() + ": "
                            + malformed.getOriginalMessage().lines().findFirst().orElse("not YAML"),
                    malformed);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return documents;
    }
}
