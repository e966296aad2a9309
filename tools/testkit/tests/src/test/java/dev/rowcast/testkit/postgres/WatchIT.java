package dev.rowcast.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The problems in `public.rowcast_problems`, and the commands that repair them.
class WatchIT extends WithDatabase {

    private static final String FAULTS =
            "SELECT problem FROM rowcast_problems WHERE severity = 'fault' ORDER BY problem";
    private static final String LOST =
            "SELECT problem || ' [' || command || ']' FROM rowcast_problems WHERE severity = 'lost' ORDER BY problem";
    private static final String PREDICTION = """
            INSERT INTO person_churn_history_captured
              (customerid, tenure, churn_probability, churn_prediction, model_version, source_epoch, source_lsn, source_ts,
               operation)
            VALUES ('%s', %d, 0.5, 'Yes', 'm', %d, %d, now(), 'u')""";

    @BeforeEach
    void nothingIsWrong() throws SQLException {
        assertThat(database.list("SELECT problem FROM rowcast_problems WHERE severity <> 'waiting'"))
                .isEmpty();
    }

    @AfterEach
    void forget() throws SQLException {
        database.execute("DELETE FROM rowcast_gap; DELETE FROM rowcast_source; DELETE FROM person_churn_history;"
                + " DELETE FROM person_churn_history_captured");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER PUBLICATION rowcast DROP TABLE person_churn_history              | table public.person_churn_history is not in publication rowcast
            ALTER PUBLICATION rowcast DROP TABLE person_churn_history_captured     | table public.person_churn_history_captured is not in publication rowcast
            ALTER PUBLICATION rowcast_outbox DROP TABLE outboxevent                | table public.outboxevent is not in publication rowcast_outbox
            ALTER PUBLICATION rowcast SET (publish = 'insert, update')             | leaves out deletes: those of table public.person_churn_history
            ALTER PUBLICATION rowcast SET (publish = 'insert, delete')             | leaves out updates: those of table public.person_churn_history
            ALTER PUBLICATION rowcast SET TABLE person_churn_history WHERE (customerid <> 'x'), person_churn_history_captured, rowcast_signal, rowcast_heartbeat | leaves out rows of table public.person_churn_history
            ALTER PUBLICATION rowcast SET TABLE person_churn_history, person_churn_history_captured (customerid, deleted), rowcast_signal, rowcast_heartbeat | leaves out columns of table public.person_churn_history_captured: gender
            DROP PUBLICATION rowcast                                               | publication rowcast does not exist
            ALTER EVENT TRIGGER rowcast_follow_shape DISABLE; ALTER TABLE person_churn_history REPLICA IDENTITY DEFAULT; ALTER EVENT TRIGGER rowcast_follow_shape ENABLE | table public.person_churn_history has not REPLICA IDENTITY FULL
            SELECT pg_drop_replication_slot('rowcast_churn')                       | slot rowcast_churn does not exist
            """)
    void whatIsNotCapturedIsAFaultThatItsCommandMends(String damage, String problem) throws SQLException {
        database.execute(damage);

        List<String> faults = database.list(FAULTS);
        assertThat(faults).isNotEmpty().anySatisfy(fault -> assertThat(fault).contains(problem));
        // One command of a row is enough for all that have the same.
        for (String command : database.list("SELECT DISTINCT command FROM rowcast_problems WHERE severity = 'fault'")) {
            database.execute(command);
        }

        assertThat(database.list(FAULTS)).isEmpty();
    }

    @Test
    void partitionsThatArePublishedUnderTheirOwnNamesAreAFault() throws SQLException {
        database.execute("""
                CREATE TABLE orders (id text PRIMARY KEY) PARTITION BY HASH (id);
                CREATE TABLE orders_0 PARTITION OF orders FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                CREATE PUBLICATION orders FOR TABLE orders;
                INSERT INTO rowcast_path VALUES ('orders', 'rowcast_churn', 'public', 'orders', 'source')""");

        assertThat(database.list(FAULTS))
                .containsExactly(
                        "publication orders sends the changes of the partitions of table public.orders under their own"
                                + " names: they are not captured",
                        "table public.orders_0 has not REPLICA IDENTITY FULL: its changes come without the old row");

        for (String command : database.list("SELECT command FROM rowcast_problems WHERE severity = 'fault'")) {
            database.execute(command);
        }
        assertThat(database.list(FAULTS)).isEmpty();
        database.execute(
                "DELETE FROM rowcast_path WHERE publication = 'orders'; DROP PUBLICATION orders; DROP TABLE orders");
    }

    @Test
    void tableThatIsMadeAnewWasNotCapturedUntilItIsPublishedAgain() throws SQLException {
        String make = "CREATE TABLE orders (id text PRIMARY KEY); ALTER TABLE orders REPLICA IDENTITY FULL;";
        database.execute(make + "CREATE PUBLICATION orders FOR TABLE orders;"
                + "INSERT INTO rowcast_path VALUES ('orders', 'rowcast_churn', 'public', 'orders', 'source')");
        database.execute("DROP TABLE orders");
        database.execute(make);

        assertThat(database.list(FAULTS))
                .singleElement()
                .asString()
                .contains("table public.orders is not in publication orders");
        database.execute("ALTER PUBLICATION orders ADD TABLE orders");
        assertThat(database.list(FAULTS)).isEmpty();
        assertThat(database.list(LOST))
                .singleElement()
                .asString()
                .contains("changes of table public.orders were not captured");
        database.execute(
                "DELETE FROM rowcast_path WHERE publication = 'orders'; DROP PUBLICATION orders; DROP TABLE orders");
    }

    @Test
    void whatWasMissedStaysUntilItIsBroughtBack() throws SQLException {
        database.execute(
                "INSERT INTO person_churn_history (customerid, tenure) VALUES ('same', 1), ('changed', 1), ('new', 1)");
        database.execute(PREDICTION.formatted("same", 1, 0, 1));
        database.execute(PREDICTION.formatted("changed", 2, 0, 1));
        database.execute(PREDICTION.formatted("gone", 3, 0, 1));
        database.execute("ALTER PUBLICATION rowcast DROP TABLE person_churn_history");
        database.execute("ALTER PUBLICATION rowcast ADD TABLE person_churn_history");

        assertThat(database.list(LOST))
                .singleElement()
                .asString()
                .contains("changes of table public.person_churn_history were not captured between ")
                .endsWith("[SELECT public.rowcast_recapture('public.person_churn_history')]");

        String before = database.list("SELECT pg_current_wal_lsn()").getFirst();
        assertThat(database.list(
                        "SELECT written || ' ' || deleted FROM rowcast_recapture('public.person_churn_history')"))
                .containsExactly("2 1");
        assertThat(database.list(LOST)).isEmpty();
        assertThat(database.list("SELECT customerid FROM person_churn_history ORDER BY 1"))
                .containsExactly("changed", "new", "same");
        assertThat(database.list("SELECT pg_current_wal_lsn() > '" + before + "'"))
                .containsExactly("t");
    }

    @Test
    void tableThatLeavesAndComesBackInOneTransactionWasNeverAway() throws SQLException {
        database.execute("BEGIN; ALTER PUBLICATION rowcast DROP TABLE person_churn_history;"
                + " ALTER PUBLICATION rowcast ADD TABLE person_churn_history; COMMIT");
        database.postgres().applySchema();

        assertThat(database.list(LOST)).isEmpty();
    }

    @Test
    void slotThatAConnectorMadeAnewHasLostWhatWasBefore() throws SQLException {
        database.execute("SELECT pg_drop_replication_slot('rowcast_outbox')");
        database.execute("SELECT pg_create_logical_replication_slot('rowcast_outbox', 'pgoutput')");

        assertThat(database.list(LOST))
                .singleElement()
                .asString()
                .contains("slot rowcast_outbox was made anew by its connector");

        database.execute("SELECT pg_drop_replication_slot('rowcast_outbox')");
        database.postgres().applySchema();
    }

    @Test
    void epochIsOfTheDatabaseThatItWasFirstUsedWith() throws SQLException {
        store(0, PREDICTION.formatted("first", 1, 0, 1));
        store(0, PREDICTION.formatted("second", 1, 0, 1));
        database.execute("UPDATE rowcast_source SET timeline = timeline + 1");

        assertThatThrownBy(() -> store(0, PREDICTION.formatted("third", 1, 0, 1)))
                .hasFieldOrPropertyWithValue("SQLState", "3DR01")
                .hasMessageContaining("ROWCAST_SOURCE_EPOCH is 0, which is recorded for database ")
                .hasMessageContaining("raise it in every function");
        assertThat(database.list(FAULTS))
                .isNotEmpty()
                .allMatch(fault -> fault.startsWith("epoch 0 is recorded for database "));

        store(1, PREDICTION.formatted("third", 1, 1, 1));
        assertThat(database.list(FAULTS)).isEmpty();
        assertThatThrownBy(() -> store(0, PREDICTION.formatted("fourth", 1, 0, 1)))
                .hasFieldOrPropertyWithValue("SQLState", "3DR01")
                .hasMessageContaining("ROWCAST_SOURCE_EPOCH is 0, but epoch 1 is in use here");
        assertThat(database.list("SELECT customerid FROM person_churn_history_captured ORDER BY 1"))
                .containsExactly("first", "second", "third");
    }

    @Test
    void caseOfAnotherHistoryIsRefusedToo() throws SQLException {
        store(0, "INSERT INTO retention_case (customerid) VALUES ('a') ON CONFLICT DO NOTHING");
        database.execute("UPDATE rowcast_source SET system_identifier = system_identifier + 1");

        assertThatThrownBy(
                        () -> store(0, "INSERT INTO retention_case (customerid) VALUES ('a') ON CONFLICT DO NOTHING"))
                .hasFieldOrPropertyWithValue("SQLState", "3DR01");
    }

    @Test
    void rowsOfALogThatIsLostAreSeenAlsoWhereNothingIsRecorded() throws SQLException {
        database.execute(PREDICTION.formatted("restored", 1, 0, 1L << 50));

        assertThatThrownBy(() -> store(0, PREDICTION.formatted("restored", 2, 0, 2) + " ON CONFLICT DO NOTHING"))
                .hasFieldOrPropertyWithValue("SQLState", "3DR01")
                .hasMessageContaining("holds positions of that epoch that are beyond the end of this log");
        store(1, PREDICTION.formatted("new", 2, 1, 2));
    }

    @Test
    void failOverThatLostNothingKeepsItsEpoch() throws SQLException {
        store(0, PREDICTION.formatted("before", 1, 0, 1));
        database.execute("UPDATE rowcast_source SET timeline = timeline + 1");

        database.execute("SELECT rowcast_keep_epoch()");

        store(0, PREDICTION.formatted("after", 1, 0, 1));
        assertThat(database.list(FAULTS)).isEmpty();
    }

    /// As a function of this epoch, which does not need to be the predictor for that.
    private static void store(int epoch, String sql) throws SQLException {
        database.execute("SET rowcast.epoch = '" + epoch + "'; " + sql);
    }
}
