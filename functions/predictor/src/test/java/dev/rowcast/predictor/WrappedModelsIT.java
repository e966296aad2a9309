package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.setup.ProcessOnPostgres;
import dev.rowcast.testkit.station.Database;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Models of other libraries, as `make wrap` writes them, served by the packaged predictor: each row of
/// its event has the score that the model's own library gave. float32 holds the numbers of these rows
/// exactly. For others, a library that scores in doubles may take another branch of a tree: see
/// `trainer-notebook/README.md`.
///
/// `trainer-notebook/tests/wrapped_models.py` makes the models and the scores, `make schema` the tables;
/// `test_wrap.py` and `SchemaSqlTest` hold that they do.
@Timeout(300)
class WrappedModelsIT extends ProcessOnPostgres {

    private static final Path FOLDER = Path.of("src/test/resources/wrapped").toAbsolutePath();
    private static final List<String> COLUMNS = List.of("id", "pages", "minutes", "age");

    /// The rows with the scores of each library, by the name of the column.
    private static List<Map<String, String>> rows;

    @BeforeAll
    static void createTablesAndReadRows() throws IOException {
        postgres.apply(FOLDER.resolve("visits.sql"));
        List<String> lines = Files.readAllLines(FOLDER.resolve("library-scores.csv"));
        List<String> header = List.of(lines.getFirst().split(","));
        rows = lines.stream()
                .skip(1)
                .map(line -> List.of(line.split(",")))
                .map(cells -> header.stream()
                        .collect(Collectors.toMap(name -> name, name -> cells.get(header.indexOf(name)))))
                .toList();
        assertThat(rows).hasSize(300);
    }

    @BeforeEach
    void emptyTheCapturedTable() throws SQLException {
        new Database(postgres).execute("TRUNCATE web.visits_captured");
    }

    /// The committed models: one per column of scores.
    static List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".onnx"))
                    .map(name -> name.replace(".onnx", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void rowsOfEventsGetTheScoresOfTheModelsOwnLibrary(String library) throws Exception {
        assertThat(rows.getFirst())
                .containsKey(library)
                .hasSize(COLUMNS.size() + libraries().size());
        Path model = FOLDER.resolve(library + ".onnx");
        ModelContract contract = contract(model);

        try (PackagedFunction predictor =
                PredictorProcess.start(folder, postgres, Map.of("ROWCAST_MODEL_FILE", model.toString()))) {
            assertThat(predictor
                            .awaitSender()
                            .postAll(rows.stream().map(WrappedModelsIT::insert).toList()))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(204);
        }

        Map<String, Map<String, String>> stored = new Database(postgres)
                .rows("SELECT * FROM web.visits_captured").stream()
                        .collect(Collectors.toMap(row -> row.get("id"), row -> row));
        assertThat(stored).hasSameSizeAs(rows);
        for (Map<String, String> row : rows) {
            double expected = Double.parseDouble(row.get(library));
            Map<String, String> prediction = stored.get(row.get("id"));
            assertThat(Double.parseDouble(prediction.get("again_probability")))
                    .as("row %s", row)
                    .isCloseTo(expected, within(contract.parity().tolerance()));
            assertThat(prediction)
                    .as("row %s", row)
                    .containsEntry("again_prediction", contract.binary().labelOf((float) expected))
                    .containsEntry("model_version", contract.model().version());
        }
        assertThat(stored.values())
                .extracting(row -> row.get("again_prediction"))
                .contains("yes", "no");
    }

    private static ModelContract contract(Path model) {
        try (OnnxScorer scorer = OnnxScorer.load(model)) {
            return scorer.contract();
        }
    }

    /// The insert of a row as Debezium writes it, each at a position of its own.
    private static String insert(Map<String, String> row) {
        String columns = COLUMNS.stream()
                .map(column -> "\"" + column + "\": " + row.get(column))
                .collect(Collectors.joining(", ", "{", ", \"again\": null}"));
        long lsn = Long.parseLong(row.get("id"));
        return DebeziumEvent.of("visits", "c", lsn, lsn, DebeziumEvent.none(), DebeziumEvent.columns(columns))
                .replace("\"schema\":\"public\"", "\"schema\":\"web\"");
    }
}
