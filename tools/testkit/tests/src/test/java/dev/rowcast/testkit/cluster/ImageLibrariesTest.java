package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.function.ImageLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLibrariesTest {

    @TempDir
    Path folder;

    @Test
    void libraryWithoutAConfigurationIsFound() throws IOException {
        Map<String, Path> jars = Map.of(
                "extension", jar("extension", "META-INF/quarkus-extension.properties"),
                "configured", jar("configured", "META-INF/native-image/org.configured/reflect-config.json"),
                "plain", jar("plain", "org/plain/Plain.class"));

        ImageLibraries libraries = new ImageLibraries(Set.of("extension", "configured", "plain"), jars);

        assertThat(libraries.extensions()).containsExactly("extension");
        assertThat(libraries.unconfigured()).containsExactly("plain");
    }

    @Test
    void libraryOfAnExtensionNeedsTheExtension() throws IOException {
        Path jackson = jar("jackson-databind", "com/fasterxml/jackson/databind/JsonNode.class");
        Path extension = jar("quarkus-jackson", "META-INF/quarkus-extension.properties");
        Set<String> named = Set.of("jackson-databind");

        assertThat(new ImageLibraries(named, Map.of("jackson-databind", jackson)).unconfigured())
                .containsExactly("jackson-databind");
        assertThat(new ImageLibraries(named, Map.of("jackson-databind", jackson, "quarkus-jackson", extension))
                        .unconfigured())
                .isEmpty();
    }

    @Test
    void namedLibraryMustBeOnTheClassPath() {
        assertThatThrownBy(() -> new ImageLibraries(Set.of("absent"), Map.of()).unconfigured())
                .hasMessage("The class path has no absent");
    }

    @Test
    void librariesOfExtensionsHaveTheVersionsOfQuarkus() throws IOException {
        // An extension configures the version that Quarkus names; another one may need another configuration.
        assertThat(Files.readString(Checkout.find().resolve("pom.xml")))
                .contains("<artifactId>quarkus-bom</artifactId>")
                .doesNotContain(
                        "<groupId>io.micrometer",
                        "<groupId>org.hibernate",
                        "<groupId>io.vertx",
                        "<groupId>io.netty",
                        "<groupId>io.agroal");
    }

    private Path jar(String name, String entry) throws IOException {
        Path file = folder.resolve(name + ".jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry(entry));
        }
        return file;
    }
}
