package dev.rowcast.predictor.store;

import static dev.rowcast.testkit.function.DebeziumEvent.none;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
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

/// A model of several classes over a table with odd names, a key of a text and a date, an enum, domains, a uuid, a
/// number stored as text, and a time from which two features are taken.
@Timeout(300)
class ClassesIT {

    private static final Path MODEL = Path.of("../core/src/test/resources/models/kinds.onnx");
    private static final String TABLE = "Käufe \"2024\"";
    private static final String UUID = "5f0c1b1e-8f0d-4c0e-9b0a-0123456789ab";

    private static Predictions predictions;

    @BeforeAll
    static void start(@TempDir Path folder) throws SQLException {
        predictions = Predictions.start(folder, MODEL);
        predictions.execute("""
            CREATE SCHEMA "Lager";
            CREATE TYPE "Lager"."Farbe" AS ENUM ('blue', 'red', 'Grün');
            CREATE DOMAIN "Lager".code AS char(3);
            CREATE DOMAIN "Lager"."Kürzel" AS "Lager".code CHECK (VALUE <> 'xxx');
            CREATE TABLE "Lager"."Käufe ""2024""\" ("Nr" varchar(20), "Tag" date, "Farbe" "Lager"."Farbe",
                "Größe ""cm""\" text, "verkauft am" timestamptz, code "Lager"."Kürzel", origin uuid, "Art" text,
                PRIMARY KEY ("Nr", "Tag"));
            CREATE TABLE "Lager"."Käufe captured" (LIKE "Lager"."Käufe ""2024""\" INCLUDING INDEXES,
                "Art_prediction" text, "Art_probability" double precision, "Art_probabilities" jsonb,
                model_version text, source_epoch smallint NOT NULL, source_commit bigint, source_lsn bigint NOT NULL,
                source_ts timestamptz(3) NOT NULL, operation text NOT NULL, previous jsonb,
                predicted_at timestamptz NOT NULL, deleted boolean NOT NULL DEFAULT false);
            GRANT USAGE ON SCHEMA "Lager" TO predictor;
            GRANT REFERENCES ON "Lager"."Käufe ""2024""\" TO predictor;
            GRANT SELECT, INSERT, UPDATE ON "Lager"."Käufe captured" TO predictor;\
            """);
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    private static ObjectNode row(String nr, String size) {
        return DebeziumEvent.columns("""
            {'Tag': '2024-05-01', 'Farbe': 'red', 'verkauft am': '2024-12-31T23:15:00.5Z', 'code': 'bc ',
             'Art': null}\
            """)
                .put("Nr", nr)
                .put("Größe \"cm\"", size)
                .put("origin", UUID);
    }

    private static List<Outcome> predict(String op, long lsn, ObjectNode before, ObjectNode after) {
        String event = SourceEvents.event(TABLE, op, lsn, before, after)
                .replace("\"schema\":\"public\"", "\"schema\":\"Lager\"");
        return predictions.predict(event);
    }

    private static Map<String, String> stored(String nr) throws SQLException {
        return predictions
                .rows("SELECT * FROM \"Lager\".\"Käufe captured\" WHERE \"Nr\" = '" + nr + "'")
                .getFirst();
    }

    @Test
    void labelAndEachProbabilityAreStored() throws Exception {
        assertThat(predict("c", 50, none(), row("a", "40"))).containsExactly(new Stored());

        Map<String, String> stored = stored("a");
        assertThat(stored)
                .containsEntry("Tag", "2024-05-01")
                .containsEntry("Farbe", "red")
                .containsEntry("Größe \"cm\"", "40")
                .containsEntry("verkauft am", "2024-12-31 23:15:00.5+00")
                .containsEntry("code", "bc ")
                .containsEntry("origin", UUID)
                .containsEntry("Art_prediction", "klein")
                .containsEntry("deleted", "f");
        Map<?, ?> probabilities = new JsonMapper().readValue(stored.get("Art_probabilities"), Map.class);
        assertThat(probabilities.keySet()).map(Object::toString).containsExactlyInAnyOrder("klein", "mittel", "groß");
        assertThat(probabilities.get("klein")).isEqualTo(Double.parseDouble(stored.get("Art_probability")));
        assertThat(probabilities.values().stream()
                        .mapToDouble(probability -> (double) probability)
                        .sum())
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void olderAndEqualChangesAreStale() throws SQLException {
        predict("u", 50, row("b", "40"), row("b", "90"));

        assertThat(predict("u", 50, row("b", "40"), row("b", "90"))).containsExactly(new Skipped("stale"));
        assertThat(predict("c", 40, none(), row("b", "40"))).containsExactly(new Skipped("stale"));
        assertThat(stored("b")).containsEntry("Größe \"cm\"", "90");
        assertThat(stored("b").get("previous")).contains("\"40\"");
    }

    @Test
    void keyOfADateIsTheSameInBothSpellings() throws SQLException {
        predict("c", 50, none(), row("c", "40"));
        predict("u", 51, row("c", "40"), row("c", "50").put("Tag", "2024-05-01Z"));

        assertThat(predictions.rows("SELECT FROM \"Lager\".\"Käufe captured\" WHERE \"Nr\" = 'c'"))
                .hasSize(1);
        assertThat(stored("c")).containsEntry("Größe \"cm\"", "50");
    }

    @Test
    void deletedRowKeepsItsKeyAndItsPosition() throws SQLException {
        predict("c", 50, none(), row("d", "40"));

        assertThat(predict("d", 51, row("d", "40"), none())).containsExactly(new Stored());
        assertThat(stored("d"))
                .containsEntry("deleted", "t")
                .containsEntry("source_lsn", "51")
                .containsEntry("Art_prediction", "null")
                .containsEntry("Art_probability", "null")
                .containsEntry("Art_probabilities", "null");
    }

    @Test
    void newModelScoresTheSameChangeAgain() throws SQLException {
        predict("c", 50, none(), row("e", "40"));
        String event = SourceEvents.event(TABLE, "c", 50, none(), row("e", "40"))
                .replace("\"schema\":\"public\"", "\"schema\":\"Lager\"");

        BatchPredictor newer = predictions.predictor("kinds-newer");
        assertThat(predictions.predict(newer, 0, event)).containsExactly(new Stored());
        assertThat(stored("e")).containsEntry("model_version", "kinds-newer");
    }

    @Test
    void valueThatTheEnumDoesNotHaveIsRejected() {
        assertThat(predict("c", 50, none(), row("f", "40").put("Farbe", "mauve"))
                        .getFirst())
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.NOT_STORABLE));
    }

    @Test
    void answerThatIsNoDistributionIsAFaultOfTheModel() throws SQLException {
        assertThat(predict("c", 50, none(), row("g", "3e38")).getFirst())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.toString())
                                .contains("gives NaN for klein, which is no probability, for key g|2024-05-01: replace"
                                        + " the model"));
        assertThat(predictions.rows("SELECT FROM \"Lager\".\"Käufe captured\" WHERE \"Nr\" = 'g'"))
                .isEmpty();
    }

    @Test
    void columnOfAnotherTypeIsNamed() throws SQLException {
        predictions.execute("ALTER TABLE \"Lager\".\"Käufe captured\" RENAME \"Art_probabilities\" TO gone");
        try {
            assertThat(predictions.tableProblem())
                    .contains("table Lager.Käufe captured, column Art_probabilities: expected a JSON document,"
                            + " found nothing");
        } finally {
            predictions.execute("ALTER TABLE \"Lager\".\"Käufe captured\" RENAME gone TO \"Art_probabilities\"");
        }
    }
}
