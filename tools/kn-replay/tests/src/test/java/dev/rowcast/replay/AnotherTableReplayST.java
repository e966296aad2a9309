package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.local.Addresses;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.station.Database;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kn replay` for a table beside the shipped one, with the whole local system, and the action of a second one
/// ([CaseEvents]).
@Timeout(600)
class AnotherTableReplayST {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Checkout CHECKOUT = Checkout.find();
    private static final int ROWS = 50;
    private static final String FEATURES = "island, bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, sex";
    private static final String MODEL =
            CHECKOUT.resolve("examples/loan/loan.onnx").toString();

    @TempDir
    private static Path folder;

    private static LocalSystem system;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        Path data = Files.createDirectories(folder.resolve(".rowcast"));
        system = LocalSystem.start(
                CHECKOUT,
                data,
                RunSettings.quiet().withAlso(List.of("examples/penguins", "examples/loan")),
                line -> System.out.println("  " + line));
        database = new Database(system.stations().postgres());
        system.with(new Addresses(system, URI.create("http://127.0.0.1"), data.resolve("addresses.json")));
        database.execute(
                "app",
                "INSERT INTO loan_application (id, seniority, home, \"time\", age, marital, records, job, expenses, income,"
                        + " assets, debt, amount, price) SELECT n, n % 20, 'rent', 36, 20 + n, 'married', 'no', 'fixed', 60,"
                        + " 100, 0, 0, 500, 900 FROM generate_series(1, " + ROWS + ") n");
        await().atMost(PATIENCE).until(() -> count("true") == ROWS);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void snapshotFollowsTheNotificationsOfTheTablesConnector() throws Exception {
        long before = answered();

        JsonNode snapshot =
                kn("snapshot", "loan_application", "-o", "json").exits(0).json();

        assertThat(snapshot.path("status").asText()).isEqualTo("COMPLETED");
        assertThat(snapshot.path("rows").asInt()).isEqualTo(ROWS);
        await().atMost(PATIENCE).until(() -> answered() >= before + ROWS);
        assertThat(count("operation = 'c'"))
                .as("a read never overwrites a change")
                .isEqualTo(ROWS);
    }

    @Test
    void tablesOfTwoConnectorsAreRefusedTogether() throws Exception {
        assertThat(kn("snapshot", "loan_application", "person_churn_history")
                        .exits(2)
                        .err())
                .contains("different connectors capture loan_application and person_churn_history");
    }

    @Test
    void modelsOfTheTableAreCompared() throws Exception {
        JsonNode compared = kn(
                        "compare",
                        "--model-a",
                        MODEL,
                        "--model-b",
                        MODEL,
                        system.tables().getLast().sourceTopic(),
                        "-o",
                        "json")
                .exits(0)
                .json();

        assertThat(compared.path("scored").asInt()).isGreaterThanOrEqualTo(ROWS);
        assertThat(compared.path("flipped").asInt()).isZero();
    }

    /// The rows are two of the model's golden rows.
    @Test
    void changesOpenAndCloseACaseOfAnotherTableOnce() throws Exception {
        String chinstrap = "'Dream', 42.5, 17.3, 187, 3350, 'female'";
        database.execute("app", "INSERT INTO penguin (" + FEATURES + ", id) VALUES (" + chinstrap + ", 1)");

        await().atMost(PATIENCE).until(() -> penguin().equals("open 1 Chinstrap"));
        await().atMost(PATIENCE).until(() -> document().path("status").asText().equals("open"));
        assertThat(document().path("prediction").asText()).isEqualTo("Chinstrap");

        update("'Torgersen', 35.5, 17.5, 190, 3700, 'female'");

        await().atMost(PATIENCE).until(() -> document().path("status").asText().equals("closed"));
        assertThat(document().path("closed_because").asText()).isEqualTo("another-class");
        assertThat(document().path("extra").isMissingNode())
                .as("%s", document())
                .isTrue();

        JsonNode replayed = kn(
                        "topic", "penguins.public.penguin_captured", "--sink", "ksvc:retention-penguins", "-o", "json")
                .exits(0)
                .json();

        assertThat(replayed.path("accepted").asInt()).isEqualTo(2);
        assertThat(penguin()).isEqualTo("closed 1 Adelie");

        update(chinstrap);

        await().atMost(PATIENCE).until(() -> document().path("case_number").asInt() == 2);
        assertThat(events())
                .as("one for each case that was opened or closed, and none of the replay")
                .containsExactly(
                        "dev.rowcast.penguins.case.opened",
                        "dev.rowcast.penguins.case.closed",
                        "dev.rowcast.penguins.case.opened");
        assertThat(database.text("SELECT count(*) FROM retention_case"))
                .as("cases of the shipped table")
                .isEqualTo("0");
    }

    private static void update(String values) throws SQLException {
        database.execute("app", "UPDATE penguin SET (" + FEATURES + ") = (" + values + ") WHERE id = 1");
    }

    private static String penguin() throws SQLException {
        List<String> found =
                database.list("SELECT concat_ws(' ', status, case_number, prediction) FROM penguins_case WHERE id = 1");
        return found.isEmpty() ? "" : found.getFirst();
    }

    private static List<String> events() {
        return CaseEvents.types(system.stations().kafka().address(), "churn.events.penguins_case");
    }

    private static JsonNode document() throws Exception {
        return CaseEvents.document(system.stations().elasticsearch().address() + "/rowcast-penguins_case/_doc/1");
    }

    private static KnReplayProcess.Result kn(String... arguments) throws Exception {
        return KnReplayProcess.run(
                folder,
                Stream.concat(Stream.of(arguments), Stream.of("--local")).toArray(String[]::new));
    }

    private static long answered() {
        return system.activators().get("predictor-loan").status().answers().getOrDefault(204, 0L);
    }

    private static long count(String condition) throws SQLException {
        return Long.parseLong(database.text("SELECT count(*) FROM loan_application_captured WHERE " + condition));
    }
}
