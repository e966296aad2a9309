package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.predictor.ChurnModel;
import dev.rowcast.predictor.SourceEvents;
import dev.rowcast.testkit.function.DebeziumEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The guard of the statement, in a real Postgres: the newest change of each key is stored, in any order
/// of changes, and a new model scores again without the loss of a newer change.
@Timeout(300)
class PredictionGuardIT {

    private static final Stored STORED = new Stored();
    private static final Skipped STALE = new Skipped("stale");
    private static final AtomicInteger KEYS = new AtomicInteger();

    private static Predictions predictions;
    private static BatchPredictor predictor;
    private static BatchPredictor another;

    private final String key = "customer-" + KEYS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) {
        predictions = Predictions.start(folder);
        predictor = predictions.predictor("churn-1");
        another = predictions.predictor("churn-2");
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    @Test
    void changeIsStoredWithItsPredictionAndAllThatIsKnownOfIt() throws SQLException {
        ObjectNode before = SourceEvents.row(key, 1).put("churn", "No");
        ObjectNode after = SourceEvents.row(key, 2).put("churn", "Yes").putNull("totalcharges");

        assertThat(predict(SourceEvents.update(700, before, after))).containsExactly(STORED);

        double threshold = ChurnModel.contract().binary().threshold();
        assertThat(row())
                .containsEntry("gender", "Female")
                .containsEntry("seniorcitizen", "0")
                .containsEntry("tenure", "2")
                .containsEntry("monthlycharges", "29.85")
                .containsEntry("totalcharges", "null")
                .containsEntry("churn", "Yes")
                .containsEntry("churn_threshold", Double.toString(threshold))
                .containsEntry("model_version", "churn-1")
                .containsEntry("source_epoch", "0")
                .containsEntry("source_lsn", "700")
                .containsEntry("source_ms", Long.toString(DebeziumEvent.TIME))
                .containsEntry("operation", "u")
                .containsEntry("deleted", "f");
        assertThat(row().get("previous")).contains("\"tenure\": 1", "\"churn\": \"No\"");
        double probability = Double.parseDouble(row().get("churn_probability"));
        assertThat(probability).isBetween(0.0, 1.0);
        assertThat(row().get("churn_prediction"))
                .isEqualTo(predictions.scorer().contract().binary().labelOf((float) probability));
    }

    @Test
    void insertHasNoPreviousRowAndItsUnknownLabelStaysUnknown() throws SQLException {
        predict(SourceEvents.insert(700, SourceEvents.row(key)));

        assertThat(row()).containsEntry("previous", "null").containsEntry("churn", "null");
    }

    @Test
    void staleChangeNeverOverwritesANewerPrediction() throws SQLException {
        predict(SourceEvents.insert(900, SourceEvents.row(key, 9)));

        assertStale(predictor, SourceEvents.insert(899, SourceEvents.row(key, 8)));
    }

    @Test
    void newerChangeOverwritesAnOlderPrediction() throws SQLException {
        predict(SourceEvents.insert(900, SourceEvents.row(key, 9)));

        assertThat(predict(SourceEvents.insert(901, SourceEvents.row(key, 10)))).containsExactly(STORED);

        assertThat(row()).containsEntry("tenure", "10").containsEntry("source_lsn", "901");
    }

    @Test
    void sameChangeAgainChangesNothing() throws SQLException {
        String change = SourceEvents.insert(900, SourceEvents.row(key));
        predict(change);

        assertStale(predictor, change);
    }

    @Test
    void onlyTheNewestOfABatchIsStoredAndTheOthersAreStale() throws SQLException {
        assertThat(predict(
                        SourceEvents.insert(11, SourceEvents.row(key, 1)),
                        SourceEvents.insert(13, SourceEvents.row(key, 3)),
                        SourceEvents.insert(12, SourceEvents.row(key, 2))))
                .containsExactly(STALE, STORED, STALE);

        assertThat(row()).containsEntry("tenure", "3");
    }

    @Test
    void higherEpochWinsWithALowerLsn() throws SQLException {
        predict(SourceEvents.insert(900, SourceEvents.row(key, 9)));

        assertThat(predictions.predict(predictor, 1, SourceEvents.insert(5, SourceEvents.row(key, 5))))
                .containsExactly(STORED);
        assertStale(predictor, SourceEvents.insert(1000, SourceEvents.row(key, 10)));

        assertThat(row())
                .containsEntry("source_epoch", "1")
                .containsEntry("source_lsn", "5")
                .containsEntry("tenure", "5");
    }

    /// An insert is logged before it waits for the transaction that deletes its key, so it commits second and has the
    /// lower LSN.
    @Test
    void insertThatCommitsSecondWinsAgainstADeleteWithAHigherLsn() throws SQLException {
        predict(SourceEvents.delete(1000, 1200, SourceEvents.row(key, 1)));

        assertThat(predict(SourceEvents.insert(1300, 1100, SourceEvents.row(key, 2))))
                .containsExactly(STORED);
        assertStale(predictor, SourceEvents.delete(1000, 1200, SourceEvents.row(key, 1)));

        assertThat(row())
                .containsEntry("deleted", "f")
                .containsEntry("tenure", "2")
                .containsEntry("source_commit", "1300")
                .containsEntry("source_lsn", "1100");
    }

    @Test
    void deleteThatCommittedFirstIsStaleInTheSameBatchToo() throws SQLException {
        assertThat(predict(
                        SourceEvents.insert(1300, 1100, SourceEvents.row(key, 2)),
                        SourceEvents.delete(1000, 1200, SourceEvents.row(key, 1))))
                .containsExactly(STORED, STALE);

        assertThat(row()).containsEntry("deleted", "f");
    }

    @Test
    void lsnOrdersTheChangesOfOneTransaction() throws SQLException {
        predict(SourceEvents.insert(1000, 1200, SourceEvents.row(key, 1)));

        assertStale(predictor, SourceEvents.insert(1000, 1100, SourceEvents.row(key, 2)));
        assertThat(predict(SourceEvents.insert(1000, 1300, SourceEvents.row(key, 3))))
                .containsExactly(STORED);

        assertThat(row()).containsEntry("tenure", "3").containsEntry("source_commit", "1000");
    }

    @Test
    void readFillsWhatIsEmptyAndStandsAtTheFloor() throws SQLException {
        assertThat(predict(SourceEvents.read(5000, SourceEvents.row(key)))).containsExactly(STORED);

        assertThat(row()).containsEntry("source_lsn", "0").containsEntry("operation", "r");
    }

    @Test
    void readNeverOverwritesAStreamedChange() throws SQLException {
        predict(SourceEvents.insert(7, SourceEvents.row(key, 7)));

        assertStale(predictor, SourceEvents.read(5000, SourceEvents.row(key, 6)));
        assertStale(predictor, SourceEvents.read(5000, SourceEvents.row(key, 7)));
    }

    @Test
    void everyStreamedChangeOverwritesARead() throws SQLException {
        predict(SourceEvents.read(5000, SourceEvents.row(key, 5)));

        assertThat(predict(SourceEvents.insert(1, SourceEvents.row(key, 6)))).containsExactly(STORED);

        assertThat(row()).containsEntry("tenure", "6").containsEntry("operation", "c");
    }

    @Test
    void deleteKeepsItsRowSoThatALateUpdateStaysOut() throws SQLException {
        predict(SourceEvents.insert(20, SourceEvents.row(key, 1)));
        assertThat(predict(SourceEvents.delete(30, SourceEvents.row(key, 2)))).containsExactly(STORED);

        assertStale(predictor, SourceEvents.update(25, SourceEvents.row(key, 1), SourceEvents.row(key, 2)));
        assertStale(predictor, SourceEvents.read(99, SourceEvents.row(key, 2)));

        assertThat(row())
                .containsEntry("deleted", "t")
                .containsEntry("operation", "d")
                .containsEntry("tenure", "2")
                .extractingByKeys("churn_probability", "churn_prediction", "model_version")
                .containsOnly("null");
        assertThat(row().get("previous")).contains("\"tenure\": 2");
    }

    @Test
    void deleteThatTellsOnlyItsKeyLeavesNothingButTheGuard() throws SQLException {
        predict(SourceEvents.insert(20, SourceEvents.row(key)));

        ObjectNode keyOnly = DebeziumEvent.columns("{'customerid': '" + key + "', 'gender': null, 'tenure': null}");
        assertThat(predict(SourceEvents.delete(30, keyOnly))).containsExactly(STORED);

        assertThat(row())
                .containsEntry("deleted", "t")
                .containsEntry("gender", "null")
                .containsEntry("previous", "null")
                .containsEntry("source_lsn", "30");
    }

    @Test
    void deleteThatComesFirstKeepsTheInsertBeforeItOut() throws SQLException {
        predict(SourceEvents.delete(30, SourceEvents.row(key)));

        assertStale(predictor, SourceEvents.insert(20, SourceEvents.row(key)));
        assertThat(row()).containsEntry("deleted", "t");
    }

    @Test
    void insertAfterADeleteBringsTheRowBack() throws SQLException {
        predict(SourceEvents.delete(30, SourceEvents.row(key)));

        assertThat(predict(SourceEvents.insert(40, SourceEvents.row(key, 4)))).containsExactly(STORED);

        assertThat(row()).containsEntry("deleted", "f").containsEntry("tenure", "4");
        assertThat(row().get("churn_probability")).isNotEqualTo("null");
    }

    @Test
    void anotherModelScoresTheSameStreamedChangeAgain() throws SQLException {
        String change = SourceEvents.update(50, SourceEvents.row(key, 4), SourceEvents.row(key, 5));
        predict(change);
        Map<String, String> first = row();
        forgetScore();

        assertThat(predictions.predict(another, 0, change)).containsExactly(STORED);
        assertThat(row()).containsEntry("model_version", "churn-2");
        assertThat(withoutScore(row())).isEqualTo(withoutScore(first));
        assertThat(row().get("churn_probability")).isEqualTo(first.get("churn_probability"));
        assertThat(predictions.predict(another, 0, change)).containsExactly(STALE);
    }

    @Test
    void anotherModelScoresAReadOfAnEqualRowAtItsPosition() throws SQLException {
        predict(SourceEvents.update(
                50, SourceEvents.row(key, 4), SourceEvents.row(key, 5).putNull("totalcharges")));
        Map<String, String> first = row();
        forgetScore();

        String read = SourceEvents.read(9000, SourceEvents.row(key, 5).putNull("totalcharges"));
        predictions.predict(another, 0, read);

        assertThat(row()).containsEntry("model_version", "churn-2").containsEntry("source_lsn", "50");
        assertThat(withoutScore(row())).isEqualTo(withoutScore(first));
        assertThat(row().get("churn_probability")).isEqualTo(first.get("churn_probability"));
        assertThat(predictions.predict(another, 0, read)).containsExactly(STALE);
    }

    @Test
    void anotherModelDoesNotScoreAReadOfAnotherRow() throws SQLException {
        predict(SourceEvents.insert(50, SourceEvents.row(key, 5)));

        assertStale(another, SourceEvents.read(9000, SourceEvents.row(key, 6)));
        // The label is part of the row.
        assertStale(another, SourceEvents.read(9000, SourceEvents.row(key, 5).put("churn", "Yes")));
        // Null differs from a value.
        assertStale(another, SourceEvents.read(9000, SourceEvents.row(key, 5).putNull("gender")));
    }

    @Test
    void anotherModelDoesNotScoreAReadOfAnOlderEpoch() throws SQLException {
        predictions.predict(predictor, 1, SourceEvents.insert(50, SourceEvents.row(key, 5)));

        assertThat(predictions.predict(another, 0, SourceEvents.read(9000, SourceEvents.row(key, 5))))
                .containsExactly(STALE);
    }

    @Test
    void deletedRowIsNeverScoredAgain() throws SQLException {
        ObjectNode row = SourceEvents.row(key, 5);
        predict(SourceEvents.delete(50, row));

        assertStale(another, SourceEvents.read(9000, row));
        assertStale(another, SourceEvents.delete(50, row));
        assertStale(another, SourceEvents.update(50, row, row));
    }

    /// During a roll-out the old revision still has deliveries, and gets some twice.
    @Test
    void lateDuplicateOnTheOldRevisionNeverFlipsTheScoreBack() throws SQLException {
        String change = SourceEvents.update(50, SourceEvents.row(key, 4), SourceEvents.row(key, 5));
        predictions.predict(another, 0, change);

        assertStale(predictor, change);
        assertStale(predictor, SourceEvents.read(9000, SourceEvents.row(key, 5)));

        assertThat(row()).containsEntry("model_version", "churn-2");
    }

    @Test
    void oldRevisionStillStoresWhatIsNewer() throws SQLException {
        predictions.predict(another, 0, SourceEvents.insert(50, SourceEvents.row(key, 5)));

        assertThat(predict(SourceEvents.insert(60, SourceEvents.row(key, 6)))).containsExactly(STORED);

        assertThat(row()).containsEntry("model_version", "churn-1").containsEntry("tenure", "6");
    }

    @Test
    void promotedModelScoresAgainWhatANewerOneHasScored() throws SQLException {
        BatchPredictor rolledBack = predictions.predictor("rolled-back-1");
        BatchPredictor newer = predictions.predictor("rolled-back-2");
        String change = SourceEvents.insert(50, SourceEvents.row(key, 5));
        predictions.predict(newer, 0, change);

        assertThat(predictions.predict(rolledBack, 0, change)).containsExactly(STALE);
        predictions.execute("SET ROLE operator; SELECT rowcast_promote_model('rolled-back-1')");
        assertThat(predictions.predict(rolledBack, 0, SourceEvents.read(9000, SourceEvents.row(key, 5))))
                .containsExactly(STORED);
        assertThat(predictions.predict(newer, 0, change)).containsExactly(STALE);

        assertThat(row()).containsEntry("model_version", "rolled-back-1").containsEntry("source_lsn", "50");
    }

    @Test
    void modelThatWasNeverUsedCannotBePromoted() {
        assertThatThrownBy(() -> predictions.execute("SELECT rowcast_promote_model('nobodys')"))
                .hasMessageContaining("model nobodys has never been used");
    }

    @Test
    void modelFromBeforeThereWereRanksHasTheLowest() throws SQLException {
        String change = SourceEvents.insert(50, SourceEvents.row(key, 5));
        predict(change);
        predictions.execute(
                "UPDATE person_churn_history_captured SET model_version = 'ancient' WHERE customerid = '" + key + "'");

        assertThat(predict(change)).containsExactly(STORED);

        assertThat(row()).containsEntry("model_version", "churn-1");
    }

    @Test
    void modelThatWasTakenOutOfTheTableIsRegisteredAgain() throws SQLException {
        predictions.predictor("removed-1");
        predictions.execute("DELETE FROM rowcast_model WHERE version = 'removed-1'");

        predictions.predictor("removed-1");

        assertThat(predictions.rows("SELECT name FROM rowcast_model WHERE version = 'removed-1'"))
                .hasSize(1);
    }

    @Test
    void staleChangeInABatchDoesNotHideAReadThatScoresAgain() throws SQLException {
        predict(SourceEvents.insert(50, SourceEvents.row(key, 5)));

        List<Outcome> outcomes = predictions.predict(
                another,
                0,
                SourceEvents.read(9000, SourceEvents.row(key, 5)),
                SourceEvents.insert(40, SourceEvents.row(key, 4)),
                SourceEvents.read(9000, SourceEvents.row(key, 3)));

        assertThat(outcomes).containsExactly(STORED, STALE, STALE);
        assertThat(row()).containsEntry("model_version", "churn-2").containsEntry("source_lsn", "50");
    }

    /// Predicts an event that changes nothing.
    private void assertStale(BatchPredictor predictor, String event) throws SQLException {
        Map<String, String> before = row();
        assertThat(predictions.predict(predictor, 0, event)).containsExactly(STALE);
        assertThat(row()).isEqualTo(before);
    }

    private List<Outcome> predict(String... events) {
        return predictions.predict(predictor, 0, events);
    }

    private Map<String, String> row() throws SQLException {
        return predictions.stored(key);
    }

    private void forgetScore() throws SQLException {
        predictions.execute(
                "UPDATE person_churn_history_captured SET churn_probability = 0.123 WHERE customerid = '" + key + "'");
    }

    private static Map<String, String> withoutScore(Map<String, String> row) {
        List<String> score = List.of("churn_probability", "model_version", "predicted_at");
        Map<String, String> rest = new LinkedHashMap<>(row);
        rest.keySet().removeAll(score);
        return rest;
    }
}
