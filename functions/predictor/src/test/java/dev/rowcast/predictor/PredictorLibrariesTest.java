package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.ImageLibraries;
import org.junit.jupiter.api.Test;

class PredictorLibrariesTest {

    @Test
    void nativeImageIsToldAboutEveryLibrary() {
        ImageLibraries libraries = ImageLibraries.of("predictor");

        assertThat(libraries.extensions())
                .as("extensions, whose build steps configure the libraries that they bring")
                .contains("quarkus-micrometer-registry-prometheus", "quarkus-reactive-pg-client");
        assertThat(libraries.unconfigured())
                .as("a library without an extension: add META-INF/native-image to the module that uses it")
                .isEmpty();
    }
}
