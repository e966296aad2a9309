package dev.rowcast.testkit.function;

import dev.rowcast.testkit.folder.Checkout;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The libraries of a function, and what a native image is told about each: an extension of Quarkus
/// configures what it brings, other libraries need a configuration. One without fails in the tests, not in
/// a native build, which takes minutes and a GraalVM.
///
/// @param named the libraries in the POMs of the function and of our modules that it uses, without those of
///     tests
/// @param jars  the JAR files of the class path, by library
public record ImageLibraries(Set<String> named, Map<String, Path> jars) {

    private static final String EXTENSION = "META-INF/quarkus-extension.properties";
    private static final String CONFIGURATION = "META-INF/native-image/";

    /// Libraries that an extension configures which another extension brings.
    private static final Map<String, String> BY_EXTENSION = Map.of("jackson-databind", "quarkus-jackson");

    /// Libraries that our own modules configure; `NativeImageTest` compares the configuration with the
    /// library.
    private static final Set<String> BY_OURSELVES = Set.of("onnxruntime");

    private static final String OURS = "rowcast-";
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
    private static final Pattern OF_TESTS = Pattern.compile("<scope>(test|provided)</scope>");

    /// The libraries of the function under test.
    ///
    /// @param function the folder of its module
    public static ImageLibraries of(String function) {
        Set<String> named = new TreeSet<>();
        addNamed(function, named);
        return new ImageLibraries(named, jarsOfTheClassPath());
    }

    /// The named libraries that are extensions of Quarkus.
    public Set<String> extensions() {
        Set<String> extensions = new TreeSet<>();
        for (String library : named) {
            if (contains(library, EXTENSION)) {
                extensions.add(library);
            }
        }
        return extensions;
    }

    /// The named libraries about which a native image is told nothing.
    public Set<String> unconfigured() {
        Set<String> unconfigured = new TreeSet<>(named);
        unconfigured.removeAll(extensions());
        unconfigured.removeAll(BY_OURSELVES);
        unconfigured.removeIf(library ->
                contains(library, CONFIGURATION) || jars.containsKey(BY_EXTENSION.getOrDefault(library, "")));
        return unconfigured;
    }

    private boolean contains(String library, String entry) {
        if (!jars.containsKey(library)) {
            throw new AssertionError("The class path has no " + library);
        }
        try (JarFile jar = new JarFile(jars.get(library).toFile())) {
            return jar.stream().anyMatch(file -> file.getName().startsWith(entry));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void addNamed(String module, Set<String> named) {
        String pom = text(Checkout.find().resolve("functions/" + module + "/pom.xml"));
        for (MatchResult dependency : DEPENDENCY
                .matcher(pom.replaceAll("(?s)<build>.*", ""))
                .results()
                .toList()) {
            if (!OF_TESTS.matcher(dependency.group(1)).find()) {
                String artifact = ARTIFACT.matcher(dependency.group(1))
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElseThrow();
                if (artifact.startsWith(OURS)) {
                    addNamed(artifact.substring(OURS.length()), named);
                } else {
                    named.add(artifact);
                }
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, Path> jarsOfTheClassPath() {
        Map<String, Path> jars = new TreeMap<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path file = Path.of(entry);
            if (entry.endsWith(".jar")) {
                jars.put(file.getFileName().toString().replaceAll("-\\d.*", ""), file);
            }
        }
        return jars;
    }
}
