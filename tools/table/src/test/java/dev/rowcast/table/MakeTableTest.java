package dev.rowcast.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowcast.testkit.folder.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MakeTableTest {

    @TempDir
    Path checkout;

    /// The output of the last run.
    private String printed = "";

    @ParameterizedTest
    @CsvSource({
        "loan, trainer-notebook/example/loan.onnx, ''",
        "penguins, examples/penguins/penguins.onnx, ACTION=class CLASS=Chinstrap",
        "ridership, examples/ridership/ridership.onnx, ''"
    })
    void exampleIsWhatTheCommandWrites(String name, String model, String more) throws Exception {
        Path example = Checkout.find().resolve("examples").resolve(name);

        Map<String, String> environment = words(more);
        environment.put("MODEL", Checkout.find().resolve(model).toString());
        assertThat(run(environment)).isZero();

        Path written = checkout.resolve("examples").resolve(name);
        assertThat(contents(written).keySet()).isEqualTo(contents(example).keySet());
        contents(example)
                .forEach((file, content) -> assertThat(written.resolve(file))
                        .as("make table MODEL=%s %s writes %s", model, more, file)
                        .hasBinaryContent(content));
    }

    @Test
    void secondRunWritesNothing() throws Exception {
        make();
        SortedMap<String, FileTime> before = times();

        assertThat(make()).isZero();

        assertThat(times()).isEqualTo(before);
        assertThat(printed)
                .isEqualTo("examples/loan has everything that the table needs; next: examples/loan/README.md\n");
    }

    @Test
    void modelInTheFolderItselfIsEnough() throws Exception {
        make();

        assertThat(run("MODEL", "examples/loan/loan.onnx")).isZero();
    }

    @Test
    void editedFileIsLeftAndNamed() throws Exception {
        make();
        String edited = edit("service.yaml", "max-scale: \"4\"", "max-scale: \"8\"");

        assertThat(make()).isEqualTo(1);

        assertThat(checkout.resolve("examples/loan/service.yaml")).hasContent(edited);
        assertThat(printed.lines())
                .containsExactly(
                        "examples/loan has everything that the table needs; next: examples/loan/README.md",
                        "  service.yaml: left, because it was edited",
                        "Edited files were left. DIFF=yes shows what would change, FORCE=yes replaces them.");
        assertThat(make()).as("the next run leaves it too").isEqualTo(1);
    }

    @Test
    void diffShowsWhatForceWouldChangeAndWritesNothing() throws Exception {
        make();
        String edited = edit("service.yaml", "max-scale: \"4\"", "max-scale: \"8\"");

        assertThat(make("DIFF", "yes")).isEqualTo(1);

        assertThat(printed)
                .startsWith("--- a/service.yaml\n+++ b/service.yaml\n@@")
                .contains("\n-        autoscaling.knative.dev/max-scale: \"8\"\n")
                .contains("\n+        autoscaling.knative.dev/max-scale: \"4\"\n");
        assertThat(checkout.resolve("examples/loan/service.yaml")).hasContent(edited);
    }

    @Test
    void forceReplacesAnEditedFileAndSaysSo() throws Exception {
        make();
        edit("service.yaml", "max-scale: \"4\"", "max-scale: \"8\"");

        assertThat(make("FORCE", "yes")).isZero();

        assertThat(printed).contains("  service.yaml: replaced, although it was edited\n");
        assertThat(Files.readString(checkout.resolve("examples/loan/service.yaml")))
                .contains("max-scale: \"4\"");
        assertThat(make("DIFF", "yes")).isZero();
    }

    @Test
    void filesOfSomebodyElseAreNotOverwritten() throws Exception {
        Path mine = checkout.resolve("examples/loan/topics.yaml");
        Files.createDirectories(mine.getParent());
        Files.writeString(mine, "mine\n");

        assertThat(make()).isEqualTo(1);

        assertThat(mine).hasContent("mine");
        assertThat(printed).contains("  topics.yaml: left, because it was edited\n");
    }

    @Test
    void fileOfAnEarlierRunThatIsNoLongerNeededGoesUnlessItWasEdited() throws Exception {
        run("MODEL", StrangeContracts.LOAN_FILE.toString(), "NAME", "loan", "OUT", "mine/");
        run("MODEL", StrangeContracts.LOAN_FILE.toString(), "NAME", "credit", "OUT", "mine");

        assertThat(checkout.resolve("mine/loan.onnx")).doesNotExist();
        assertThat(checkout.resolve("mine/credit.onnx")).exists();
        assertThat(printed).contains("  indexer-tables/loan.properties: deleted\n");
    }

    @Test
    void actionInAnotherServerIsRefusedInOneLine() {
        Map<String, String> environment =
                words("MODEL=a.onnx ACTION=threshold EXISTING=postgresql://db.example.com/shop");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableRequest.of(environment))
                .withMessage(
                        "ACTION needs a table in the server of postgres/cluster.yaml, whose outbox the connector outbox"
                                + " reads; EXISTING is another server");
    }

    @Test
    void actionThatIsNoLongerAskedForIsDeleted() throws Exception {
        make("ACTION", "threshold");
        assertThat(checkout.resolve("examples/loan/action.yaml")).exists();

        make();

        assertThat(printed).contains("  action.yaml: deleted\n", "  index-templates/rowcast-loan_case.json: deleted\n");
        assertThat(contents(checkout.resolve("examples/loan")).keySet())
                .isEqualTo(contents(Checkout.find().resolve("examples/loan")).keySet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            loan      | BOUND=9                                   | BOUND needs ACTION=threshold, class, above or below
            loan      | ACTION=above BOUND=9                      | ACTION is above, and the label status has two labels: ACTION=threshold
            loan      | ACTION=threshold THRESHOLD=1.5            | THRESHOLD is 1.5, and must be above 0 and at most 1
            loan      | ACTION=threshold THRESHOLD=high           | THRESHOLD is high, which is no number
            loan      | ACTION=threshold BOUND=9                  | BOUND has no meaning for ACTION=threshold
            loan      | ACTION=threshold THRESHOLD=.2 HYSTERESIS=.2 | HYSTERESIS is 0.2, and must be 0 or more and below 0.2, or no case would ever be closed
            loan      | ACTION=threshold NAME=retention           | NAME is retention, whose cases would be those of the shipped action; choose another one
            penguins  | ACTION=class                              | CLASS is missing, and must be one of Adelie, Chinstrap, Gentoo
            penguins  | ACTION=class CLASS=Emperor                | CLASS is Emperor, and must be one of Adelie, Chinstrap, Gentoo
            ridership | ACTION=above                              | BOUND is missing: the value of the prediction that opens a case
            ridership | ACTION=below BOUND=9 THRESHOLD=.5         | THRESHOLD has no meaning for ACTION=below
            ridership | ACTION=below BOUND=9 HYSTERESIS=-1        | HYSTERESIS is -1, and must be 0 or more, or no case would ever be closed
            """)
    void actionThatDoesNotFitTheModelIsRefusedInOneLine(String example, String typed, String line) throws Exception {
        Map<String, String> environment = words(typed);
        environment.put(
                "MODEL",
                Checkout.find()
                        .resolve("examples/%1$s/%1$s.onnx".formatted(example))
                        .toString());

        assertThatIllegalArgumentException().isThrownBy(() -> run(environment)).withMessage(line);
    }

    @Test
    void modelBehindALinkIsNotOverwritten() throws Exception {
        Path another = Files.writeString(checkout.resolve("another.onnx"), "another model");
        Path link = checkout.resolve("examples/loan/loan.onnx");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, another);

        make("FORCE", "yes");

        assertThat(another).hasContent("another model");
        assertThat(link).hasSameBinaryContentAs(StrangeContracts.LOAN_FILE);
    }

    @Test
    void wrongVariableIsNamedInOneLine() throws Exception {
        for (Map<String, String> wrong : List.of(
                Map.<String, String>of(),
                Map.of("MODEL", "a.onnx", "NAME", "A"),
                Map.of("MODEL", "a.onnx", "DIFF", "maybe"),
                Map.of("MODEL", "a.onnx", "APPLY", "yes"),
                Map.of("MODEL", "a.onnx", "DIFF", "yes", "FORCE", "yes"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TableRequest.of(wrong))
                    .withMessageNotContaining("\n");
        }
    }

    private int make(String... variables) throws SQLException {
        Map<String, String> environment = new TreeMap<>(Map.of("MODEL", StrangeContracts.LOAN_FILE.toString()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return run(environment);
    }

    private int run(String... variables) throws SQLException {
        Map<String, String> environment = new TreeMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return run(environment);
    }

    private int run(Map<String, String> environment) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int code = MakeTable.run(
                TableRequest.of(environment), checkout, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        printed = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    /// Variables as they are typed after `make table`.
    private static Map<String, String> words(String typed) {
        Map<String, String> variables = new TreeMap<>();
        for (String word : typed.split(" ", -1)) {
            if (!word.isEmpty()) {
                variables.put(word.replaceFirst("=.*", ""), word.replaceFirst(".*?=", ""));
            }
        }
        return variables;
    }

    private String edit(String file, String text, String replacement) throws IOException {
        Path path = checkout.resolve("examples/loan").resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(text);
        Files.writeString(path, before.replace(text, replacement));
        return before.replace(text, replacement);
    }

    private SortedMap<String, FileTime> times() throws IOException {
        SortedMap<String, FileTime> times = new TreeMap<>();
        for (String file : contents(checkout).keySet()) {
            times.put(file, Files.getLastModifiedTime(checkout.resolve(file)));
        }
        return times;
    }

    private static SortedMap<String, byte[]> contents(Path folder) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
