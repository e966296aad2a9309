package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Stored;
import dev.rowcast.predictor.SourceEvents;
import dev.rowcast.testkit.function.DebeziumEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A delete needs its key and nothing else: whatever the old row holds, the row is marked as deleted.
@Timeout(300)
class DeleteIT {

    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static Predictions predictions;

    private final String key = "deleted-" + KEYS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) throws SQLException {
        predictions = Predictions.start(folder);
        predictions.execute("""
                CREATE DOMAIN public.few AS varchar(3) CHECK (VALUE <> 'no');
                CREATE TYPE public.term AS ENUM ('Month-to-month');
                GRANT USAGE ON TYPE public.few, public.term TO predictor;
                """);
        // Both tables: the contract refuses a captured column that is narrower than the source's.
        for (String table : List.of("person_churn_history", "person_churn_history_captured")) {
            predictions.execute("""
                    ALTER TABLE %s
                        ALTER partner TYPE few, ALTER contract TYPE term USING contract::term,
                        ALTER dependents TYPE varchar(3), ALTER phoneservice TYPE char(2) USING NULL""".formatted(table));
        }
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    /// The captured table has other types here than as shipped; the old row holds what that type does not take.
    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            totalcharges     | "Infinity"
            totalcharges     | 123456789012.5
            totalcharges     | 1e400
            totalcharges     | {"scale": -400, "value": "AQ=="}
            tenure           | "NaN"
            tenure           | 12.5
            tenure           | 3000000000
            tenure           | true
            seniorcitizen    | "many"
            seniorcitizen    | 70000
            seniorcitizen    | [1, 2]
            seniorcitizen    | {"a": {"b": null}}
            partner          | "four"
            partner          | "no"
            contract         | "Ten years"
            dependents       | "infinitely"
            dependents       | 2026
            phoneservice     | {"a": 1}
            monthlycharges   | 1e39
            monthlycharges   | "Maybe"
            """)
    void oldValueThatItsColumnRefusesIsKeptInPreviousAndNamedThere(String column, String value) throws Exception {
        ObjectNode before = DebeziumEvent.columns("{'customerid': '" + key + "', 'gender': 'Female', 'churn': 'Yes'}");
        before.set(column, JSON.readTree(value));

        assertThat(predictions.predict(SourceEvents.delete(9, before))).hasOnlyElementsOfType(Stored.class);

        Map<String, String> stored = predictions.stored(key);
        assertThat(stored)
                .containsEntry("deleted", "t")
                .containsEntry("operation", "d")
                .containsEntry("source_lsn", "9")
                .containsEntry("gender", "Female")
                .containsEntry("churn", "Yes")
                .containsEntry(column, "null");
        assertThat(previous(stored).has(column)).isTrue();
        assertThat(previous(stored).path("rowcast_left_out")).isEqualTo(JSON.readTree("[\"" + column + "\"]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "a\\u0000b"
            "x\\ud83d"
            1e131072
            1e-16384
            1e99999999999
            [["\\u0000"]]
            {"a\\u0000b": 1}
            {"scale": 2, "value": "*"}
            """)
    void oldValueThatCannotBeReadIsLeftOutAndNamed(String value) throws Exception {
        String event = SourceEvents.delete(
                        9, DebeziumEvent.columns("{'customerid': '" + key + "', 'gender': 'Female', 'notes': 0}"))
                .replace("\"notes\":0", "\"notes\":" + value);

        assertThat(predictions.predict(event)).hasOnlyElementsOfType(Stored.class);

        assertThat(predictions.stored(key)).containsEntry("deleted", "t").containsEntry("gender", "Female");
        assertPrevious("""
                {"customerid": "%s", "gender": "Female", "rowcast_left_out": ["notes"]}""".formatted(key));
    }

    @Test
    void severalColumnsThatRefuseTheirOldValueAreAllNamed() throws Exception {
        ObjectNode before = DebeziumEvent.columns(
                "{'customerid': '%s', 'tenure': 'x', 'totalcharges': 'Infinity', 'gender': 'Male'}".formatted(key));

        assertThat(predictions.predict(SourceEvents.delete(9, before))).hasOnlyElementsOfType(Stored.class);

        Map<String, String> stored = predictions.stored(key);
        assertThat(stored).containsEntry("gender", "Male").containsEntry("deleted", "t");
        assertThat(previous(stored).path("rowcast_left_out"))
                .isEqualTo(JSON.readTree("[\"tenure\", \"totalcharges\"]"));
    }

    @Test
    void ruleOfTheTableThatTheOldRowBreaksLeavesNoColumnButTheKey() throws Exception {
        ObjectNode before = DebeziumEvent.columns("{'customerid': '" + key + "', 'gender': 'Male'}");

        assertStoredUnderTheRule("gender <> 'Male'", SourceEvents.delete(9, before));

        assertThat(predictions.stored(key)).containsEntry("deleted", "t").containsEntry("gender", "null");
        assertPrevious("""
                {"customerid": "%s", "gender": "Male", "rowcast_left_out": ["gender"]}""".formatted(key));
    }

    @Test
    void previousThatTheTableRefusesStopsNeitherDeleteNorUpdate() throws Exception {
        ObjectNode before = DebeziumEvent.columns("{'customerid': '" + key + "', 'tenure': 3}");
        ObjectNode other = DebeziumEvent.columns("{'customerid': '" + key + "-updated', 'tenure': 3}");

        assertStoredUnderTheRule(
                "previous IS NULL",
                SourceEvents.delete(9, before),
                SourceEvents.update(9, other, SourceEvents.row(key + "-updated")));

        assertThat(predictions.stored(key)).containsEntry("deleted", "t").containsEntry("previous", "null");
        assertThat(predictions.stored(key + "-updated"))
                .containsEntry("deleted", "f")
                .containsEntry("previous", "null");
    }

    @Test
    void updateIsStoredWhateverTheOldRowHolds() throws Exception {
        String event = SourceEvents.update(
                        9, DebeziumEvent.columns("{'customerid': 'x', 'tenure': 2, 'notes': 0}"), SourceEvents.row(key))
                .replace("\"notes\":0", "\"no\\u0000tes\":1,\"tags\":[1e131072]");

        assertThat(predictions.predict(event)).hasOnlyElementsOfType(Stored.class);

        assertPrevious("""
                {"customerid": "x", "tenure": 2, "rowcast_left_out": ["no�tes", "tags"]}""");
    }

    @Test
    void deletesAmongManyAreAllStored() throws SQLException {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ObjectNode before = DebeziumEvent.columns("{'customerid': '" + key + "-" + i + "'}");
            events.add(SourceEvents.delete(9, before.put("tenure", i % 5 == 0 ? "NaN" : "4")));
        }

        List<Outcome> outcomes = predictions.predict(events.toArray(String[]::new));

        assertThat(outcomes).hasOnlyElementsOfType(Stored.class);
        assertThat(predictions.rows(
                        "SELECT FROM person_churn_history_captured WHERE deleted AND customerid LIKE '" + key + "-%'"))
                .hasSize(30);
    }

    /// Predicts events while the table has a rule for new rows.
    private static void assertStoredUnderTheRule(String rule, String... events) throws SQLException {
        String alter = "ALTER TABLE person_churn_history_captured ";
        predictions.execute(alter + "ADD CONSTRAINT refuses CHECK (" + rule + ") NOT VALID");
        try {
            assertThat(predictions.predict(events)).hasOnlyElementsOfType(Stored.class);
        } finally {
            predictions.execute(alter + "DROP CONSTRAINT refuses");
        }
    }

    private void assertPrevious(String json) throws Exception {
        assertThat(previous(predictions.stored(key))).isEqualTo(JSON.readTree(json));
    }

    private static JsonNode previous(Map<String, String> stored) throws JsonProcessingException {
        return JSON.readTree(stored.get("previous"));
    }
}
