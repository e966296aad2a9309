package dev.rowcast.predictor.store;

import static dev.rowcast.testkit.function.DebeziumEvent.none;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.predictor.SourceEvents;
import dev.rowcast.testkit.function.DebeziumEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A model of a number with an interval, over a table with a date from which two features are taken.
@Timeout(300)
class NumbersIT {

    private static final Path MODEL = Path.of("../core/src/test/resources/models/prices.onnx");

    private static Predictions predictions;

    @BeforeAll
    static void start(@TempDir Path folder) throws SQLException {
        predictions = Predictions.start(folder, MODEL);
        predictions.execute("""
            CREATE TABLE house (id bigint PRIMARY KEY, area double precision, built date, note varchar(40),
                price double precision);
            CREATE TABLE house_captured (LIKE house INCLUDING INDEXES,
                price_prediction double precision, price_lower double precision, price_upper double precision,
                model_version text, source_epoch smallint NOT NULL, source_commit bigint, source_lsn bigint NOT NULL,
                source_ts timestamptz(3) NOT NULL, operation text NOT NULL, previous jsonb,
                predicted_at timestamptz NOT NULL, deleted boolean NOT NULL DEFAULT false);
            GRANT REFERENCES ON house TO predictor;
            GRANT SELECT, INSERT, UPDATE ON house_captured TO predictor;\
            """);
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    private static ObjectNode row(int id, double area, String built) {
        return DebeziumEvent.columns("{'note': 'garden', 'price': 250000}")
                .put("id", id)
                .put("area", area)
                .put("built", built);
    }

    private static List<Outcome> predict(String op, long lsn, ObjectNode before, ObjectNode after) {
        return predictions.predict(SourceEvents.event("house", op, lsn, before, after));
    }

    private static Map<String, String> stored(int id) throws SQLException {
        return predictions.rows("SELECT * FROM house_captured WHERE id = " + id).getFirst();
    }

    @Test
    void numberAndItsIntervalAreStored() throws SQLException {
        assertThat(predict("c", 50, none(), row(1, 100, "1999-12-31Z"))).containsExactly(new Stored());

        assertThat(stored(1))
                .containsEntry("price_prediction", "343112")
                .containsEntry("price_lower", "318112")
                .containsEntry("price_upper", "368112")
                .containsEntry("built", "1999-12-31")
                .containsEntry("price", "250000");
        assertThat(predict("c", 50, none(), row(1, 100, "1999-12-31"))).containsExactly(new Skipped("stale"));
    }

    @Test
    void deletedRowHasNoNumber() throws SQLException {
        predict("c", 50, none(), row(2, 100, "1999-12-31"));

        assertThat(predict("d", 51, row(2, 100, "1999-12-31"), none())).containsExactly(new Stored());
        assertThat(stored(2))
                .containsEntry("deleted", "t")
                .containsEntry("price_prediction", "null")
                .containsEntry("price_lower", "null");
    }

    @ParameterizedTest
    @CsvSource({"3, -1, which is not in its interval", "4, 3e38, which is no finite number"})
    void answerThatIsNoNumberIsAFaultOfTheModel(int id, double area, String problem) throws SQLException {
        assertThat(predict("c", 50, none(), row(id, area, "1999-12-31")).getFirst())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.toString())
                                .contains(problem, "for key " + id + ": replace the model"));
        assertThat(predictions.rows("SELECT FROM house_captured WHERE id = " + id))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "house, built, timestamp, a date, timestamp without time zone",
        "house, note, integer USING NULL, a text, integer",
        "house_captured, price_prediction, text, a number, text",
        "house_captured, price, text, a number, text"
    })
    void columnOfAnotherTypeIsNamed(String table, String column, String type, String expected, String found)
            throws SQLException {
        String before = predictions
                .rows("SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = '" + table
                        + "'::regclass AND attname = '" + column + "'")
                .getFirst()
                .get("type");
        alter(table, column, type);
        try {
            assertThat(predictions.tableProblem())
                    .get()
                    .asString()
                    .contains("table public." + table + ", column " + column + ": expected " + expected + ", found "
                            + found);
        } finally {
            alter(table, column, before + " USING NULL");
        }
        assertThat(predictions.tableProblem()).isEmpty();
    }

    private static void alter(String table, String column, String type) throws SQLException {
        predictions.execute("ALTER TABLE " + table + " ALTER " + column + " TYPE " + type);
    }
}
