package dev.rowcast.testkit.manifest.yaml;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
import java.util.Objects;

/// Reads the files that the `kustomization.yaml` of a folder lists.
///
/// @param root the checkout
public record ManifestFiles(Path root) {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /// The part of a `kustomization.yaml` that a local run uses.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Kustomization(List<String> resources, List<Generator> configMapGenerator) {
        Kustomization {
            resources = Objects.requireNonNullElse(resources, List.of());
            configMapGenerator = Objects.requireNonNullElse(configMapGenerator, List.of());
        }
    }

    /// A config map that kustomize creates from files.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Generator(List<String> files) {
        Generator {
            files = Objects.requireNonNullElse(files, List.of());
        }
    }

    /// {@return the documents of all files in `resources`, in that order}
    ///
    /// @param folder relative to the checkout
    public List<ManifestDocument> resources(String folder) {
        return kustomization(folder).resources().stream()
                .flatMap(file -> documents(folder + "/" + file).stream())
                .toList();
    }

    /// {@return the files in `configMapGenerator`, relative to the checkout}
    ///
    /// @param folder relative to the checkout
    public List<String> generatorFiles(String folder) {
        return kustomization(folder).configMapGenerator().stream()
                .flatMap(generator -> generator.files().stream())
                .map(file -> folder + "/" + file)
                .toList();
    }

    /// {@return the text of a file}
    ///
    /// @param file relative to the checkout
    /// @throws ManifestException when the file does not exist
    public String text(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (NoSuchFileException missing) {
            throw new ManifestException(file + " does not exist", missing);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Kustomization kustomization(String folder) {
        String file = folder + "/kustomization.yaml";
        List<ManifestDocument> documents = documents(file);
        if (documents.size() != 1) {
            throw new ManifestException(file + " holds " + documents.size() + " documents, expected 1");
        }
        return documents.getFirst().as(Kustomization.class);
    }

    /// {@return the documents of a file}
    ///
    /// @param file relative to the checkout
    /// @throws ManifestException when the file is missing or is not YAML
    public List<ManifestDocument> documents(String file) {
        String text = text(file);
        List<ManifestDocument> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> found = YAML.readerFor(JsonNode.class).readValues(text)) {
            while (found.hasNextValue()) {
                JsonNode document = found.nextValue();
                if (!document.isNull() && !document.isMissingNode()) {
                    documents.add(new ManifestDocument(file, document));
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
