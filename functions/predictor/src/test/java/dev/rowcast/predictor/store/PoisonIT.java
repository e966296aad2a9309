package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.delivery.Stored;
import dev.rowcast.local.station.Postgres;
import dev.rowcast.predictor.Events;
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

/// A row that Postgres refuses for what it holds is rejected alone; its neighbours in the batch are
/// stored.
@Timeout(300)
class PoisonIT {

    private static final AtomicInteger KEYS = new AtomicInteger();

    private static Postgres postgres;
    private static Predictions predictions;

    private final String key = "customer-" + KEYS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) {
        postgres = Postgres.start(folder);
        postgres.applySchema();
        predictions = new Predictions(postgres);
    }

    @AfterAll
    static void stop() {
        predictions.close();
        postgres.close();
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                Arguments.of(
                        "numeric overflow",
                        Events.insert(9, Events.row("poison").put("totalcharges", "123456789012.5")),
                        "22003"),
                Arguments.of(
                        "overflow of a whole number",
                        Events.insert(9, Events.row("poison").put("seniorcitizen", 70_000)),
                        "70000"),
                Arguments.of(
                        "fraction in a column of whole numbers",
                        Events.insert(9, Events.row("poison").put("tenure", "12.5")),
                        "12.5"),
                Arguments.of("empty key", Events.insert(9, Events.row("")), "captured_key_is_deliverable"),
                Arguments.of("newline in the key", Events.insert(9, Events.row("a\nb")), "23514"),
                Arguments.of(
                        "NUL in the previous row, which jsonb does not hold",
                        Events.update(9, Events.columns("{'tenure': 1, 'x\\u0000y': 2}"), Events.row("poison")),
                        "22P05"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void rowAtFaultIsRejectedAloneAndItsNeighboursAreStored(String what, String poison, String named)
            throws SQLException {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(Events.insert(100 + i, Events.row(key + "-" + i)));
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
                    Events.insert(100, Events.row(key + "-" + i).put("totalcharges", bad ? "123456789012.5" : "12.5")));
        }

        List<Outcome> outcomes = predictions.predict(events.toArray(String[]::new));

        for (int i = 0; i < 40; i++) {
            assertThat(outcomes.get(i)).isInstanceOf(i % 7 == 3 ? Rejected.class : Stored.class);
        }
    }

    @Test
    void olderChangeIsStoredInPlaceOfANewerOneThatIsAtFault() throws SQLException {
        List<Outcome> outcomes = predictions.predict(
                Events.insert(10, Events.row(key, 1)),
                Events.update(12, Events.row(key, 2), Events.row(key, 3).put("totalcharges", "123456789012.5")),
                Events.update(11, Events.row(key, 1), Events.row(key, 2)));

        assertThat(outcomes.get(1)).isInstanceOf(Rejected.class);
        assertThat(outcomes.get(2)).isEqualTo(new Stored(new Position(0, 11, 11)));
        assertThat(predictions.stored(key)).containsEntry("tenure", "2");
    }

    @Test
    void wordsOfARejectionDoNotShowTheRow() {
        List<Outcome> outcomes =
                predictions.predict(Events.insert(9, Events.row("").put("paymentmethod", "Somebody's secret")));

        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.message()).doesNotContain("secret"));
    }

    @Test
    void textOfAnyLanguageAndWithAnyQuoteIsStoredAsItIs() throws SQLException {
        String text = "日本 ü 😀 ' \" \\ {a,b} NULL $1";
        predictions.predict(Events.insert(9, Events.row(key).put("gender", text)));

        assertThat(predictions.stored(key)).containsEntry("gender", text);
    }
}
