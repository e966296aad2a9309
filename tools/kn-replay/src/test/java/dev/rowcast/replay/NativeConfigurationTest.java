package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/// What the native image of `kn-replay` is told about each library that has native code or a configuration of its own,
/// against the class path. A new library fails here, not in a native build, which takes minutes and a GraalVM.
class NativeConfigurationTest {

    private static final String CONFIGURATION = "META-INF/native-image/";
    private static final String AT_RUN_TIME = "--initialize-at-run-time=";

    /// Libraries whose classes load native code on initialisation, which the builder cannot: an option of ours keeps
    /// the initialisation for the run.
    private static final Set<String> INITIALIZED_AT_RUN_TIME = Set.of("jline-native", "onnxruntime");

    /// Libraries that the Kafka client loads only for compressed records, of which the topics have none.
    private static final Set<String> FOR_COMPRESSED_RECORDS = Set.of("lz4-java", "snappy-java", "zstd-jni");

    /// Libraries without native code whose own configuration only lists resources and reflection.
    private static final Set<String> CONFIGURED_BY_THEMSELVES = Set.of("jline-terminal");

    /// Libraries that an extension of Quarkus configures which another extension, or the POM, brings.
    private static final Map<String, String> CONFIGURED_BY_EXTENSION = Map.of(
            "jackson-databind", "quarkus-jackson",
            "kafka-clients", "quarkus-kafka-client",
            "vertx-core", "quarkus-vertx");

    /// Libraries that need no configuration of their own: YAML is written from trees, never from classes; of
    /// the progress bar only its terminal library needs one; picocli's processor writes one for the commands
    /// ([CommandReflectionTest]); CloudEvents are read by code that is registered without reflection.
    private static final Set<String> NEED_NO_CONFIGURATION = Set.of(
            "cloudevents-json-jackson", "cloudevents-kafka", "jackson-dataformat-yaml", "progressbar", "picocli");

    private static final Pattern LIBRARY_OF_A_POM =
            Pattern.compile("<artifactId>([\\w-]+)</artifactId>(?:<version>[^<]*</version>)?</dependency>");

    private static final Path KAFKA_MANIFESTS = Path.of("../../strimzi");

    private final Map<String, Set<String>> libraries = libraries();

    @Test
    void everyLibraryWithNativeCodeIsConfigured() {
        assertThat(having(file -> file.matches(".*\\.(so|dll|jnilib|dylib)")))
                .as(
                        "a library with native code: add --initialize-at-run-time for its package to native-image.properties")
                .containsExactlyInAnyOrderElementsOf(union(INITIALIZED_AT_RUN_TIME, FOR_COMPRESSED_RECORDS));
    }

    @Test
    void everyLibraryWithItsOwnConfigurationIsKnown() {
        assertThat(libraries).as("Quarkus configures netty").containsKey("quarkus-netty");

        assertThat(having(file -> file.startsWith(CONFIGURATION) && !file.endsWith("/")))
                .filteredOn(name -> !name.startsWith("netty-"))
                .as("a library with META-INF/native-image: read it, then list the library")
                .isSubsetOf(union(union(INITIALIZED_AT_RUN_TIME, FOR_COMPRESSED_RECORDS), CONFIGURED_BY_THEMSELVES))
                .containsAll(CONFIGURED_BY_THEMSELVES);
    }

    @Test
    void everyLibraryOfThePomsIsConfigured() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String pom : List.of("pom.xml", "../kafka-source/pom.xml", "../../functions/core/pom.xml")) {
            LIBRARY_OF_A_POM
                    .matcher(Files.readString(Path.of(pom)))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(named::add);
        }
        named.removeIf(library -> library.startsWith("rowcast-"));

        assertThat(named).contains("picocli", "quarkus-reactive-pg-client", "kafka-clients", "onnxruntime");
        assertThat(named)
                .as("a library without an extension of Quarkus: read what it needs, then list it")
                .allMatch(this::isConfigured);
    }

    private boolean isConfigured(String library) {
        return libraries.getOrDefault(library, Set.of()).contains("META-INF/quarkus-extension.properties")
                || libraries.containsKey(CONFIGURED_BY_EXTENSION.getOrDefault(library, ""))
                || INITIALIZED_AT_RUN_TIME.contains(library)
                || NEED_NO_CONFIGURATION.contains(library);
    }

    @Test
    void topicsHaveNoCompressedRecords() throws IOException {
        try (Stream<Path> files = Files.walk(KAFKA_MANIFESTS)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(file).content().as("%s", file).doesNotContain("compression.type"));
        }
    }

    @Test
    void classesThatLoadNativeCodeAreInitializedAtRunTime() {
        List<String> packages = packagesInitializedAtRunTime();
        for (String library : INITIALIZED_AT_RUN_TIME) {
            assertThat(libraries.get(library).stream()
                            .filter(file -> file.matches("(org|com|ai)/.*\\.class"))
                            .map(file -> file.replace('/', '.')))
                    .as(library)
                    .isNotEmpty()
                    .allMatch(name -> packages.stream().anyMatch(each -> name.startsWith(each + ".")));
        }
    }

    @Test
    void classesThatNativeCodeUsesAreInitializedAtRunTime() {
        List<String> packages = packagesInitializedAtRunTime();
        List<String> used = libraries.values().stream()
                .flatMap(Set::stream)
                .filter(file -> file.startsWith(CONFIGURATION) && file.endsWith("/jni-config.json"))
                .flatMap(NativeConfigurationTest::classNames)
                .toList();

        assertThat(used)
                .contains("org.jline.nativ.Kernel32$KEY_EVENT_RECORD")
                .allMatch(name -> packages.stream().anyMatch(each -> name.startsWith(each + ".")));
    }

    private static List<String> packagesInitializedAtRunTime() {
        return Stream.of("rowcast-core", "rowcast-kn-replay")
                .map(module -> CONFIGURATION + "dev.rowcast/" + module + "/native-image.properties")
                .flatMap(file -> Stream.of(arguments(file)))
                .filter(argument -> argument.startsWith(AT_RUN_TIME))
                .flatMap(argument ->
                        Stream.of(argument.substring(AT_RUN_TIME.length()).split(",", -1)))
                .toList();
    }

    private static String[] arguments(String file) {
        Properties properties = new Properties();
        try (InputStream stream = open(file)) {
            properties.load(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("Args").split("\\s+", -1);
    }

    private static Stream<String> classNames(String file) {
        try (InputStream stream = open(file)) {
            JsonNode entries = new JsonMapper().readTree(stream);
            return entries.findValuesAsText("name").stream().filter(name -> name.contains("."));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InputStream open(String file) {
        InputStream stream = NativeConfigurationTest.class.getClassLoader().getResourceAsStream(file);
        assertThat(stream).as(file).isNotNull();
        return stream;
    }

    private Set<String> having(Predicate<String> wanted) {
        return libraries.entrySet().stream()
                .filter(library -> library.getValue().stream().anyMatch(wanted))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    /// The files of each library that is on the class path of the image, by name without version.
    private static Map<String, Set<String>> libraries() {
        Map<String, Set<String>> found = new TreeMap<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            String name = Path.of(entry).getFileName().toString();
            if (name.endsWith(".jar") && !name.startsWith("rowcast-") && !isForTests(entry)) {
                found.merge(name.replaceAll("-\\d.*", ""), files(entry), NativeConfigurationTest::union);
            }
        }
        return found;
    }

    private static boolean isForTests(String jar) {
        return Stream.of("assertj", "bytebuddy", "junit", "surefire", "opentest4j", "apiguardian")
                .anyMatch(jar::contains);
    }

    private static Set<String> files(String jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.stream().map(ZipEntry::getName).collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
