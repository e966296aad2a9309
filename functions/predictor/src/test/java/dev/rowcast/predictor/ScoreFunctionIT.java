package dev.rowcast.predictor;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRejected;
import static dev.rowcast.testkit.function.FunctionAnswers.assertRetryLater;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.FunctionAnswers;
import dev.rowcast.testkit.function.TableLock;
import dev.rowcast.testkit.function.setup.ReadyFunction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers of the packaged predictor to the requests of KafkaSource, with a real Postgres that works or fails.
@QuarkusIntegrationTest
@Timeout(300)
@QuarkusTestResource(value = PredictorPostgres.class, restrictToAnnotatedClass = true)
class ScoreFunctionIT extends ReadyFunction {

    private static final ModelContract CONTRACT = ChurnModel.contract();

    private CapturedRows captured;

    @BeforeEach
    void readTheTable() {
        captured = new CapturedRows(postgres);
    }

    @Test
    void changeIsAnsweredWhenItsPredictionIsCommitted() throws Exception {
        HttpResponse<String> answer = sender.post(SourceEvents.insert(10, SourceEvents.row("committed")));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(captured.keys("committed")).containsExactly("committed");
    }

    @Test
    void manyChangesAtOnceAreEachAnsweredAndStored() throws Exception {
        List<String> events = IntStream.range(0, 500)
                .mapToObj(i -> SourceEvents.insert(100 + i, SourceEvents.row("many-" + i)))
                .toList();

        assertThat(sender.postAll(events)).extracting(HttpResponse::statusCode).containsOnly(204);

        assertThat(captured.keys("many-")).hasSize(500);
    }

    @Test
    void bodyWithoutAChangeIsSkipped() throws Exception {
        assertSkipsWhatIsNoChange();
    }

    @Test
    void staleChangeIsASuccess() throws Exception {
        sender.post(SourceEvents.insert(20, SourceEvents.row("stale")));

        assertTaken(SourceEvents.insert(19, SourceEvents.row("stale")));
    }

    @Test
    void deleteIsASuccess() throws Exception {
        sender.post(SourceEvents.insert(20, SourceEvents.row("deleted")));

        assertTaken(SourceEvents.delete(21, DebeziumEvent.columns("{'customerid': 'deleted'}")));
        assertThat(captured.probabilities("deleted")).containsEntry("deleted", 0.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"op": "c"                                  | not-json          | JSON
        {"hello": "world"}                          | no-envelope       | op
        TABLE                                       | table-unknown     | public.elsewhere
        {'customerid': 'bad', 'tenure': null}       | feature-missing   | gender
        {'gender': 'Male'}                          | key-missing       | customerid
        {'tenure': 'many'}                          | feature-type      | tenure
        {'tenure': true}                            | feature-type      | tenure
        {'gender': '\\u0000__debezium_unavailable_value'}  | toast-placeholder | gender
        {'gender': 'a\\u0000b'}                     | column-unreadable | gender
        {'totalcharges': '123456789012.5'}          | feature-type      | a number that numeric(10,2) can hold
        {'seniorcitizen': 40000}                    | feature-type      | a number that smallint can hold
        {'tenure': 12.5}                            | feature-type      | a number that integer can hold
        {'tenure': '1_000'}                         | feature-type      | tenure
        {'customerid': 'bad\\n'}                    | not-storable      | 23514
        """)
    void poisonIsRejectedForGoodAndSaysWhy(String poison, String reason, String message) throws Exception {
        HttpResponse<String> answer = sender.post(bodyOf(poison, reason));

        assertRejected(answer, "predictor", reason, message);
        assertThat(captured.keys("bad")).isEmpty();
    }

    /// A body; or columns that replace those of a good row; or, for a missing column, the whole row.
    private static String bodyOf(String poison, String reason) {
        if (poison.equals("TABLE")) {
            return SourceEvents.event("elsewhere", "c", 1, DebeziumEvent.columns("{}"), SourceEvents.row("bad"));
        }
        if (poison.contains("\"")) {
            return poison;
        }
        ObjectNode columns = DebeziumEvent.columns(poison);
        return SourceEvents.insert(
                1,
                reason.endsWith("-missing") ? columns : SourceEvents.row("bad").setAll(columns));
    }

    @Test
    void poisonAmongManyIsRejectedAlone() throws Exception {
        List<String> events = new ArrayList<>(IntStream.range(0, 60)
                .mapToObj(i -> SourceEvents.insert(100 + i, SourceEvents.row("good-" + i)))
                .toList());
        events.add(30, SourceEvents.insert(1, SourceEvents.row("poison").put("totalcharges", "123456789012.5")));

        List<HttpResponse<String>> answers = new ArrayList<>(sender.postAll(events));

        assertThat(answers.remove(30).statusCode()).isEqualTo(422);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(204);
        assertThat(captured.keys("good-")).hasSize(60);
    }

    @Test
    void goldenRowsGetTheProbabilitiesOfScikitLearn() throws Exception {
        List<String> lines = Files.readAllLines(ChurnModel.GOLDEN_ROWS);
        List<String> events = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            events.add(SourceEvents.insert(
                    1000 + i, golden("golden-" + i, lines.get(i).split(",", -1))));
        }

        assertThat(sender.postAll(events)).extracting(HttpResponse::statusCode).containsOnly(204);

        Map<String, Double> stored = captured.probabilities("golden-");
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            double expected = Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
            double difference = Math.abs(stored.get("golden-" + i) - expected);
            assertThat(difference)
                    .as(line)
                    .isLessThanOrEqualTo(CONTRACT.parity().tolerance());
        }
    }

    private ObjectNode golden(String key, String[] cells) {
        ObjectNode row = SourceEvents.row(key);
        List<Feature> features = CONTRACT.features();
        for (int i = 0; i < features.size(); i++) {
            String name = features.get(i).name();
            String cell = cells[i];
            switch (features.get(i)) {
                case Feature.Numeric _ when cell.isEmpty() -> row.putNull(name);
                case Feature.Numeric _ -> row.put(name, new BigDecimal(cell));
                case Feature.Category _, Feature.Temporal _ -> row.put(name, cell);
            }
        }
        return row;
    }

    @Test
    void killedPostgresMeansRetriesAndNeedsNoRestart() throws Exception {
        postgres.kill();
        List<HttpResponse<String>> answers = sender.postAll(IntStream.range(0, 20)
                .mapToObj(i -> SourceEvents.insert(1, SourceEvents.row("killed-" + i)))
                .toList());

        assertThat(answers).allSatisfy(FunctionAnswers::assertRetryLater);
        health.awaitNotReady("Postgres cannot be reached");

        postgres.start();
        deliver(SourceEvents.insert(1, SourceEvents.row("killed-0")));
        assertThat(captured.keys("killed-")).containsExactly("killed-0");
        health.awaitReady();
    }

    @Test
    void frozenPostgresMeansRetriesAndLeavesNoConnectionStuck() throws Exception {
        sender.postAll(IntStream.range(0, 50)
                .mapToObj(i -> SourceEvents.insert(1, SourceEvents.row("warm-" + i)))
                .toList());
        postgres.freeze();
        try {
            for (int round = 0; round < 3; round++) {
                long start = System.nanoTime();
                HttpResponse<String> answer = sender.post(SourceEvents.insert(1, SourceEvents.row("frozen")));
                assertRetryLater(answer);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            }
            health.awaitNotReady("contract");
        } finally {
            postgres.resume();
        }

        deliver(SourceEvents.insert(1, SourceEvents.row("thawed")));
        health.awaitReady();
        assertThat(sender.postAll(IntStream.range(0, 300)
                        .mapToObj(i -> SourceEvents.insert(1, SourceEvents.row("after-" + i)))
                        .toList()))
                .extracting(HttpResponse::statusCode)
                .containsOnly(204);
    }

    @Test
    void slowStatementIsCancelledAndRetried() throws Exception {
        try (TableLock _ = new TableLock(postgres, "person_churn_history_captured")) {
            assertRetryLater(sender.post(SourceEvents.insert(1, SourceEvents.row("locked"))));
        }

        deliver(SourceEvents.insert(1, SourceEvents.row("locked")));
    }

    @ParameterizedTest
    @CsvSource({
        "person_churn_history_captured, tenure, a number",
        "person_churn_history_captured, source_lsn, a whole number",
        "person_churn_history, monthlycharges, a number",
        "person_churn_history, customerid, 'a text, a number, a boolean, a uuid or a date'"
    })
    void missingColumnIsNamedUntilItIsBack(String table, String column, String expected) throws Exception {
        captured.execute("ALTER TABLE %s RENAME %s TO gone".formatted(table, column));
        try {
            health.awaitNotReady(
                    "table public.%s, column %s: expected %s, found nothing".formatted(table, column, expected));
            HttpResponse<String> answer = sender.post(SourceEvents.insert(1, SourceEvents.row("contract")));
            assertRetryLater(answer);
            assertThat(answer.headers().firstValue("Retry-After")).contains("10");
            assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                    .contains("table public.%s, column %s: expected %s, found nothing"
                            .formatted(table, column, expected));
        } finally {
            captured.execute("ALTER TABLE %s RENAME gone TO %s".formatted(table, column));
        }

        health.awaitReady();
        deliver(SourceEvents.insert(1, SourceEvents.row("contract-" + column)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        person_churn_history_captured | tenure       | smallint      | a type that holds every value of integer
        person_churn_history_captured | totalcharges | numeric(10,1) | a type that holds every value of numeric(10,2)
        person_churn_history          | tenure       | numeric       | a type whose every value integer can hold
        """)
    void typeThatCannotTakeEveryValueIsNamedUntilItIsMended(String table, String column, String type, String expected)
            throws Exception {
        String usual = column.equals("tenure") ? "integer" : "numeric(10,2)";
        String retype = "ALTER TABLE %s ALTER %s TYPE %s";
        captured.execute(retype.formatted(table, column, type));
        try {
            health.awaitNotReady(
                    "table public.%s, column %s: expected %s, found %s".formatted(table, column, expected, type));
        } finally {
            captured.execute(retype.formatted(table, column, usual));
        }

        health.awaitReady();
    }

    @Test
    void generatedFeatureThatIsNotPublishedIsNamedUntilItIs() throws Exception {
        captured.execute("ALTER TABLE person_churn_history RENAME monthlycharges TO gone");
        captured.execute("ALTER TABLE person_churn_history ADD monthlycharges numeric(10,2)"
                + " GENERATED ALWAYS AS (gone) VIRTUAL");
        try {
            health.awaitNotReady("table public.person_churn_history, column monthlycharges: expected a column that"
                    + " publication rowcast publishes, found a generated column that it omits");
            assertRetryLater(sender.post(SourceEvents.insert(1, SourceEvents.row("generated"))));
        } finally {
            captured.execute("ALTER TABLE person_churn_history DROP monthlycharges");
            captured.execute("ALTER TABLE person_churn_history RENAME gone TO monthlycharges");
        }

        health.awaitReady();
    }

    @Test
    void typeOfAColumnMayChangeWhileItHoldsEveryValue() throws Exception {
        assertTaken(SourceEvents.insert(1, SourceEvents.row("retyped")));
        captured.execute("ALTER TABLE person_churn_history_captured ALTER tenure TYPE numeric(12, 2)");
        try {
            deliver(SourceEvents.insert(2, SourceEvents.row("retyped").put("tenure", 7)));
        } finally {
            captured.execute("ALTER TABLE person_churn_history_captured ALTER tenure TYPE integer");
        }
    }

    @Test
    void privilegeThatIsTakenAwayMeansComeAgainLater() throws Exception {
        captured.execute("REVOKE INSERT ON person_churn_history_captured FROM predictor");
        try {
            HttpResponse<String> answer = sender.post(SourceEvents.insert(1, SourceEvents.row("privilege")));
            assertRetryLater(answer);
            assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        } finally {
            captured.execute("GRANT INSERT ON person_churn_history_captured TO predictor");
        }

        deliver(SourceEvents.insert(1, SourceEvents.row("privilege")));
    }

    @Test
    void databaseOfAnotherHistoryTakesNothingNotEvenWhatIsStale() throws Exception {
        sender.deliver(SourceEvents.insert(2, SourceEvents.row("history")));
        captured.execute("UPDATE rowcast_source SET timeline = timeline + 1");
        try {
            for (String event : List.of(
                    SourceEvents.insert(1, SourceEvents.row("history")),
                    SourceEvents.insert(3, SourceEvents.row("history-new")))) {
                HttpResponse<String> answer = sender.post(event);
                assertRetryLater(answer);
                assertThat(answer.headers().firstValue("kne-rowcastmessage").orElseThrow())
                        .contains("ROWCAST_SOURCE_EPOCH is 0, which is recorded for database ");
            }
            assertThat(captured.keys("history-new")).isEmpty();
            health.awaitNotReady("ROWCAST_SOURCE_EPOCH is 0, which is recorded for database ");
        } finally {
            captured.execute("UPDATE rowcast_source SET timeline = timeline - 1");
        }

        health.awaitReady();
        deliver(SourceEvents.insert(3, SourceEvents.row("history-new")));
    }

    @Test
    void tableThatIsNotCapturedMakesItNotReadyAndItSaysWhatMendsIt() throws Exception {
        captured.execute("ALTER PUBLICATION rowcast DROP TABLE person_churn_history");
        try {
            health.awaitNotReady("[ALTER PUBLICATION rowcast ADD TABLE public.person_churn_history]");
        } finally {
            captured.execute("ALTER PUBLICATION rowcast ADD TABLE person_churn_history");
        }

        health.awaitReady();
    }
}
