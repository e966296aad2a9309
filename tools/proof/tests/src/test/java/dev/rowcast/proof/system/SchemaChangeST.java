package dev.rowcast.proof.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.local.run.RunOverrides;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.audit.CapturedRowCheck;
import dev.rowcast.proof.chaos.fault.SecondModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// The columns of the source table and the version of its model change while its rows change.
class SchemaChangeST extends WithSystem {

    /// Longer than the test, so that a new process means a restart.
    private static final Duration NEVER = Duration.ofHours(1);

    private static final String CAPTURED = "person_churn_history_captured";
    private static final String NO_TENURE =
            "table public.person_churn_history, column tenure: expected a number, found nothing";
    private static final String TENURE_IS_TEXT =
            "table public.person_churn_history, column tenure: expected a number, found text";
    private static final String TENURE_IS_MANY =
            "table public.person_churn_history, column tenure: expected a number, found \"many\"";

    /// More than the rows of two chunks of an incremental snapshot.
    private static final int BULK = 2_100;

    private static Path model;
    private static FunctionReadiness predictor;

    private ReceivedDeadLetters letters;
    private ConstantUpdates updates;
    private long process;

    @BeforeAll
    static void start() throws Exception {
        model = Files.copy(MODEL, folder.resolve("model.onnx"));
        start(RunSettings.quiet().withIdle(NEVER), new FewTries());
        predictor = new FunctionReadiness(system, "predictor");
        stores.insert("FLOW-", ConstantUpdates.CUSTOMERS);
        stores.insert("ROW-", 3);
        awaitNoDifferences(system.contract());
    }

    @BeforeEach
    void startUpdates() {
        letters = ReceivedDeadLetters.fromNowOn(system);
        updates = ConstantUpdates.of(stores.jdbc());
        predictor.awaitReady();
        process = predictor.pid();
    }

    @AfterEach
    void endUpdates() throws Exception {
        updates.end();
    }

    @Test
    @Order(1)
    void addedColumnIsIndexedAndNothingIsRejected() throws Exception {
        stores.execute("ALTER TABLE person_churn_history ADD COLUMN loyalty text");
        stores.execute("UPDATE person_churn_history SET loyalty = 'gold' WHERE customerid = 'ROW-1'");
        finishUpdates();

        awaitNoDifferencesWithoutARestart();
        assertThat(stores.document("person_churn_history", "ROW-1")
                        .at("/extra/loyalty")
                        .asText())
                .isEqualTo("gold");
        assertThat(letters.all()).isEmpty();
    }

    @Test
    @Order(2)
    void droppedColumnIsNamedAndRowsAreScoredWhenItIsRestored() throws Exception {
        stores.superuser("CREATE TABLE kept AS SELECT customerid, tenure FROM person_churn_history");
        stores.superuser("ALTER TABLE person_churn_history DROP COLUMN tenure");
        predictor.awaitNotReady(NO_TENURE);
        stores.execute("UPDATE person_churn_history SET monthlycharges = 77 WHERE customerid = 'ROW-1'");
        stores.execute("DELETE FROM person_churn_history WHERE customerid = 'ROW-2'");

        letters.await("predictor ROW-1 422 feature-missing: " + NO_TENURE);
        letters.await("predictor ROW-2 503 : " + NO_TENURE);
        assertThat(stores.captured("deleted", "ROW-2")).isEqualTo("f");

        stores.superuser("ALTER TABLE person_churn_history ADD COLUMN tenure integer;"
                + "UPDATE person_churn_history row SET tenure = kept.tenure FROM kept"
                + " WHERE kept.customerid = row.customerid");
        predictor.awaitReady();
        finishUpdates();
        letters.replay();

        awaitNoDifferencesWithoutARestart();
        assertThat(stores.captured("monthlycharges", "ROW-1")).isEqualTo("77.00");
        assertThat(stores.captured("deleted", "ROW-2")).isEqualTo("t");
    }

    /// Events with the column's other name lack the feature forever, so the row must be updated again.
    @Test
    @Order(3)
    void renamedColumnIsNamedAndRowsAreScoredAfterAnUpdate() throws Exception {
        stores.execute("ALTER TABLE person_churn_history RENAME COLUMN tenure TO months");
        predictor.awaitNotReady(NO_TENURE);
        stores.execute("UPDATE person_churn_history SET months = 33 WHERE customerid = 'ROW-1'");
        letters.await("predictor ROW-1 422 feature-missing: " + NO_TENURE);

        stores.execute("ALTER TABLE person_churn_history RENAME COLUMN months TO tenure");
        predictor.awaitReady();
        finishUpdates();

        letters.replay();

        assertThat(stores.differences(system.contract(), model)).contains("captured table, ROW-1: tenure is 1, not 33");
        stores.execute("UPDATE person_churn_history SET tenure = tenure WHERE customerid = 'ROW-1'");
        awaitNoDifferencesWithoutARestart();
    }

    @Test
    @Order(4)
    void retypedColumnIsNamedAndRejectedRowsReplayWhenRestored() throws Exception {
        stores.execute("ALTER TABLE person_churn_history ALTER COLUMN tenure TYPE text USING tenure::text");
        predictor.awaitNotReady(TENURE_IS_TEXT);
        stores.execute("UPDATE person_churn_history SET tenure = 'many' WHERE customerid = 'ROW-3'");
        stores.execute("UPDATE person_churn_history SET tenure = '44' WHERE customerid = 'ROW-1'");

        letters.await("predictor ROW-3 422 feature-type: " + TENURE_IS_MANY);
        letters.await(
                "indexer ROW-3 422 not-storable: index person_churn_history: ",
                "failed to parse field [tenure] of type [integer]",
                "'many'");
        letters.await("predictor ROW-1 503 : " + TENURE_IS_TEXT);

        stores.execute("UPDATE person_churn_history SET tenure = '12' WHERE customerid = 'ROW-3'");
        letters.await("predictor ROW-3 503 : " + TENURE_IS_TEXT);
        stores.execute("ALTER TABLE person_churn_history ALTER COLUMN tenure TYPE integer USING tenure::integer");
        predictor.awaitReady();
        finishUpdates();
        assertThat(stores.differences(system.contract(), model))
                .contains("captured table, ROW-1: tenure is 33, not 44", "captured table, ROW-3: tenure is 3, not 12");

        letters.replay();

        awaitNoDifferencesWithoutARestart();
    }

    @Test
    @Order(5)
    void tableThatLeavesThePublicationIsNamedAndThenRecaptured() throws Exception {
        stores.superuser("ALTER PUBLICATION rowcast DROP TABLE person_churn_history");
        predictor.awaitNotReady(
                "path",
                "table public.person_churn_history is not in publication rowcast: its changes are not captured"
                        + " [ALTER PUBLICATION rowcast ADD TABLE public.person_churn_history]");
        stores.insert("MISSED-", 2);
        stores.execute("UPDATE person_churn_history SET tenure = 55 WHERE customerid = 'ROW-1'");
        stores.execute("DELETE FROM person_churn_history WHERE customerid = 'ROW-3'");

        stores.superuser("ALTER PUBLICATION rowcast ADD TABLE public.person_churn_history");
        predictor.awaitWarning("changes of table public.person_churn_history were not captured between ");
        finishUpdates();
        assertThat(stores.differences(system.contract(), model)).isNotEmpty();
        stores.superuser("SELECT public.rowcast_recapture('public.person_churn_history')");

        awaitNoDifferences(system.contract());
        assertThat(stores.captured("deleted", "ROW-3")).isEqualTo("t");
        predictor.awaitWarning("\"path-warnings\": \"holds\"");
        assertThat(letters.all()).isEmpty();
    }

    @Test
    @Order(6)
    void signalledSnapshotScoresTheWholeTableDuringUpdates() throws Exception {
        stores.insert("BULK-", BULK);
        stores.awaitCaptured(CAPTURED, BULK, "customerid LIKE 'BULK-%'");
        ModelContract second = SecondModel.put(MODEL, model, 1);
        ProcessHandle.of(predictor.pid()).orElseThrow().destroyForcibly();
        stores.superuser("INSERT INTO rowcast_signal VALUES ('again', 'execute-snapshot',"
                + " '{\"type\": \"incremental\", \"data-collections\": [\"public.person_churn_history\"]}')");
        awaitUpdates();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(CapturedRowCheck.ofAnotherModel(stores.jdbc(), second))
                        .isEmpty());
        updates.end();

        awaitNoDifferences(second);
        assertThat(second.model().version())
                .isNotEqualTo(system.contract().model().version());
        assertThat(stores.countCaptured(CAPTURED, "customerid LIKE 'BULK-%' AND operation = 'c' AND source_lsn > 0"))
                .as("rows that were scored again at their positions")
                .isEqualTo(BULK);
        assertThat(stores.countCaptured(CAPTURED, "customerid LIKE 'FLOW-%' AND operation = 'u'"))
                .as("rows with changes that are newer than the snapshot")
                .isEqualTo(ConstantUpdates.CUSTOMERS);
        assertThat(letters.all()).isEmpty();
    }

    /// Few and short tries, so that an undeliverable event is a dead letter soon, and a model that can be
    /// replaced. Many rejections must not wait, because the tests check each of them.
    private static final class FewTries implements RunOverrides {
        @Override
        public Map<String, String> environment(Stations stations) {
            return Map.of(
                    "ROWCAST_MODEL_FILE",
                    model.toString(),
                    "ROWCAST_DELIVERY_FLOOD_LIMIT",
                    "0",
                    "ROWCAST_PREDICTOR_READINESS_INTERVAL",
                    "500ms");
        }

        @Override
        public RetryPolicy retries(RetryPolicy manifest) {
            return new RetryPolicy(6, RetryPolicy.BackOff.LINEAR, Duration.ofMillis(50), manifest.timeout());
        }
    }

    private void finishUpdates() throws Exception {
        awaitUpdates();
        updates.end();
    }

    /// Waits until every updated customer has a prediction of a change after this call.
    private static void awaitUpdates() throws SQLException {
        stores.awaitCaptured(
                CAPTURED, ConstantUpdates.CUSTOMERS, "customerid LIKE 'FLOW-%' AND source_lsn > " + stores.lsn());
    }

    private void awaitNoDifferencesWithoutARestart() {
        awaitNoDifferences(system.contract());
        assertThat(predictor.pid()).isEqualTo(process);
    }

    private static void awaitNoDifferences(ModelContract contract) {
        stores.awaitNoDifferences(contract, model);
    }
}
