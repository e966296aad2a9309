package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.Addresses;
import dev.rowcast.local.PageSetup;
import dev.rowcast.local.page.PageStream;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.station.Database;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each command of `docs/tutorial.md`, as it is written there and in its order. Only `make run` is the local system of
/// this process, with the variables of the document and with free ports.
@Timeout(1200)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TutorialST {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ROWS = 344;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static Tutorial tutorial;
    private static ShadowCheckout shadow;
    private static LocalSystem system;
    private static Database database;
    private static URI page;
    private static String addresses;

    @BeforeAll
    static void followTheDocumentUpToTheRunningSystem() throws Exception {
        tutorial = Tutorial.read(Checkout.find().resolve("docs/tutorial.md"));
        shadow = ShadowCheckout.in(Files.createDirectories(folder.resolve("checkout")));
        shadow.run(tutorial.next("make describe")).output();
        shadow.run(tutorial.next("mine.toml")).output();
        shadow.run(tutorial.next("make train")).output();
        shadow.run(tutorial.next("make table")).output();
        start(tutorial.next("make run"));
        addresses = tutorial.next("addresses.json");
    }

    private static void start(String command) throws Exception {
        Map<String, String> variables = new HashMap<>();
        Arrays.stream(command.strip().split("\\s+"))
                .filter(word -> word.contains("="))
                .forEach(word ->
                        variables.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
        RunSettings written = RunSettings.of(variables);
        RunSettings settings = new RunSettings(
                written.load(),
                written.idle(),
                RunSettings.quiet().ports(),
                written.also().stream()
                        .map(table -> shadow.root().resolve(table).toString())
                        .toList(),
                false);
        Path data = Files.createDirectories(shadow.root().resolve(".rowcast"));
        system = LocalSystem.start(Checkout.find(), data, settings, line -> System.out.println("  " + line));
        database = new Database(system.stations().postgres());
        page = PageSetup.show(system, settings, line -> System.out.println("  " + line));
        system.with(new Addresses(system, page, data.resolve("addresses.json")));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Order(1)
    @Test
    void trainerGivesTheVerdictThatTheDocumentQuotes() throws Exception {
        JsonNode verdict = JSON.readTree(shadow.root()
                .resolve("trainer-notebook/build/mine/verdict.json")
                .toFile());

        assertThat(Tutorial.withoutFigures(verdict.path("sentence").asText())).isEqualTo(tutorial.verdict());
        assertThat(shadow.root().resolve("trainer-notebook/build/mine/report.html"))
                .isNotEmptyFile();
    }

    @Order(1)
    @Test
    void describeThatFailsLeavesNoFile() throws Exception {
        ShadowCheckout.Ended ended = shadow.run("make describe DATA=none.csv LABEL=sex KEY=id > none.toml");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("none.csv").doesNotContain("Traceback");
        assertThat(shadow.root().resolve("none.toml")).doesNotExist();
    }

    /// Step 2 and step 3 at once, as the document says at the end of step 3, with an action.
    @Order(1)
    @Test
    void oneCommandTrainsAndWritesTheSameTable() throws Exception {
        ShadowCheckout.Ended ended = shadow.run(
                "make table TABLE=mine.toml DATA=docs/tutorial/penguin_sex.csv QUICK=yes OUT=examples/once ACTION=threshold");

        assertThat(ended.output()).contains("examples/once has everything that the table needs");
        Path once = shadow.root().resolve("examples/once");
        Path steps = shadow.root().resolve("examples/penguin-sex");
        for (String file : List.of("service.yaml", "connector.yaml", "index-templates/rowcast-penguin_sex.json")) {
            assertThat(once.resolve(file)).hasSameTextualContentAs(steps.resolve(file));
        }
        assertThat(once.resolve("penguin-sex.onnx")).isNotEmptyFile();
        assertThat(once.resolve("parity.csv")).isNotEmptyFile();
        assertThat(once.resolve("action.yaml")).content().contains("value: penguin_sex_case\n");
    }

    @Order(2)
    @Test
    void everyRowOfTheFileIsScored() throws Exception {
        run(tutorial.next("copy penguin_sex"));

        await().atMost(PATIENCE).until(() -> count("true") == ROWS);
        // These rows trained the model; a wrong mapping of columns would show in the answers.
        assertThat(count("sex = sex_prediction")).isGreaterThan(count("sex IS NOT NULL") * 9 / 10);
        assertThat(count("(sex_prediction = 'female') <> (sex_probability >= sex_threshold)"))
                .isZero();
    }

    @Order(3)
    @Test
    void insertedRowIsShownWithItsScore() throws Exception {
        run(tutorial.next("INSERT INTO penguin_sex"));

        String shown = tutorial.next("SELECT id, sex_probability");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(run(shown)).contains("1001", "female", "(1 row)"));
    }

    @Order(4)
    @Test
    void changedRowIsScoredAgainAndDeletedRowIsMarked() throws Exception {
        run(tutorial.next("UPDATE penguin_sex"));

        String shown = tutorial.next("SELECT sex_prediction, operation");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run(shown).lines().map(line -> line.replace(" ", "")))
                        .contains("|d|t", "male|u|f"));
    }

    @Order(5)
    @Test
    void documentOfTheRowIsFoundAndThePageCountsTheRows() throws Exception {
        String search = tutorial.next("curl");
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode hits = JSON.readTree(run(search)).at("/hits/hits");
            assertThat(hits).hasSize(1);
            assertThat(hits.at("/0/_source/sex_prediction").asText()).isEqualTo("male");
        });
        // One row more than the file, and one of them is deleted.
        assertThat(PageStream.shows(page, 1, "\"rowcast-penguin_sex_captured\":" + ROWS))
                .isTrue();
    }

    @Order(6)
    @Test
    void replayReadsTheRowsAgainAndChangesNoPrediction() throws Exception {
        List<String> before = predictions();

        assertThat(run(tutorial.next("kn-replay snapshot"))).contains("complete, " + ROWS + " rows read");

        assertThat(predictions()).isEqualTo(before);
        assertThat(tutorial.left()).as("commands that this test does not run").isEmpty();
    }

    /// Runs a block in a shell that knows the addresses, as the document says.
    private static String run(String block) throws Exception {
        return shadow.run(addresses + block).output();
    }

    private static List<String> predictions() throws SQLException {
        return database.list(
                "SELECT id || ' ' || sex_prediction FROM penguin_sex_captured WHERE NOT deleted ORDER BY id");
    }

    private static long count(String condition) throws SQLException {
        return Long.parseLong(database.text("SELECT count(*) FROM penguin_sex_captured WHERE " + condition));
    }
}
