package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Stored;
import dev.rowcast.predictor.SourceEvents;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A row whose values Postgres refuses is rejected alone; the other rows of the batch are stored.
@Timeout(300)
class PoisonIT {

    private static final AtomicInteger KEYS = new AtomicInteger();

    private static Predictions predictions;

    private final String key = "customer-" + KEYS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) throws SQLException {
        predictions = Predictions.start(folder);
        predictions.execute("ALTER TABLE person_churn_history_captured"
                + " ADD CONSTRAINT captured_takes_no_poison CHECK (gender <> 'poison')");
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                Arguments.of(
                        "a value that a constraint of the captured table refuses",
                        SourceEvents.insert(9, SourceEvents.row("poison").put("gender", "poison")),
                        "captured_takes_no_poison"),
                Arguments.of("empty key", SourceEvents.insert(9, SourceEvents.row("")), "captured_key_is_deliverable"),
                Arguments.of("newline in the key", SourceEvents.insert(9, SourceEvents.row("a\nb")), "23514"),
                Arguments.of(
                        "a value that a constraint refuses, beside a row before",
                        SourceEvents.update(
                                9,
                                SourceEvents.row("poison"),
                                SourceEvents.row("poison").put("gender", "poison")),
                        "captured_takes_no_poison"),
                Arguments.of(
                        "newline in the key of a delete",
                        SourceEvents.delete(9, SourceEvents.row("a\nb").put("totalcharges", "NaN")),
                        "23514"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void rowAtFaultIsRejectedAloneAndItsNeighboursAreStored(String what, String poison, String named)
            throws SQLException {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(SourceEvents.insert(100 + i, SourceEvents.row(key + "-" + i)));
        }
        events.add(5, poison);

        List<Outcome> outcomes = predictions.predict(events.toArray(String[]::new));

        assertThat(outcomes.get(5)).as(what).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Reason.NOT_STORABLE);
            assertThat(rejected.message()).contains(named);
        });
        assertThat(outcomes).filteredOn(Stored.class::isInstance).hasSize(8);
        assertThat(predictions.rows("SELECT FROM person_churn_history_captured WHERE customerid LIKE '" + key + "-%'"))
                .hasSize(8);
    }

    @Test
    void severalRowsAtFaultAreEachRejectedAlone() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean bad = i % 7 == 3;
            events.add(
                    SourceEvents.insert(100, SourceEvents.row(key + "-" + i).put("gender", bad ? "poison" : "Male")));
        }

        List<Outcome> outcomes = predictions.predict(events.toArray(String[]::new));

        for (int i = 0; i < 40; i++) {
            assertThat(outcomes.get(i)).isInstanceOf(i % 7 == 3 ? Rejected.class : Stored.class);
        }
    }

    @Test
    void olderChangeIsStoredInPlaceOfANewerOneThatIsAtFault() throws SQLException {
        List<Outcome> outcomes = predictions.predict(
                SourceEvents.insert(10, SourceEvents.row(key, 1)),
                SourceEvents.update(
                        12, SourceEvents.row(key, 2), SourceEvents.row(key, 3).put("gender", "poison")),
                SourceEvents.update(11, SourceEvents.row(key, 1), SourceEvents.row(key, 2)));

        assertThat(outcomes.get(1)).isInstanceOf(Rejected.class);
        assertThat(outcomes.get(2)).isEqualTo(new Stored());
        assertThat(predictions.stored(key)).containsEntry("tenure", "2");
    }

    @Test
    void wordsOfARejectionDoNotShowTheRow() {
        List<Outcome> outcomes = predictions.predict(
                SourceEvents.insert(9, SourceEvents.row("").put("paymentmethod", "Somebody's secret")));

        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.message()).doesNotContain("secret"));
    }

    @Test
    void textOfAnyLanguageAndWithAnyQuoteIsStoredAsItIs() throws SQLException {
        String text = "日本 ü 😀 ' \" \\ {a,b} NULL $1";
        predictions.predict(SourceEvents.insert(9, SourceEvents.row(key).put("gender", text)));

        assertThat(predictions.stored(key)).containsEntry("gender", text);
    }

    @Test
    void numberIsStoredInTheSpellingOfItsType() throws SQLException {
        assertThat(predictions.predict(SourceEvents.insert(
                        9,
                        SourceEvents.row(key)
                                .put("tenure", "6.0")
                                .put("seniorcitizen", " 1 ")
                                .put("monthlycharges", "1e2")
                                .put("totalcharges", " "))))
                .hasOnlyElementsOfType(Stored.class);

        assertThat(predictions.stored(key))
                .containsEntry("tenure", "6")
                .containsEntry("seniorcitizen", "1")
                .containsEntry("monthlycharges", "100.00")
                .containsEntry("totalcharges", "null");
    }

    @Test
    void deleteIsStoredWhateverItsOldFeaturesHold() throws SQLException {
        List<Outcome> outcomes = predictions.predict(SourceEvents.delete(
                9,
                SourceEvents.row(key)
                        .put("tenure", 6.5)
                        .put("totalcharges", "NaN")
                        .put("seniorcitizen", "40000")));

        assertThat(outcomes.getFirst()).isInstanceOf(Stored.class);
        assertThat(predictions.stored(key)).containsEntry("deleted", "t").containsEntry("tenure", "null");
    }

    @Test
    void everySpellingThatIsStoredIsTakenByItsType() throws Exception {
        List<String> casts = new ArrayList<>();
        for (JsonNode example : new JsonMapper()
                .readTree(Path.of("../../trainer-notebook/cells.json").toFile())
                .get("cases")) {
            if (example.has("stored")) {
                casts.add("('%s'::%s)::text"
                        .formatted(
                                example.get("stored").asText().replace("'", "''"),
                                example.get("sql").asText()));
            }
        }

        assertThat(casts).hasSizeGreaterThan(150);
        assertThat(predictions.rows("SELECT ARRAY[" + String.join(", ", casts) + "] AS all"))
                .hasSize(1);
    }
}
