package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.ImageLibraries;
import org.junit.jupiter.api.Test;

class IndexerLibrariesTest {

    @Test
    void nativeImageIsToldAboutEveryLibrary() {
        ImageLibraries libraries = ImageLibraries.of("indexer");

        assertThat(libraries.extensions())
                .as("extensions, whose build steps configure the libraries that they bring")
                .contains("quarkus-micrometer-registry-prometheus", "quarkus-elasticsearch-rest-client");
        assertThat(libraries.unconfigured())
                .as("a library without an extension: add META-INF/native-image to the module that uses it")
                .isEmpty();
    }
}
