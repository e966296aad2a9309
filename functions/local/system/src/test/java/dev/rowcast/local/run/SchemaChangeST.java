package dev.rowcast.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.local.audit.Audit;
import dev.rowcast.local.audit.IndependentScorer;
import dev.rowcast.local.chaos.fault.SecondModel;
import dev.rowcast.local.chaos.verdict.OfAnotherModel;
import dev.rowcast.local.folder.Checkout;
import dev.rowcast.local.knative.source.RetryPolicy;
import dev.rowcast.local.run.DeadLetters.Letter;
import dev.rowcast.model.ModelContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The source table changes its shape, and its model its version, while its rows change all the time. The system is
/// started once, so the tests have an order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SchemaChangeST {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /// A process that is another one has been restarted, not gone idle.
    private static final Duration NEVER = Duration.ofHours(1);

    private static final String NO_TENURE =
            "table public.person_churn_history, column tenure: expected a number, found nothing";
    private static final String TENURE_IS_TEXT =
            "table public.person_churn_history, column tenure: expected a number, found text";
    private static final String TENURE_IS_MANY =
            "table public.person_churn_history, column tenure: expected a number, found \"many\"";

    /// More than the rows of two chunks of an incremental snapshot.
    private static final int BULK = 2_100;

    private static Checkout checkout;
    private static Path model;
    private static LocalSystem system;
    private static Stores stores;
    private static DeadLetters deadLetters;

    /// Letters that there were when the test began.
    private int before;

    private RowFlow flow;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        checkout = Checkout.find();
        model = folder.resolve("model.onnx");
        Files.copy(checkout.resolve("trainer-notebook/model/churn.onnx"), model);
        system = LocalSystem.start(
                checkout,
                folder,
                RunSettings.quiet().withIdle(NEVER),
                new FewTries(),
                line -> System.out.println("  " + line));
        stores = new Stores(system);
        deadLetters = new DeadLetters(
                system.stations().kafka().address(),
                system.manifests().sinks().getFirst().topic());
        insert("FLOW-", RowFlow.CUSTOMERS);
        insert("ROW-", 3);
        awaitTruth(system.contract(), model);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @BeforeEach
    void letRowsFlow() {
        before = deadLetters.all().size();
        flow = RowFlow.of(stores.jdbc());
        await().atMost(PATIENCE)
                .until(() ->
                        system.activators().get("predictor").status().state().equals("up"));
    }

    @AfterEach
    void endTheFlow() throws Exception {
        flow.end();
    }

    @Test
    @Order(1)
    void addedColumnIsIndexedAndNothingIsRejected() throws Exception {
        long process = predictor();
        stores.execute("ALTER TABLE person_churn_history ADD COLUMN loyalty text");
        stores.execute("UPDATE person_churn_history SET loyalty = 'gold' WHERE customerid = 'ROW-1'");
        awaitFlow();
        flow.end();

        awaitTruth(system.contract(), model);
        assertThat(stores.document("person_churn_history", "ROW-1")
                        .path("loyalty")
                        .asText())
                .isEqualTo("gold");
        assertThat(deadLetters.all()).isEmpty();
        assertThat(predictor()).isEqualTo(process);
    }

    @Test
    @Order(2)
    void droppedColumnIsNamedAndRowsFlowAgainWhenItIsBackWithItsValues() throws Exception {
        long process = predictor();
        stores.superuser("CREATE TABLE kept AS SELECT customerid, tenure FROM person_churn_history");
        stores.superuser("ALTER TABLE person_churn_history DROP COLUMN tenure");
        awaitNotReady(NO_TENURE);
        stores.execute("UPDATE person_churn_history SET monthlycharges = 77 WHERE customerid = 'ROW-1'");
        stores.execute("DELETE FROM person_churn_history WHERE customerid = 'ROW-2'");

        awaitLetter("predictor ROW-1 422 feature-missing: " + NO_TENURE);
        awaitLetter("predictor ROW-2 503 : " + NO_TENURE);
        assertThat(stores.captured("deleted", "ROW-2")).isEqualTo("f");

        stores.superuser("ALTER TABLE person_churn_history ADD COLUMN tenure integer;"
                + "UPDATE person_churn_history row SET tenure = kept.tenure FROM kept"
                + " WHERE kept.customerid = row.customerid");
        awaitReady();
        awaitFlow();
        flow.end();

        replay();

        awaitTruth(system.contract(), model);
        assertThat(stores.captured("monthlycharges", "ROW-1")).isEqualTo("77.00");
        assertThat(stores.captured("deleted", "ROW-2")).isEqualTo("t");
        assertThat(predictor()).isEqualTo(process);
    }

    /// What was said of a row under the column's other name lacks the feature for ever: the row says it again.
    @Test
    @Order(3)
    void renamedColumnIsNamedAndItsRowsAreScoredWhenTheySayItAgain() throws Exception {
        long process = predictor();
        stores.execute("ALTER TABLE person_churn_history RENAME COLUMN tenure TO months");
        awaitNotReady(NO_TENURE);
        stores.execute("UPDATE person_churn_history SET months = 33 WHERE customerid = 'ROW-1'");
        awaitLetter("predictor ROW-1 422 feature-missing: " + NO_TENURE);

        stores.execute("ALTER TABLE person_churn_history RENAME COLUMN months TO tenure");
        awaitReady();
        awaitFlow();
        flow.end();

        replay();

        assertThat(audit(system.contract(), model)).contains("captured table, ROW-1: tenure is 1, not 33");
        stores.execute("UPDATE person_churn_history SET tenure = tenure WHERE customerid = 'ROW-1'");
        awaitTruth(system.contract(), model);
        assertThat(predictor()).isEqualTo(process);
    }

    @Test
    @Order(4)
    void retypedColumnIsNamedWithItsValuesAndRejectedRowsReplayWhenItIsBack() throws Exception {
        long process = predictor();
        stores.execute("ALTER TABLE person_churn_history ALTER COLUMN tenure TYPE text USING tenure::text");
        awaitNotReady(TENURE_IS_TEXT);
        stores.execute("UPDATE person_churn_history SET tenure = 'many' WHERE customerid = 'ROW-3'");
        stores.execute("UPDATE person_churn_history SET tenure = '44' WHERE customerid = 'ROW-1'");

        awaitLetter("predictor ROW-3 422 feature-type: " + TENURE_IS_MANY);
        awaitLetter(
                "indexer ROW-3 422 not-storable: index person_churn_history: ",
                "failed to parse field [tenure] of type [integer]",
                "'many'");
        awaitLetter("predictor ROW-1 503 : " + TENURE_IS_TEXT);

        stores.execute("UPDATE person_churn_history SET tenure = '12' WHERE customerid = 'ROW-3'");
        awaitLetter("predictor ROW-3 503 : " + TENURE_IS_TEXT);
        stores.execute("ALTER TABLE person_churn_history ALTER COLUMN tenure TYPE integer USING tenure::integer");
        awaitReady();
        awaitFlow();
        flow.end();
        assertThat(audit(system.contract(), model))
                .contains("captured table, ROW-1: tenure is 33, not 44", "captured table, ROW-3: tenure is 3, not 12");

        replay();

        awaitTruth(system.contract(), model);
        assertThat(predictor()).isEqualTo(process);
    }

    @Test
    @Order(5)
    void snapshotThroughTheSignalTableScoresTheWholeTableAgainWhileRowsFlow() throws Exception {
        insert("BULK-", BULK);
        awaitBulk();
        ModelContract second = SecondModel.put(checkout.resolve("trainer-notebook/model/churn.onnx"), model, 1);
        ProcessHandle.of(predictor()).orElseThrow().destroyForcibly();
        stores.superuser("INSERT INTO rowcast_signal VALUES ('again', 'execute-snapshot',"
                + " '{\"type\": \"incremental\", \"data-collections\": [\"public.person_churn_history\"]}')");
        awaitFlow();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(OfAnotherModel.rows(stores.jdbc(), second))
                        .isEmpty());
        flow.end();

        awaitTruth(second, model);
        assertThat(second.model().version())
                .isNotEqualTo(system.contract().model().version());
        assertThat(stores.count("SELECT count(*) FROM person_churn_history_captured WHERE customerid LIKE 'BULK-%'"
                        + " AND operation = 'c' AND source_lsn > 0"))
                .as("rows that were scored again where they stood")
                .isEqualTo(BULK);
        assertThat(stores.count("SELECT count(*) FROM person_churn_history_captured WHERE customerid LIKE 'FLOW-%'"
                        + " AND operation = 'u'"))
                .as("rows whose newest change won over the snapshot")
                .isEqualTo(RowFlow.CUSTOMERS);
        assertThat(deadLetters.all()).hasSize(before);
    }

    /// Few and short tries, so that what cannot be delivered soon is a dead letter, and a model that can be replaced.
    private static final class FewTries implements Wiring {
        @Override
        public Map<String, String> environment(Stations stations) {
            return Map.of("ROWCAST_MODEL_FILE", model.toString());
        }

        @Override
        public RetryPolicy retries(RetryPolicy manifest) {
            return new RetryPolicy(6, RetryPolicy.BackOff.LINEAR, Duration.ofMillis(50), manifest.timeout());
        }
    }

    private static void insert(String prefix, int count) throws SQLException {
        stores.execute(
                "INSERT INTO person_churn_history (customerid, gender, seniorcitizen, partner, dependents, tenure,"
                        + " phoneservice, multiplelines, internetservice, contract, paperlessbilling, paymentmethod,"
                        + " monthlycharges, totalcharges) SELECT '" + prefix
                        + "' || n, 'Female', 0, 'Yes', 'No', n % 70, 'Yes',"
                        + " 'No', 'DSL', 'Month-to-month', 'Yes', 'Electronic check', 20 + n % 80, n % 4000"
                        + " FROM generate_series(1, " + count + ") n");
    }

    private static long predictor() {
        return system.activators().get("predictor").status().pid().orElseThrow();
    }

    /// Until every customer of the flow has a prediction of a change that was made after now.
    private static void awaitFlow() throws SQLException {
        long now = stores.lsn();
        await().atMost(PATIENCE)
                .until(() -> stores.count("SELECT count(*) FROM person_churn_history_captured"
                                + " WHERE customerid LIKE 'FLOW-%' AND source_lsn > " + now)
                        == RowFlow.CUSTOMERS);
    }

    private static void awaitBulk() {
        await().atMost(PATIENCE)
                .until(() -> stores.count("SELECT count(*) FROM person_churn_history_captured"
                                + " WHERE customerid LIKE 'BULK-%'")
                        == BULK);
    }

    private static void awaitNotReady(String why) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> readiness = readiness();
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("\"contract\": \"" + why + "\"");
        });
    }

    private static void awaitReady() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(readiness().statusCode()).isEqualTo(200));
    }

    private static HttpResponse<String> readiness() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(system.address("predictor").resolve("/q/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /// Until one says all of this, that came since the test began.
    private void awaitLetter(String... words) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters.all().stream().skip(before))
                        .extracting(Letter::toString)
                        .anySatisfy(letter -> assertThat(letter).contains(words)));
    }

    /// Sends every letter again that came since the test began, and waits until those have come back whose own
    /// bytes cannot be handled: for the same reason, with the same bytes, under the same id, and no others.
    private void replay() throws Exception {
        List<Letter> letters = deadLetters.all();
        List<Letter> replayed = letters.subList(before, letters.size());
        List<String> poison = replayed.stream()
                .filter(letter -> !letter.reason().isEmpty())
                .map(SchemaChangeST::text)
                .toList();
        deadLetters.replay(replayed);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                deadLetters.all().stream().skip(letters.size()).map(SchemaChangeST::text))
                        .containsExactlyInAnyOrderElementsOf(poison));
    }

    private static String text(Letter letter) {
        return String.join(
                " ",
                letter.toString(),
                letter.id(),
                new String(letter.event().key(), UTF_8),
                new String(letter.event().value(), UTF_8));
    }

    /// Until everything is delivered and nothing differs.
    private static void awaitTruth(ModelContract contract, Path model) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(audit(contract, model)).isEmpty());
    }

    private static List<String> audit(ModelContract contract, Path model) throws Exception {
        try (IndependentScorer scorer = new IndependentScorer(model, contract)) {
            URI elasticsearch = URI.create(system.stations().elasticsearch().address());
            return new Audit(stores.jdbc(), elasticsearch, contract, scorer).differences();
        }
    }
}
