package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.predictor.SourceEvents;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rows of the release before, which stored no commits: the changes that are newer than they are, and the writes of a
/// revision of that release beside one of this release.
@Timeout(300)
class UpgradeIT {

    private static final Skipped STALE = new Skipped("stale");
    private static final AtomicInteger KEYS = new AtomicInteger();

    private static Postgres postgres;
    private static Predictions predictions;
    private static BatchPredictor predictor;
    private static List<String> asStored;

    private final String key = "old-" + KEYS.incrementAndGet();

    @BeforeAll
    static void upgrade(@TempDir Path folder) throws Exception {
        postgres = Postgres.start(folder);
        postgres.apply(Path.of(
                UpgradeIT.class.getResource("/upgrade/before-commits.sql").toURI()));
        asStored = rowLocations();
        postgres.applySchema();
        postgres.applySchema();
        predictions = new Predictions(postgres);
        predictor = predictions.predictor();
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    @Test
    void rowsAreNotRewritten() throws SQLException {
        String untouched = "old-400";

        assertThat(rowLocations()).contains(line(asStored, untouched));
        assertThat(predictions.stored(untouched)).containsEntry("source_commit", "null");
    }

    @Test
    void olderChangeThatIsDeliveredAgainIsStale() throws SQLException {
        Map<String, String> before = row();

        assertThat(predict(SourceEvents.insert(800, 900, SourceEvents.row(key, 2))))
                .containsExactly(STALE);
        assertThat(predict(SourceEvents.read(5000, SourceEvents.row(key, 2)))).containsExactly(STALE);

        assertThat(row()).isEqualTo(before);
    }

    @Test
    void sameChangeChangesNoMoreThanItsScore() throws SQLException {
        assertThat(predict(SourceEvents.insert(950, 1000, SourceEvents.row(key, 1))))
                .hasSize(1);

        assertThat(row())
                .containsEntry("tenure", "1")
                .containsEntry("operation", "c")
                .containsEntry("source_lsn", "1000");
    }

    @Test
    void laterChangeOfTheSameTransactionIsNewer() throws SQLException {
        assertThat(predict(SourceEvents.insert(950, 1008, SourceEvents.row(key, 3))))
                .containsExactly(new Stored());

        assertThat(row()).containsEntry("tenure", "3").containsEntry("source_commit", "950");
    }

    @Test
    void nextTransactionIsNewerWhateverItsLsn() throws SQLException {
        assertThat(predict(SourceEvents.insert(1016, 960, SourceEvents.row(key, 4))))
                .containsExactly(new Stored());

        assertThat(row()).containsEntry("tenure", "4").containsEntry("source_commit", "1016");
    }

    @Test
    void readScoresAgainAndLeavesThePositionWithoutACommit() throws SQLException {
        ObjectNode row = DebeziumEvent.columns("{'customerid': '" + key + "', 'tenure': 1}");
        predictions.execute(
                "UPDATE person_churn_history_captured SET model_version = 'ancient', churn_probability = 0.123"
                        + " WHERE customerid = '" + key + "'");

        ObjectNode read = SourceEvents.row(key, 1);
        read.fieldNames().forEachRemaining(column -> {
            if (!row.has(column)) {
                row.putNull(column);
            }
        });
        predictions.predict(predictor, 0, SourceEvents.read(5000, row));

        assertThat(row())
                .doesNotContainEntry("model_version", "ancient")
                .containsEntry("source_lsn", "1000")
                .containsEntry("source_commit", "null");
    }

    @Test
    void rowThatTheReleaseBeforeWritesDuringARollOutHasNoCommit() throws SQLException {
        predict(SourceEvents.insert(2000, 2008, SourceEvents.row(key, 2)));

        writeAsTheReleaseBefore(5208);

        assertThat(row())
                .containsEntry("tenure", "77")
                .containsEntry("source_commit", "null")
                .containsEntry("source_lsn", "5208");
        assertThat(predict(SourceEvents.insert(3000, 3208, SourceEvents.row(key, 3))))
                .as("an older change, above the commit that was stored before")
                .containsExactly(STALE);
        assertThat(predict(SourceEvents.insert(5300, 5308, SourceEvents.row(key, 4))))
                .containsExactly(new Stored());
    }

    @Test
    void laterChangeOfATransactionKeepsItsCommit() throws SQLException {
        predict(SourceEvents.insert(2000, 2008, SourceEvents.row(key, 2)));

        predict(SourceEvents.insert(2000, 2016, SourceEvents.row(key, 3)));

        assertThat(row()).containsEntry("source_commit", "2000").containsEntry("source_lsn", "2016");
    }

    /// Writes the columns of that release.
    private void writeAsTheReleaseBefore(long lsn) throws SQLException {
        new Database(postgres).execute("predictor", """
                    INSERT INTO person_churn_history_captured AS stored
                        (customerid, tenure, churn_probability, churn_prediction, model_version, source_epoch, source_lsn,
                         source_ts, operation, deleted)
                    VALUES ('%s', 77, 0.5, 'Yes', 'churn-0', 0, %d, now(), 'u', false)
                    ON CONFLICT (customerid) DO UPDATE SET tenure = excluded.tenure,
                        source_epoch = excluded.source_epoch, source_lsn = excluded.source_lsn,
                        operation = excluded.operation, deleted = excluded.deleted
                    WHERE (stored.source_epoch, stored.source_lsn) < (excluded.source_epoch, excluded.source_lsn)""".formatted(key, lsn));
    }

    /// Location and writer of each row; both change when the row is written again.
    private static List<String> rowLocations() throws SQLException {
        return new Database(postgres).list("""
                SELECT customerid || ' ' || ctid || ' ' || xmin || ' '
                    || pg_relation_filenode('person_churn_history_captured')
                FROM person_churn_history_captured""");
    }

    private static String line(List<String> rows, String key) {
        return rows.stream()
                .filter(row -> row.startsWith(key + " "))
                .findFirst()
                .orElseThrow();
    }

    private List<Outcome> predict(String... events) {
        return predictions.predict(predictor, 0, events);
    }

    private Map<String, String> row() throws SQLException {
        return predictions.stored(key);
    }
}
