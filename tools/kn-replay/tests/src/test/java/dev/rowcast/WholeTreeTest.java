package dev.rowcast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Rules for the sources of every module. This is the last module of the build, so that all classes are compiled.
class WholeTreeTest {

    private static final Pattern TEST_NAME = Pattern.compile(
            "@(?:Test|ParameterizedTest|Property|RepeatedTest)\\b[^;{]*?\\bvoid (\\w+)\\(", Pattern.DOTALL);
    /// Elasticsearch keeps the constructor of its plugins to this package.
    private static final Path PLUGIN_PACKAGE = Path.of("org/elasticsearch/plugins");
    private static final int LONGEST_TEST_NAME = 60;
    private static final int LARGEST_CLASS = 250;

    private static final List<Path> SOURCES = new ArrayList<>();
    private static final List<Path> CLASSES = new ArrayList<>();

    @BeforeAll
    static void readTheTree() throws IOException {
        for (String part : List.of("functions", "tools")) {
            Files.walkFileTree(Checkout.find().resolve(part), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (folder.endsWith("target")) {
                        CLASSES.add(folder.resolve("classes"));
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".java")) {
                        SOURCES.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        assertThat(SOURCES).hasSizeGreaterThan(500);
    }

    @Test
    void noPackageIsInACircle() {
        slices().matching("dev.rowcast.(**)").should().beFreeOfCycles().check(classes());
    }

    @Test
    void shippedFunctionsUseNoTools() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.rowcast.predictor..",
                        "dev.rowcast.indexer..",
                        "dev.rowcast.retention..",
                        "dev.rowcast.endpoint..",
                        "dev.rowcast.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.rowcast.testkit..", "dev.rowcast.local..", "dev.rowcast.proof..", "dev.rowcast.replay..")
                .check(classes());
    }

    @Test
    void everyFileNameOccursOnce() {
        assertThat(SOURCES)
                .filteredOn(file -> !file.endsWith("package-info.java"))
                .extracting(file -> file.getFileName().toString())
                .doesNotHaveDuplicates();
    }

    @Test
    void mainPackageHasThreeToTwelveFiles() {
        Map<Path, Long> sizes = SOURCES.stream()
                .filter(file -> isIn(file, "main"))
                .collect(groupingBy(Path::getParent, Collectors.counting()));

        assertThat(sizes)
                .allSatisfy((folder, files) -> assertThat(files)
                        .as("files in %s", folder)
                        .isBetween(folder.endsWith(PLUGIN_PACKAGE) ? 1L : 3L, 12L));
        assertThat(sizes.keySet())
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java")).exists());
    }

    @Test
    void noClassIsTooLarge() {
        assertThat(SOURCES)
                .filteredOn(file -> isIn(file, "main"))
                .allSatisfy(file -> assertThat(codeLines(file)).as("%s", file).isLessThanOrEqualTo(LARGEST_CLASS));
    }

    @Test
    void noTestSleeps() {
        String sleep = "Thread." + "sleep(";

        assertThat(SOURCES)
                .filteredOn(file -> isIn(file, "test"))
                .allSatisfy(file ->
                        assertThat(text(file)).as("%s: use Awaitility", file).doesNotContain(sleep));
    }

    @Test
    void testNamesAreShortEnoughToRead() {
        List<String> names = SOURCES.stream()
                .filter(file -> isIn(file, "test"))
                .flatMap(file -> TEST_NAME.matcher(text(file)).results().map(found -> found.group(1)))
                .toList();

        assertThat(names).hasSizeGreaterThan(500);
        assertThat(names).allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(LONGEST_TEST_NAME));
    }

    @Test
    void testsThatADocumentNamesExist() {
        List<MatchResult> named = Pattern.compile("`(\\w+(?:Test|IT|ST))\\.(\\w+)`")
                .matcher(text(Checkout.find().resolve("docs/knative.md")))
                .results()
                .toList();

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(test -> assertThat(SOURCES)
                        .filteredOn(file -> file.endsWith(test.group(1) + ".java"))
                        .singleElement()
                        .satisfies(file -> assertThat(text(file)).contains("void " + test.group(2) + "(")));
    }

    @Test
    void everyPublicTypeIsDocumented() {
        Pattern type = Pattern.compile(
                "(?m)^(.*)\\R(?:@.*\\R)*public (?:final |sealed |abstract )*(?:class|record|interface|enum|@interface) (\\w+)");

        assertThat(SOURCES).filteredOn(file -> isIn(file, "main")).allSatisfy(file -> {
            Matcher found = type.matcher(text(file));
            if (found.find()) {
                assertThat(text(file).substring(0, found.end())).as("%s", file).contains("\n/// ");
            }
        });
    }

    private static JavaClasses classes() {
        return new ClassFileImporter()
                .importPaths(CLASSES.stream().filter(Files::isDirectory).toList());
    }

    private static boolean isIn(Path file, String kind) {
        return file.toString().contains("/src/" + kind + "/java/");
    }

    private static long codeLines(Path file) {
        return text(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .count();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
