package dev.rowcast.proof.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.local.PageSetup;
import dev.rowcast.local.page.PageStream;
import dev.rowcast.local.run.RunOverrides;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.TablePlan;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Another table with another model and key, configured by `examples/loan` without code: its rows get the
/// scores of scikit-learn and documents in two indices, and the shipped table is scored too.
class AnotherTableST extends WithSystem {

    /// A golden row of the model.
    ///
    /// @param cells features in the order of the contract; empty for a missing value
    /// @param probability of scikit-learn
    private record Golden(List<String> cells, double probability) {}

    /// The stored prediction of a row.
    private record Prediction(
            double probability, String label, double threshold, String model, String operation, boolean deleted) {}

    private static ModelContract contract;
    private static List<Golden> goldens;

    @BeforeAll
    static void start() throws Exception {
        start(RunSettings.quiet().withAlso(List.of("examples/loan")), RunOverrides.NONE);
        contract = system.contracts().getLast();
        goldens = goldens(CHECKOUT.resolve("trainer-notebook/example/parity.csv"));
        stores.execute("INSERT INTO person_churn_history (customerid, tenure) VALUES ('BESIDE', 1)");
    }

    @Test
    @Order(1)
    void goldenRowsGetTheScoresOfScikitLearn() throws Exception {
        assertThat(goldens).hasSize(contract.parity().rows());
        assertThat(goldens)
                .as("missing values")
                .anyMatch(golden -> golden.cells().contains(""));
        assertThat(goldens).as("unknown categories").anyMatch(AnotherTableST::hasAnUnknownCategory);

        write("INSERT INTO loan_application (%s, id) VALUES (%s, ?)", goldens);

        stores.awaitCaptured("loan_application_captured", goldens.size(), "operation = 'c'");
        Map<Integer, Prediction> predictions = predictions();
        for (int id = 0; id < goldens.size(); id++) {
            assertIsOf(goldens.get(id), predictions.get(id));
        }
        assertThat(predictions.values()).extracting(Prediction::label).contains("good", "bad");
    }

    @Test
    @Order(2)
    void documentsOfBothTablesAreInTheirIndices() {
        TablePlan table = system.tables().getLast();
        for (int id : List.of(0, goldens.size() - 1)) {
            await().atMost(TIMEOUT).untilAsserted(() -> {
                JsonNode row = stores.document(table.sourceIndex(), Integer.toString(id));
                assertThat(row.path("id").asInt(-1)).isEqualTo(id);
                assertThat(row.has("status_probability")).isFalse();
                JsonNode prediction = stores.document(table.capturedIndex(), Integer.toString(id));
                assertThat(prediction.path("status_probability").asDouble())
                        .isCloseTo(
                                goldens.get(id).probability(),
                                within(contract.parity().tolerance()));
                assertThat(prediction.path("extra").isMissingNode())
                        .as("every column is mapped: %s", prediction)
                        .isTrue();
            });
        }
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(stores.document("person_churn_history_captured", "BESIDE")
                                .path("tenure")
                                .asInt())
                        .as("the shipped table, by the same indexer")
                        .isEqualTo(1));
    }

    @Test
    @Order(3)
    void pageShowsTheTable() throws Exception {
        URI page = PageSetup.show(system, RunSettings.quiet(), line -> System.out.println("  " + line));
        String count = "\"" + system.tables().getLast().capturedIndex() + "\":" + goldens.size();

        assertThat(PageStream.shows(page, 1, count))
                .as("a state with all documents")
                .isTrue();
    }

    @Test
    @Order(4)
    void updatedRowsAreScoredAgainAndDeletedRowsMarked() throws Exception {
        write("UPDATE loan_application SET (%s) = ROW(%s) WHERE id = ?", goldens.subList(100, 120));
        stores.execute("DELETE FROM loan_application WHERE id BETWEEN 20 AND 39");

        stores.awaitCaptured("loan_application_captured", 20, "operation = 'u'");
        stores.awaitCaptured("loan_application_captured", 20, "deleted AND operation = 'd'");
        Map<Integer, Prediction> predictions = predictions();
        for (int id = 0; id < goldens.size(); id++) {
            if (id < 20) {
                assertIsOf(goldens.get(100 + id), predictions.get(id));
            } else {
                assertThat(predictions.get(id).deleted()).as("row %d", id).isEqualTo(id < 40);
            }
        }
        assertThat(stores.countCaptured("loan_application_captured", "id < 20 AND previous ->> 'id' = id::text"))
                .isEqualTo(20);
    }

    @Test
    @Order(5)
    void rowWithoutAFeatureIsRejectedAndTheShippedTableIsScored() throws Exception {
        ReceivedDeadLetters letters = ReceivedDeadLetters.fromNowOn(system);
        stores.execute("ALTER TABLE loan_application DROP COLUMN income");
        stores.execute("UPDATE loan_application SET age = 99 WHERE id = 50");
        stores.execute("UPDATE person_churn_history SET tenure = 2 WHERE customerid = 'BESIDE'");

        letters.await("predictor {\"id\":50} 422 feature-missing: table public.loan_application, column income:"
                + " expected a number, found nothing");
        await().atMost(TIMEOUT)
                .until(() -> stores.captured("operation || tenure", "BESIDE").equals("u2"));
        assertThat(stores.countCaptured("loan_application_captured", "age = 99 AND id = 50"))
                .isZero();
        assertThat(letters.all()).hasSize(1);
    }

    private static void assertIsOf(Golden golden, Prediction prediction) {
        assertThat(prediction.probability())
                .as(golden.toString())
                .isCloseTo(golden.probability(), within(contract.parity().tolerance()));
        assertThat(prediction)
                .isEqualTo(new Prediction(
                        prediction.probability(),
                        contract.binary().labelOf((float) golden.probability()),
                        contract.binary().threshold(),
                        contract.model().version(),
                        prediction.operation(),
                        false));
    }

    private static boolean hasAnUnknownCategory(Golden golden) {
        for (int i = 0; i < contract.features().size(); i++) {
            String cell = golden.cells().get(i);
            if (contract.features().get(i) instanceof Feature.Category category
                    && !cell.isEmpty()
                    && !category.categories().contains(cell)) {
                return true;
            }
        }
        return false;
    }

    private static List<Golden> goldens(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).isEqualTo(names() + ",probability");
        List<Golden> goldens = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = List.of(line.split(",", -1));
            assertThat(cells).as(line).hasSize(contract.features().size() + 1).noneMatch(cell -> cell.contains("\""));
            goldens.add(new Golden(cells.subList(0, cells.size() - 1), Double.parseDouble(cells.getLast())));
        }
        return goldens;
    }

    private static String names() {
        return contract.features().stream().map(Feature::name).collect(Collectors.joining(","));
    }

    /// Writes the rows with ids from 0 in one transaction. Values are sent as untyped text, which Postgres
    /// converts to the type of the column.
    private static void write(String sql, List<Golden> rows) throws SQLException {
        String places = contract.features().stream().map(_ -> "?").collect(Collectors.joining(","));
        try (Connection connection = DriverManager.getConnection(stores.jdbc() + "&stringtype=unspecified");
                PreparedStatement statement = connection.prepareStatement(sql.formatted(names(), places))) {
            connection.setAutoCommit(false);
            for (int id = 0; id < rows.size(); id++) {
                List<String> cells = rows.get(id).cells();
                for (int i = 0; i < cells.size(); i++) {
                    statement.setString(i + 1, cells.get(i).isEmpty() ? null : cells.get(i));
                }
                statement.setInt(cells.size() + 1, id);
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
            connection.commit();
        }
    }

    private static Map<Integer, Prediction> predictions() throws SQLException {
        return stores
                .query(
                        "SELECT id, status_probability, status_prediction, status_threshold, model_version, operation,"
                                + " deleted FROM loan_application_captured",
                        found -> Map.entry(
                                found.getInt(1),
                                new Prediction(
                                        found.getDouble(2),
                                        found.getString(3),
                                        found.getDouble(4),
                                        found.getString(5),
                                        found.getString(6),
                                        found.getBoolean(7))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
