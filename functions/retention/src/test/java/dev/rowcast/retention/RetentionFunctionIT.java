package dev.rowcast.retention;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.setup.ReadyFunction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cases, their events and the answers to the requests of KafkaSource, with a real Postgres.
@QuarkusIntegrationTest
@Timeout(300)
@QuarkusTestResource(value = RetentionPostgres.class, restrictToAnnotatedClass = true)
class RetentionFunctionIT extends ReadyFunction {

    private static final JsonMapper JSON = new JsonMapper();
    private static final double HIGH = 0.6;
    private static final double BETWEEN = 0.22;
    private static final double LOW = 0.1;

    private StoredCases cases;

    @BeforeEach
    void readTheTables() {
        cases = new StoredCases(postgres);
    }

    @Test
    void probabilityAtTheThresholdOpensACaseAndSendsAnEvent() throws Exception {
        deliver(CapturedEvents.scored("opened", 10, CapturedEvents.THRESHOLD));

        assertThat(cases.of("opened"))
                .containsEntry("status", "open")
                .containsEntry("case_number", "1")
                .containsEntry("probability", "0.25")
                .containsEntry("threshold", "0.25")
                .containsEntry("model_version", "churn-1")
                .containsEntry("opened_utc", "2026-03-01 12:00:00.123")
                .doesNotContainKeys("closed_at", "closed_because");
        assertThat(cases.positions()).containsEntry("opened", new Position(0, 10, 10));
        assertThat(cases.events("opened")).containsExactly("opened");
        assertThat(payload("opened")).isEqualTo(JSON.readTree("""
                {"customerid": "opened", "status": "open", "case_number": 1, "probability": 0.25, "threshold": 0.25,
                 "model_version": "churn-1", "opened_at": "%s", "position": {"epoch": 0, "commit": 10, "lsn": 10}}""".formatted(DebeziumEvent.ISO_TIME)));
        assertThat(cases.outboxRows()).isEqualTo("0");
    }

    @Test
    void probabilityThatFallsBelowClosesTheCase() throws Exception {
        deliver(CapturedEvents.scored("fallen", 10, HIGH));
        deliver(CapturedEvents.scored("fallen", 20, LOW));

        assertClosed("fallen", "below-threshold").containsEntry("probability", "0.1");
        assertThat(cases.events("fallen")).containsExactly("opened", "closed");
    }

    @Test
    void probabilityBetweenTheTwoThresholdsDecidesNothing() throws Exception {
        deliver(CapturedEvents.scored("kept-open", 10, HIGH));
        deliver(CapturedEvents.scored("kept-open", 20, BETWEEN));
        deliver(CapturedEvents.scored("never", 10, BETWEEN));

        assertThat(cases.status("kept-open")).isEqualTo("open");
        assertThat(cases.of("never")).isEmpty();
    }

    @Test
    void changeThatDecidesNothingHoldsBackNoneThatArrivesAfterIt() throws Exception {
        deliver(CapturedEvents.scored("overtaken", 20, BETWEEN));
        deliver(CapturedEvents.scored("overtaken", 10, HIGH));

        assertThat(cases.status("overtaken")).isEqualTo("open");
    }

    @Test
    void deletedCustomerHasNoOpenCase() throws Exception {
        deliver(CapturedEvents.scored("gone", 10, HIGH));
        deliver(CapturedEvents.deleted("gone", 20));

        assertClosed("gone", "deleted").doesNotContainKeys("probability", "threshold", "model_version");
        assertThat(cases.events("gone")).containsExactly("opened", "closed");
        deliver(CapturedEvents.scored("gone", 15, HIGH));
        assertThat(cases.status("gone")).isEqualTo("closed");
    }

    /// Another session's insert waited for the transaction of the delete, so it has the lower LSN.
    @Test
    void judgementThatCommittedSecondWinsWithALowerLsn() throws Exception {
        deliver(CapturedEvents.scored("waited", 100, 300, LOW));
        deliver(CapturedEvents.scored("waited", 400, 200, HIGH));
        deliver(CapturedEvents.scored("overtaking", 400, 200, HIGH));
        deliver(CapturedEvents.scored("overtaking", 100, 300, LOW));

        for (String customer : List.of("waited", "overtaking")) {
            assertThat(cases.of(customer))
                    .containsEntry("status", "open")
                    .containsEntry("captured_commit", "400")
                    .containsEntry("captured_lsn", "200");
        }
    }

    @Test
    void lsnOrdersTheJudgementsOfOneTransaction() throws Exception {
        deliver(CapturedEvents.scored("within", 100, 208, HIGH));
        deliver(CapturedEvents.scored("within", 100, 200, LOW));

        assertThat(cases.status("within")).isEqualTo("open");
    }

    @Test
    void caseOfTheReleaseBeforeTakesLaterTransactionsOnly() throws Exception {
        cases.execute("""
                INSERT INTO retention_case (customerid, status, case_number, probability, threshold, opened_at, captured_lsn)
                VALUES ('before-commits', 'open', 1, 0.9, 0.25, now(), 300)""");

        deliver(CapturedEvents.scored("before-commits", 100, 200, LOW));
        assertThat(cases.status("before-commits")).isEqualTo("open");
        deliver(CapturedEvents.scored("before-commits", 350, 250, LOW));
        assertThat(cases.of("before-commits"))
                .containsEntry("status", "closed")
                .containsEntry("captured_commit", "350");
    }

    /// The release before sets epoch and LSN of a case and knows no commit.
    @Test
    void caseThatTheReleaseBeforeTurnsHasNoCommit() throws Exception {
        deliver(CapturedEvents.scored("rolling", 100, 200, HIGH));
        cases.execute("UPDATE retention_case SET captured_lsn = 500 WHERE customerid = 'rolling'");
        assertThat(cases.of("rolling")).doesNotContainKey("captured_commit");

        deliver(CapturedEvents.scored("rolling", 300, 400, LOW));
        assertThat(cases.status("rolling")).isEqualTo("open");
        deliver(CapturedEvents.scored("rolling", 550, 600, LOW));
        assertThat(cases.status("rolling")).isEqualTo("closed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "churn_probability": "much", "churn_threshold": [], "model_version": 7
            "churn_probability": 1.5, "tenure": "a\\u0000b"
            "tenure": 1e131072, "predicted_at": "never", "source_ts": {}
            "tenure": "\\u0000__debezium_unavailable_value", "gender": "x\\ud83d"
            "totalcharges": "NaN", "monthlycharges": {"scale": 2, "value": "*"}
            "previous": "{\\"a\\": \\"\\\\u0000\\"}", "operation": null
            """)
    void caseIsClosedWhateverElseTheDeletedRowHolds(String columns) throws Exception {
        String customer = "damaged-" + Integer.toHexString(columns.hashCode());
        deliver(CapturedEvents.scored(customer, 10, HIGH));
        deliver(damaged("u", 20, "after", customer, columns + ",\"deleted\":true"));

        assertClosed(customer, "deleted");

        deliver(CapturedEvents.scored(customer, 30, HIGH));
        deliver(damaged("d", 40, "before", customer, columns));

        assertClosed(customer, "deleted").containsEntry("case_number", "2");
    }

    private static String damaged(String op, long lsn, String side, String customer, String columns) {
        String row = "{\"customerid\":\"%s\",%s}".formatted(customer, columns);
        return CapturedEvents.event(CapturedEvents.TABLE, op, lsn, DebeziumEvent.none())
                .replace("\"before\":null,\"after\":null", "\"%s\":%s".formatted(side, row));
    }

    @Test
    void customerWhoComesBackGetsASecondCase() throws Exception {
        deliver(CapturedEvents.scored("back", 10, HIGH));
        deliver(CapturedEvents.scored("back", 20, LOW));
        deliver(CapturedEvents.scored("back", 30, HIGH));

        assertThat(cases.of("back"))
                .containsEntry("status", "open")
                .containsEntry("case_number", "2")
                .doesNotContainKeys("closed_at", "closed_because");
        assertThat(cases.events("back")).containsExactly("opened", "closed", "opened");
    }

    @Test
    void sameChangeTwiceOpensOneCase() throws Exception {
        String change = CapturedEvents.scored("twice", 10, HIGH);

        assertThat(sender.postAll(Collections.nCopies(40, change)))
                .extracting(HttpResponse::statusCode)
                .containsOnly(204);
        deliver(change);

        assertThat(cases.of("twice")).containsEntry("case_number", "1");
        assertThat(cases.events("twice")).containsExactly("opened");
    }

    @Test
    void lateOlderChangeNeverReopensNorCloses() throws Exception {
        deliver(CapturedEvents.scored("late", 10, HIGH));
        deliver(CapturedEvents.scored("late", 30, LOW));
        deliver(CapturedEvents.scored("late", 20, HIGH));
        deliver(CapturedEvents.scored("unseen", 30, LOW));
        deliver(CapturedEvents.scored("unseen", 20, HIGH));
        deliver(CapturedEvents.scored("still", 10, HIGH));
        deliver(CapturedEvents.scored("still", 30, HIGH));
        deliver(CapturedEvents.scored("still", 20, LOW));

        assertThat(cases.status("late")).isEqualTo("closed");
        assertThat(cases.events("late")).containsExactly("opened", "closed");
        assertThat(cases.status("unseen")).isEqualTo("none");
        assertThat(cases.events("unseen")).isEmpty();
        assertThat(cases.status("still")).isEqualTo("open");
        assertThat(cases.events("still")).containsExactly("opened");
    }

    @Test
    void readNeverOverwritesAStreamedChange() throws Exception {
        deliver(CapturedEvents.read("read", HIGH));
        assertThat(cases.status("read")).isEqualTo("open");
        deliver(CapturedEvents.scored("read", 1, LOW));
        deliver(CapturedEvents.read("read", HIGH));

        assertThat(cases.status("read")).isEqualTo("closed");
    }

    @Test
    void newScoreOfAnUnchangedRowIsJudged() throws Exception {
        deliver(CapturedEvents.scored("again", 10, HIGH));
        ObjectNode rescored =
                CapturedEvents.row("again", 0.3).put("churn_threshold", 0.5).put("model_version", "churn-2");
        deliver(CapturedEvents.event(CapturedEvents.TABLE, "u", 20, rescored));

        assertThat(cases.of("again"))
                .containsEntry("status", "closed")
                .containsEntry("threshold", "0.5")
                .containsEntry("model_version", "churn-2");
    }

    @Test
    void anyOrderAndAnyRepetitionEndsInTheSameCases() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 10; round++) {
            String customer = "shuffled-" + round;
            List<String> changes = new ArrayList<>();
            String expected = "";
            for (int lsn = 1; lsn <= 30; lsn++) {
                double probability = List.of(HIGH, BETWEEN, LOW).get(random.nextInt(3));
                changes.add(CapturedEvents.scored(customer, lsn, probability));
                expected = probability == HIGH ? "open" : probability == LOW ? "not open" : expected;
            }
            changes.addAll(List.copyOf(changes));
            Collections.shuffle(changes, random);

            assertThat(sender.postAll(changes))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(204);

            List<String> events = cases.events(customer);
            assertThat(cases.status(customer).equals("open") ? "open" : "not open")
                    .isEqualTo(expected);
            assertThat(IntStream.range(0, events.size()).mapToObj(i -> i % 2 == 0 ? "opened" : "closed"))
                    .containsExactlyElementsOf(events);
            assertThat(events.size() % 2 == 1).isEqualTo(expected.equals("open"));
        }
    }

    @Test
    void manyChangesAtOnceAreEachAnsweredAndStored() throws Exception {
        List<String> changes = IntStream.range(0, 500)
                .mapToObj(i -> CapturedEvents.scored("many-" + i, 100 + i, i % 2 == 0 ? HIGH : LOW))
                .toList();

        assertThat(sender.postAll(changes)).extracting(HttpResponse::statusCode).containsOnly(204);

        assertThat(cases.count("many-", "open")).isEqualTo(250);
        assertThat(cases.count("many-", "none")).isEqualTo(250);
    }

    @Test
    void bodyWithoutAChangeIsSkipped() throws Exception {
        assertSkipsWhatIsNoChange();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op": "c"                                    | not-json        | JSON
            {"hello": "world"}                            | no-envelope     | op
            TABLE                                         | table-unknown   | public.elsewhere
            {"customerid": null}                          | key-missing     | customerid
            {"churn_probability": null}                   | feature-missing | churn_probability
            {"churn_threshold": null}                     | feature-missing | churn_threshold
            {"model_version": null}                       | feature-missing | model_version
            {"churn_probability": "much"}                 | feature-type    | churn_probability
            {"churn_probability": 1.5}                    | feature-type    | churn_probability
            {"customerid": "poison\\n"}                   | not-storable    | case_key_is_deliverable
            """)
    void poisonIsRejectedForGoodAndSaysWhy(String poison, String reason, String message) throws Exception {
        HttpResponse<String> answer = sender.post(bodyOf(poison));

        assertRejected(answer, "retention", reason, message);
        assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                .hasValueSatisfying(text -> assertThat(text).doesNotContain("Failing row"));
    }

    /// A body; or columns that replace those of a good row.
    private static String bodyOf(String poison) throws Exception {
        if (poison.equals("TABLE")) {
            return CapturedEvents.event("elsewhere", "u", 1, CapturedEvents.row("poison", HIGH));
        }
        if (poison.contains("hello") || poison.contains("op\"")) {
            return poison;
        }
        ObjectNode row = CapturedEvents.row("poison", HIGH);
        row.setAll((ObjectNode) JSON.readTree(poison));
        return CapturedEvents.event(CapturedEvents.TABLE, "u", 1, row);
    }

    @Test
    void poisonAmongManyIsRejectedAlone() throws Exception {
        List<String> changes = new ArrayList<>(IntStream.range(0, 60)
                .mapToObj(i -> CapturedEvents.scored("good-" + i, 100 + i, HIGH))
                .toList());
        changes.add(30, CapturedEvents.scored("bad\n", 1, HIGH));

        List<HttpResponse<String>> answers = new ArrayList<>(sender.postAll(changes));

        assertThat(answers.remove(30).statusCode()).isEqualTo(422);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(204);
        assertThat(cases.count("good-", "open")).isEqualTo(60);
    }

    private MapAssert<String, String> assertClosed(String customer, String because) throws SQLException {
        return assertThat(cases.of(customer))
                .containsEntry("status", "closed")
                .containsEntry("closed_because", because);
    }

    private JsonNode payload(String customer) throws Exception {
        String insert = cases.inserts(customer).getFirst();
        return JSON.readTree(insert.substring(insert.indexOf('{')));
    }
}
