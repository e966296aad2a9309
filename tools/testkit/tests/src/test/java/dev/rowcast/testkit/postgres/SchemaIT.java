package dev.rowcast.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The privileges and the constraints of `postgres/schema`.
class SchemaIT extends WithDatabase {

    private static final String PREDICTION = """
            INSERT INTO person_churn_history_captured
              (customerid, churn_probability, churn_prediction, model_version, source_epoch, source_lsn, source_ts,
               operation, deleted)
            VALUES ('%s', %s, %s, %s, %s, %s, now(), '%s', %s)""";

    @BeforeAll
    static void applyTwice() {
        database.postgres().applySchema();
    }

    @Test
    void theRowOfTheDocumentationGoesInAsItIsWritten() throws SQLException {
        database.execute("app", """
                INSERT INTO person_churn_history VALUES
                ('2718-YSKCS','Female',0,'Yes','No',1,'No','No phone service','DSL','No','Yes','No','No','No','No',
                 'Month-to-month','Yes','Electronic check',29.85,'29.85',NULL)""");
        assertThat(database.list(
                        "app", "SELECT totalcharges FROM person_churn_history WHERE customerid = '2718-YSKCS'"))
                .containsExactly("29.85");
    }

    @Test
    void noRoleHasMoreThanItsPartOfThePath() throws SQLException {
        assertThat(database.list("postgres", """
                        SELECT rolname FROM pg_roles
                        WHERE rolname IN ('app', 'connector', 'predictor', 'retention', 'operator')
                        AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls
                             OR rolreplication <> (rolname = 'connector'))""")).isEmpty();
        assertThat(database.list("postgres", """
                        SELECT grantee || ' ' || privilege_type || ' ' || table_name
                        FROM information_schema.role_table_grants
                        WHERE table_schema = 'public' AND grantee NOT IN ('postgres') ORDER BY 1"""))
                .filteredOn(grant -> !grant.endsWith(" person_churn_history") || !grant.startsWith("app "))
                .containsExactlyInAnyOrder(
                        "app SELECT person_churn_history_captured",
                        "app SELECT retention_case",
                        "app SELECT rowcast_drift",
                        "app SELECT rowcast_model",
                        "app SELECT rowcast_problems",
                        "operator SELECT rowcast_problems",
                        "pg_monitor SELECT rowcast_problems",
                        "pg_monitor SELECT rowcast_path",
                        "connector SELECT person_churn_history",
                        "connector SELECT person_churn_history_captured",
                        "connector SELECT outboxevent",
                        "connector SELECT rowcast_signal",
                        "connector INSERT rowcast_signal",
                        "connector SELECT rowcast_heartbeat",
                        "connector UPDATE rowcast_heartbeat",
                        "operator INSERT rowcast_signal",
                        "predictor SELECT person_churn_history_captured",
                        "predictor INSERT person_churn_history_captured",
                        "predictor UPDATE person_churn_history_captured",
                        "predictor REFERENCES person_churn_history",
                        "predictor SELECT rowcast_drift",
                        "predictor INSERT rowcast_drift",
                        "predictor UPDATE rowcast_drift",
                        "predictor SELECT rowcast_model",
                        "predictor INSERT rowcast_model",
                        "retention SELECT retention_case",
                        "retention INSERT retention_case",
                        "retention UPDATE retention_case",
                        "retention INSERT outboxevent",
                        "retention DELETE outboxevent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app       | UPDATE person_churn_history_captured SET churn_probability = 0
            app       | DELETE FROM person_churn_history_captured
            app       | DROP TABLE person_churn_history_captured
            app       | CREATE TABLE mine ()
            app       | CREATE TEMP TABLE mine ()
            app       | ALTER PUBLICATION rowcast SET TABLE rowcast_signal
            predictor | SELECT customerid FROM person_churn_history
            predictor | INSERT INTO person_churn_history (customerid) VALUES ('x')
            predictor | DELETE FROM person_churn_history_captured
            predictor | SELECT * FROM rowcast_signal
            predictor | DELETE FROM rowcast_drift
            predictor | UPDATE rowcast_model SET name = 'x'
            predictor | DELETE FROM rowcast_model
            predictor | SELECT rowcast_promote_model('x')
            app       | UPDATE rowcast_drift SET counts = '{}'
            app       | SELECT * FROM rowcast_source
            app       | SELECT public.rowcast_check(0, 'public', 'person_churn_history')
            predictor | UPDATE rowcast_source SET timeline = 2
            predictor | SELECT public.rowcast_keep_epoch()
            operator  | SELECT public.rowcast_recapture('public.person_churn_history')
            connector | SELECT * FROM rowcast_drift
            retention | SELECT * FROM rowcast_drift
            predictor | CREATE TABLE mine (c text REFERENCES person_churn_history)
            connector | UPDATE person_churn_history SET tenure = 1
            connector | INSERT INTO person_churn_history_captured (customerid) VALUES ('x')
            connector | DELETE FROM rowcast_signal
            app       | UPDATE retention_case SET status = 'none'
            app       | SELECT * FROM outboxevent
            predictor | SELECT * FROM retention_case
            retention | SELECT * FROM person_churn_history
            retention | SELECT * FROM person_churn_history_captured
            retention | DELETE FROM retention_case
            retention | SELECT payload FROM outboxevent
            retention | UPDATE outboxevent SET payload = ''
            connector | INSERT INTO outboxevent (id) VALUES (gen_random_uuid())
            operator  | SELECT * FROM rowcast_signal
            operator  | DELETE FROM rowcast_signal
            operator  | SELECT * FROM person_churn_history
            operator  | SELECT * FROM person_churn_history_captured
            operator  | UPDATE rowcast_heartbeat SET beat_at = now()
            """)
    void whatIsNotGrantedIsRefused(String role, String sql) {
        refused(role, sql).hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void predictorSeesTheSourceTablesColumnsAndNoneOfItsRows() throws SQLException {
        assertThat(database.list("predictor", """
                        SELECT column_name FROM information_schema.columns
                        WHERE table_schema = 'public' AND table_name = 'person_churn_history'""")).hasSize(21).contains("customerid", "totalcharges", "churn");
    }

    @Test
    void capturedTableStartsWithTheColumnsOfTheSourceTable() throws SQLException {
        String columns = """
                SELECT column_name || ' ' || data_type || coalesce('.' || numeric_scale, '')
                FROM information_schema.columns WHERE table_name = '%s' ORDER BY ordinal_position""";
        List<String> source = database.list("postgres", columns.formatted("person_churn_history"));
        assertThat(database.list("postgres", columns.formatted("person_churn_history_captured")))
                .startsWith(source.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\tb", "\u0001", "a\u007f", "a\u0085b"})
    void aKeyThatCannotBeDeliveredIsRefused(String key) {
        assertThatThrownBy(() -> insertKey(key)).hasFieldOrPropertyWithValue("SQLState", "23514");
    }

    @Test
    void aKeyMayHaveAsManyBytesAsADocumentsId() throws SQLException {
        insertKey("ü".repeat(256));
        insertKey("日本 <b>&amp;</b> %00 ' \"");
        assertThatThrownBy(() -> insertKey("ü".repeat(256) + "x")).hasFieldOrPropertyWithValue("SQLState", "23514");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            captured_live_row_is_scored    | NULL  | 'No'  | 'm'  | 0   | 1                 | u | false
            captured_live_row_is_scored    | 0.5   | NULL  | 'm'  | 0   | 1                 | u | false
            captured_live_row_is_scored    | 0.5   | 'No'  | NULL | 0   | 1                 | u | false
            captured_probability_is_one    | 1.01  | 'Yes' | 'm'  | 0   | 1                 | u | false
            captured_probability_is_one    | 'NaN' | 'Yes' | 'm'  | 0   | 1                 | u | false
            captured_prediction_is_a_label | 0.5   | 'Mb'  | 'm'  | 0   | 1                 | u | false
            captured_epoch_fits_a_version  | 0.5   | 'No'  | 'm'  | 256 | 1                 | u | false
            captured_lsn_fits_a_version    | 0.5   | 'No'  | 'm'  | 0   | 36028797018963968 | u | false
            captured_lsn_fits_a_version    | 0.5   | 'No'  | 'm'  | 0   | -1                | u | false
            captured_operation_is_known    | 0.5   | 'No'  | 'm'  | 0   | 1                 | t | false
            captured_delete_is_marked      | 0.5   | 'No'  | 'm'  | 0   | 1                 | d | false
            captured_delete_is_marked      | 0.5   | 'No'  | 'm'  | 0   | 1                 | u | true
            """)
    void aPredictionThatCannotBeIsRefused(
            String constraint,
            String probability,
            String label,
            String model,
            String epoch,
            String lsn,
            String operation,
            String deleted) {
        refused("predictor", PREDICTION.formatted("any", probability, label, model, epoch, lsn, operation, deleted))
                .hasMessageContaining('"' + constraint + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "36028797018963968"})
    void aCommitThatFitsNoVersionIsRefused(String commit) throws SQLException {
        database.execute(
                "predictor", PREDICTION.formatted("commit" + commit, "0.25", "'Yes'", "'m'", "0", "1", "u", false));

        refused("predictor", "UPDATE person_churn_history_captured SET source_commit = " + commit)
                .hasMessageContaining("captured_commit_fits_a_version");
        refused("retention", "INSERT INTO retention_case (customerid, captured_commit) VALUES ('x', " + commit + ")")
                .hasMessageContaining("case_commit_fits_a_version");
    }

    @Test
    void predictorStoresScoresAndMarksDeletes() throws SQLException {
        database.execute(
                "predictor",
                PREDICTION.formatted("live", "0.25", "'Yes'", "'m'", "255", "36028797018963967", "u", false));
        database.execute("predictor", PREDICTION.formatted("gone", "NULL", "NULL", "NULL", "0", "0", "d", true));
        database.execute(
                "predictor", "UPDATE person_churn_history_captured SET source_lsn = 1 WHERE customerid = 'live'");
        assertThat(database.list("app", "SELECT customerid FROM person_churn_history_captured WHERE deleted"))
                .containsExactly("gone");
    }

    @Test
    void truncateIsRefusedBecauseItIsNoChangeOfARow() {
        refused("app", "TRUNCATE person_churn_history").hasMessageContaining("Use DELETE");
    }

    @Test
    void oldRowsAreInTheWalAndJustTheseTablesArePublished() throws SQLException {
        assertThat(database.list("postgres", """
                        SELECT relname FROM pg_class WHERE relreplident = 'f' ORDER BY relname"""))
                .containsExactly("person_churn_history", "person_churn_history_captured");
        assertThat(database.list(
                        "postgres", "SELECT tablename FROM pg_publication_tables WHERE pubname = 'rowcast' ORDER BY 1"))
                .containsExactly(
                        "person_churn_history", "person_churn_history_captured", "rowcast_heartbeat", "rowcast_signal");
        assertThat(database.list(
                        "postgres",
                        "SELECT tablename FROM pg_publication_tables WHERE pubname = 'rowcast_outbox' ORDER BY 1"))
                .containsExactly("outboxevent", "rowcast_heartbeat");
        assertThat(database.list(
                        "postgres", "SELECT slot_name FROM pg_replication_slots WHERE plugin = 'pgoutput' ORDER BY 1"))
                .containsExactly("rowcast_churn", "rowcast_outbox");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            case_status_is_known          | 'new'    | 1  | now() | NULL  | NULL
            case_is_counted               | 'open'   | 0  | now() | NULL  | NULL
            case_is_counted               | 'none'   | 1  | NULL  | NULL  | NULL
            case_was_opened               | 'open'   | 1  | NULL  | NULL  | NULL
            case_closed_says_when_and_why | 'closed' | 1  | now() | NULL  | 'deleted'
            case_closed_says_when_and_why | 'closed' | 1  | now() | now() | NULL
            case_closed_says_when_and_why | 'open'   | 1  | now() | now() | 'deleted'
            case_reason_is_known          | 'closed' | 1  | now() | now() | 'tired'
            """)
    void aCaseThatCannotBeIsRefused(
            String constraint, String status, String number, String opened, String closed, String because) {
        refused(
                        "retention",
                        "INSERT INTO retention_case (customerid, status, case_number, opened_at, closed_at, closed_because)"
                                + " VALUES ('any', %s, %s, %s, %s, %s)"
                                        .formatted(status, number, opened, closed, because))
                .hasMessageContaining('"' + constraint + '"');
    }

    @Test
    void retentionKeepsCasesAndItsEventsAreGoneWithTheirTransaction() throws SQLException {
        database.execute("retention", """
                INSERT INTO retention_case (customerid) VALUES ('judged');
                UPDATE retention_case SET status = 'open', case_number = 1, opened_at = now();
                INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, "timestamp", payload)
                VALUES ('00000000-0000-0000-0000-000000000001', 'retention_case', 'judged', 't', now(), '{}');
                DELETE FROM outboxevent WHERE id = '00000000-0000-0000-0000-000000000001'""");
        assertThat(database.list("app", "SELECT status FROM retention_case WHERE customerid = 'judged'"))
                .containsExactly("open");
        assertThat(database.list("postgres", "SELECT count(*) FROM outboxevent"))
                .containsExactly("0");
    }

    @Test
    void secondApplicationRestoresThePublicationAndKeepsRows() throws SQLException {
        // Given
        insertKey("kept");
        database.execute("postgres", "ALTER PUBLICATION rowcast DROP TABLE person_churn_history_captured");
        List<String> slot = database.list("postgres", "SELECT restart_lsn::text FROM pg_replication_slots");
        // When
        database.postgres().applySchema();
        // Then
        assertThat(database.list("postgres", "SELECT count(*) FROM pg_publication_tables WHERE pubname = 'rowcast'"))
                .containsExactly("4");
        assertThat(database.list(
                        "postgres", "SELECT restart_lsn::text FROM pg_replication_slots WHERE plugin = 'pgoutput'"))
                .isEqualTo(slot);
        assertThat(database.list("app", "SELECT customerid FROM person_churn_history WHERE customerid = 'kept'"))
                .hasSize(1);
    }

    @Test
    void everyTableAndColumnSaysWhatItIs() throws SQLException {
        assertThat(database.list("postgres", """
                        SELECT c.relname || coalesce('.' || a.attname, '') FROM pg_class c
                        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                        AND (obj_description(c.oid, 'pg_class') IS NULL
                             OR (col_description(c.oid, a.attnum) IS NULL AND NOT (c.relname LIKE '%captured'
                                 AND a.attname IN (SELECT attname FROM pg_attribute
                                                   WHERE attrelid = 'public.person_churn_history'::regclass))))""")).isEmpty();
    }

    private static void insertKey(String key) throws SQLException {
        try (Connection app = database.postgres().connect("app");
                PreparedStatement insert =
                        app.prepareStatement("INSERT INTO person_churn_history (customerid) VALUES (?)")) {
            insert.setString(1, key);
            insert.executeUpdate();
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String role, String sql) {
        return assertThatThrownBy(() -> database.execute(role, sql)).isInstanceOf(SQLException.class);
    }
}
