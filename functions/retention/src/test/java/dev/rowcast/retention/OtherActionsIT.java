package dev.rowcast.retention;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.setup.ProcessOnPostgres;
import dev.rowcast.testkit.station.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The packaged function as an action on other tables: other keys, other rules, other case tables and other events, by
/// configuration alone. The case tables are those that `make cases` prints.
@Timeout(300)
class OtherActionsIT extends ProcessOnPostgres {

    private static final JsonMapper JSON = new JsonMapper();

    /// A binary label and a number as key.
    private static final Map<String, String> LOANS = Map.of(
            "ROWCAST_ACTION_CAPTURED_TABLE", "loan_application_captured",
            "ROWCAST_ACTION_CAPTURED_KEY", "id",
            "ROWCAST_ACTION_CAPTURED_LABEL", "status",
            "ROWCAST_ACTION_RULE_KIND", "threshold",
            "ROWCAST_ACTION_RULE_HYSTERESIS", "0.1",
            "ROWCAST_ACTION_CASES_TABLE", "loan_case",
            "ROWCAST_ACTION_EVENT_AGGREGATE", "loan_case",
            "ROWCAST_ACTION_EVENT_TYPE", "com.example.loan.case",
            "ROWCAST_ACTION_EVENT_SOURCE", "/example/loan");

    /// Several classes, names that need quotes, and a key of two columns.
    private static final Map<String, String> CUSTOMERS = Map.ofEntries(
            Map.entry("ROWCAST_ACTION_CAPTURED_SCHEMA", "Sales"),
            Map.entry("ROWCAST_ACTION_CAPTURED_TABLE", "Kunden \"A\""),
            Map.entry("ROWCAST_ACTION_CAPTURED_KEY", "Land,Kunden Nr"),
            Map.entry("ROWCAST_ACTION_CAPTURED_LABEL", "Risk"),
            Map.entry("ROWCAST_ACTION_RULE_KIND", "class"),
            Map.entry("ROWCAST_ACTION_RULE_CLASS", "very high"),
            Map.entry("ROWCAST_ACTION_RULE_THRESHOLD", "0.5"),
            Map.entry("ROWCAST_ACTION_CASES_SCHEMA", "Sales"),
            Map.entry("ROWCAST_ACTION_CASES_TABLE", "Fälle \"A\""),
            Map.entry("ROWCAST_ACTION_EVENT_AGGREGATE", "risk_case"),
            Map.entry("ROWCAST_ACTION_EVENT_TYPE", "com.example.risk"),
            Map.entry("ROWCAST_ACTION_EVENT_SOURCE", "https://example.com/risk"));

    /// A number as label, and a uuid as key.
    private static final Map<String, String> HOUSES = Map.of(
            "ROWCAST_ACTION_CAPTURED_TABLE", "house_captured",
            "ROWCAST_ACTION_CAPTURED_KEY", "house",
            "ROWCAST_ACTION_CAPTURED_LABEL", "price",
            "ROWCAST_ACTION_RULE_KIND", "below",
            "ROWCAST_ACTION_RULE_BOUND", "100000",
            "ROWCAST_ACTION_RULE_HYSTERESIS", "5000",
            "ROWCAST_ACTION_CASES_TABLE", "house_case",
            "ROWCAST_ACTION_EVENT_AGGREGATE", "house_case",
            "ROWCAST_ACTION_EVENT_TYPE", "com.example.house",
            "ROWCAST_ACTION_EVENT_SOURCE", "/example/house");

    /// The inserts into the outbox that its slot has still to send, as text.
    private static final String EVENTS = """
            SELECT data FROM pg_logical_slot_peek_binary_changes(
                'rowcast_outbox', NULL, NULL, 'proto_version', '1', 'publication_names', 'rowcast_outbox')
            WHERE get_byte(data, 0) = ascii('I')""";

    @BeforeAll
    static void createCaseTables() throws Exception {
        for (String name : List.of("loan_case", "risk_case", "house_case")) {
            new Database(postgres).execute(resource("cases/" + name + ".sql"));
        }
    }

    @Test
    void secondTableOpensItsOwnCasesWithItsOwnEvents() throws Exception {
        try (PackagedFunction action = RetentionProcess.act(folder, postgres, LOANS)) {
            EventClient sender = action.awaitSender();
            sender.deliver(loan(17, 10, 0.9));
            sender.deliver(loan(17, 10, 0.9));
            sender.deliver(loan(18, 10, 0.35));

            assertThat(row("loan_case", "id = 17"))
                    .containsEntry("status", "open")
                    .containsEntry("case_number", "1")
                    .containsEntry("probability", "0.9")
                    .containsEntry("threshold", "0.4")
                    .containsEntry("model_version", "loan-1")
                    .containsEntry("captured_lsn", "10");
            assertThat(row("loan_case", "id = 18")).isEmpty();

            sender.deliver(loan(17, 30, 0.2));
            sender.deliver(loan(17, 20, 0.9));

            assertThat(row("loan_case", "id = 17"))
                    .containsEntry("status", "closed")
                    .containsEntry("closed_because", "below-threshold");
        }
        List<String> events = events("\"id\":\"17\"");
        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).contains("loan_case", "com.example.loan.case.opened", "/example/loan");
        assertThat(events.getLast()).contains("loan_case", "com.example.loan.case.closed", "/example/loan");
        assertThat(payload(events.getFirst())).isEqualTo(JSON.readTree("""
                {"id": "17", "status": "open", "case_number": 1, "probability": 0.9, "threshold": 0.4,
                 "model_version": "loan-1", "opened_at": "%s", "position": {"epoch": 0, "commit": 10, "lsn": 10}}""".formatted(DebeziumEvent.ISO_TIME)));
        assertThat(new Database(postgres).text("SELECT count(*) FROM retention_case"))
                .isEqualTo("0");
        assertThat(new Database(postgres).text("SELECT count(*) FROM outboxevent"))
                .isEqualTo("0");
    }

    @Test
    void keyThatIsNoValueOfItsColumnIsRejectedAlone() throws Exception {
        try (PackagedFunction action = RetentionProcess.act(folder, postgres, LOANS)) {
            List<String> changes = new ArrayList<>(
                    IntStream.range(100, 120).mapToObj(id -> loan(id, id, 0.9)).toList());
            changes.add(7, loan(0, 5, 0.9).replace("\"id\":0", "\"id\":\"seven\""));
            List<HttpResponse<String>> answers =
                    new ArrayList<>(action.awaitSender().postAll(changes));

            assertRejected(answers.remove(7), "retention", "not-storable", "bigint");
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(204);
            assertThat(row("loan_case", "id = 119")).containsEntry("status", "open");
        }
    }

    @Test
    void classOpensCasesOfRowsWithAKeyOfTwoColumnsAndQuotedNames() throws Exception {
        String table = "\"Sales\".\"Fälle \"\"A\"\"\"";
        try (PackagedFunction action = RetentionProcess.act(folder, postgres, CUSTOMERS)) {
            EventClient sender = action.awaitSender();
            sender.deliver(customer("D|E", 1, 10, "very high", 0.7));
            sender.deliver(customer("D|E", 2, 11, "low", 0.9));
            sender.deliver(customer("D", 1, 12, "very high", 0.48));

            assertThat(row(table, "\"Land\" = 'D|E' AND \"Kunden Nr\" = 1"))
                    .containsEntry("status", "open")
                    .containsEntry("prediction", "very high")
                    .containsEntry("probability", "0.7")
                    .containsEntry("threshold", "0.5");
            assertThat(row(table, "\"Land\" = 'D|E' AND \"Kunden Nr\" = 2")).containsEntry("status", "none");
            assertThat(row(table, "\"Land\" = 'D'")).isEmpty();

            sender.deliver(customer("D|E", 1, 20, "low", 0.6));

            assertThat(row(table, "\"Kunden Nr\" = 1"))
                    .containsEntry("status", "closed")
                    .containsEntry("closed_because", "another-class")
                    .containsEntry("prediction", "low");
        }
        List<String> events = events("\"Land\":\"D|E\"");
        assertThat(events).hasSize(2);
        assertThat(events.getFirst())
                .contains("risk_case", "com.example.risk.opened", "https://example.com/risk", "D\\|E|1")
                .contains("\"Land\":\"D|E\",\"Kunden Nr\":\"1\"");
    }

    @Test
    void boundOpensACaseAndTheDeletedRowClosesIt() throws Exception {
        String house = "6f1c1c1e-1c1c-4c1c-8c1c-1c1c1c1c1c1c";
        try (PackagedFunction action = RetentionProcess.act(folder, postgres, HOUSES)) {
            EventClient sender = action.awaitSender();
            sender.deliver(house(house, 10, 99_999.5));
            sender.deliver(house(house, 20, 104_999));

            assertThat(row("house_case", "house = '" + house + "'"))
                    .containsEntry("status", "open")
                    .containsEntry("prediction", "99999.5")
                    .containsEntry("bound", "100000")
                    .containsEntry("captured_lsn", "10");

            sender.deliver(house(house, 30, 0).replace("\"deleted\":false", "\"deleted\":true"));

            assertThat(row("house_case", "house = '" + house + "'"))
                    .containsEntry("status", "closed")
                    .containsEntry("closed_because", "deleted")
                    .doesNotContainKeys("prediction", "bound", "model_version");
        }
        assertThat(events(house)).hasSize(2);
    }

    @Test
    void anyOrderAndAnyRepetitionEndsInTheSameCases() throws Exception {
        Random random = new Random(11);
        List<String> changes = new ArrayList<>();
        for (int nr = 1000; nr < 1050; nr++) {
            for (int lsn = 1; lsn <= 6; lsn++) {
                changes.add(customer("shuffled", nr, lsn, lsn % 2 == nr % 2 ? "very high" : "low", 0.8));
            }
        }
        changes.addAll(List.copyOf(changes));
        Collections.shuffle(changes, random);
        try (PackagedFunction action = RetentionProcess.act(folder, postgres, CUSTOMERS)) {
            assertThat(action.awaitSender().postAll(changes))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(204);
        }

        String open = """
                SELECT count(*) FROM "Sales"."Fälle ""A""\"
                WHERE "Land" = 'shuffled' AND status = 'open' AND captured_lsn = 6 AND "Kunden Nr" % 2 = 0""";
        assertThat(new Database(postgres).text(open)).isEqualTo("25");
        assertThat(new Database(postgres)
                        .text(open.replace("= 'open'", "<> 'open'").replace("% 2 = 0", "% 2 = 1")))
                .isEqualTo("25");
    }

    @Test
    void missingCaseTableIsTheReasonWhyItIsNotReady() throws Exception {
        Map<String, String> elsewhere = new HashMap<>(LOANS);
        elsewhere.put("ROWCAST_ACTION_CASES_TABLE", "nowhere");
        try (PackagedFunction action = RetentionProcess.act(folder, postgres, elsewhere)) {
            action.health().awaitNotReady("public.nowhere");
        }
    }

    private static String loan(int id, long lsn, double probability) {
        return event(
                "loan_application_captured",
                lsn,
                DebeziumEvent.none()
                        .put("id", id)
                        .put("status_probability", probability)
                        .put("status_threshold", 0.4)
                        .put("model_version", "loan-1"));
    }

    private static String customer(String land, int nr, long lsn, String prediction, double probability) {
        ObjectNode row = DebeziumEvent.none()
                .put("Land", land)
                .put("Kunden Nr", nr)
                .put("Risk_prediction", prediction)
                .put("Risk_probability", probability)
                .put("model_version", "risk-1");
        return event("Kunden \"A\"", lsn, row).replace("\"schema\":\"public\"", "\"schema\":\"Sales\"");
    }

    private static String house(String house, long lsn, double price) {
        return event(
                "house_captured",
                lsn,
                DebeziumEvent.none()
                        .put("house", house)
                        .put("price_prediction", price)
                        .put("model_version", "house-1"));
    }

    private static String event(String table, long lsn, ObjectNode row) {
        return DebeziumEvent.of(table, "u", lsn, lsn, DebeziumEvent.none(), row.put("deleted", false));
    }

    /// A row as text, without its null columns; empty if there is none.
    private static Map<String, String> row(String table, String condition) throws Exception {
        List<Map<String, String>> rows = new Database(postgres).rows("SELECT * FROM " + table + " WHERE " + condition);
        if (rows.isEmpty()) {
            return Map.of();
        }
        Map<String, String> row = rows.getFirst();
        row.values().removeIf(Objects::isNull);
        return row;
    }

    /// The events of a row, by a part of their payload.
    private static List<String> events(String key) throws Exception {
        return new Database(postgres)
                .query("postgres", EVENTS, row -> new String(row.getBytes(1), StandardCharsets.UTF_8)).stream()
                        .filter(insert -> insert.contains(key))
                        .toList();
    }

    private static ObjectNode payload(String insert) throws IOException {
        return (ObjectNode) JSON.readTree(insert.substring(insert.indexOf('{')));
    }

    private static String resource(String name) throws IOException {
        try (InputStream sql = OtherActionsIT.class.getClassLoader().getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(sql, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
