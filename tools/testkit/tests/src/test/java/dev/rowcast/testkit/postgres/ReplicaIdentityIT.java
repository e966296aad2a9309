package dev.rowcast.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `postgres/schema/70-replica-identity.sql`: after any change of the shape of a captured table, the application can
/// still write it, and the WAL has as much of the old row as Postgres allows.
class ReplicaIdentityIT extends WithDatabase {

    private static final String ADD_VIRTUAL =
            "ALTER TABLE person_churn_history ADD twice integer GENERATED ALWAYS AS (tenure * 2) VIRTUAL";
    private static final String DROP_VIRTUAL = "ALTER TABLE person_churn_history DROP COLUMN twice";

    @AfterEach
    void putBack() throws SQLException {
        database.execute("postgres", """
                ALTER TABLE person_churn_history DROP COLUMN IF EXISTS twice, DROP COLUMN IF EXISTS yearly;
                DROP TABLE IF EXISTS parted, parted_apart, other CASCADE""");
        assertThat(identity("person_churn_history")).isEqualTo("FULL");
    }

    @Test
    void aStoredColumnLeavesTheWholeOldRow() throws SQLException {
        List<String> said = database.execute(
                "app",
                "ALTER TABLE person_churn_history ADD yearly numeric GENERATED ALWAYS AS (monthlycharges * 12) STORED");

        assertThat(said).isEmpty();
        assertThat(identity("person_churn_history")).isEqualTo("FULL");
        applicationGoesOn("person_churn_history");
        database.execute("app", "ALTER TABLE person_churn_history ALTER yearly DROP EXPRESSION");
        applicationGoesOn("person_churn_history");
    }

    @Test
    void aVirtualColumnLeavesTheKeyAndSaysWhatItCosts() throws SQLException {
        List<String> said = database.execute("app", ADD_VIRTUAL);

        assertThat(said)
                .singleElement()
                .asString()
                .contains("person_churn_history has REPLICA IDENTITY DEFAULT now", "VIRTUAL", "only the key");
        applicationGoesOn("person_churn_history");
        assertThat(database.execute("app", DROP_VIRTUAL))
                .singleElement()
                .asString()
                .contains("person_churn_history has REPLICA IDENTITY FULL now");
        applicationGoesOn("person_churn_history");
    }

    @Test
    void applyingTheSchemaAgainWithAVirtualColumnKeepsTheKey() throws SQLException {
        database.execute("app", ADD_VIRTUAL);

        database.postgres().applySchema();

        assertThat(identity("person_churn_history")).isEqualTo("DEFAULT");
        applicationGoesOn("person_churn_history");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEFAULT", "NOTHING"})
    void aReplicaIdentityThatSaysTooLittleIsPutRight(String identity) throws SQLException {
        database.execute("app", "ALTER TABLE person_churn_history REPLICA IDENTITY " + identity);

        assertThat(identity("person_churn_history")).isEqualTo("FULL");
    }

    /// Postgres has no replica identity for such a table, in any publication.
    @Test
    void aVirtualColumnWithoutAnyKeyIsSaidAndTheNextKeyMendsIt() throws SQLException {
        database.execute("app", "INSERT INTO person_churn_history (customerid) VALUES ('keyless')");
        database.execute("app", ADD_VIRTUAL);
        try {
            assertThat(database.execute(
                            "app", "ALTER TABLE person_churn_history DROP CONSTRAINT person_churn_history_pkey"))
                    .singleElement()
                    .asString()
                    .contains("Postgres refuses UPDATE and DELETE of public.person_churn_history", "VIRTUAL", "no key");
            assertThatThrownBy(() -> database.execute("app", "DELETE FROM person_churn_history"))
                    .hasMessageContaining("replica identity");

            database.execute("postgres", "CREATE UNIQUE INDEX other_key ON person_churn_history (customerid)");

            assertThat(identity("person_churn_history")).isEqualTo("USING INDEX other_key");
            applicationGoesOn("person_churn_history");
        } finally {
            database.execute("postgres", """
                    DROP INDEX IF EXISTS other_key; ALTER TABLE person_churn_history DROP COLUMN twice;
                    ALTER TABLE person_churn_history ADD CONSTRAINT person_churn_history_pkey PRIMARY KEY (customerid)""");
        }
    }

    @Test
    void partitionsThatAreThereMadeAndAttachedSayTheWholeOldRow() throws SQLException {
        database.execute("postgres", """
                CREATE TABLE parted (customerid text PRIMARY KEY, tenure integer) PARTITION BY HASH (customerid);
                ALTER TABLE parted OWNER TO app;
                CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 3, REMAINDER 0);
                CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON parted
                    FOR EACH STATEMENT EXECUTE FUNCTION rowcast_refuse_truncate();
                SELECT rowcast_limit_rows('parted');
                ALTER PUBLICATION rowcast ADD TABLE parted;
                CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 3, REMAINDER 1);
                CREATE TABLE parted_2 (LIKE parted INCLUDING ALL) PARTITION BY HASH (customerid);
                CREATE TABLE parted_2_0 PARTITION OF parted_2 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                ALTER TABLE parted ATTACH PARTITION parted_2 FOR VALUES WITH (MODULUS 3, REMAINDER 2);
                ALTER TABLE parted_0 OWNER TO app; ALTER TABLE parted_1 OWNER TO app; ALTER TABLE parted_2 OWNER TO app;
                ALTER TABLE parted_2_0 OWNER TO app""");

        for (String table : List.of("parted", "parted_0", "parted_1", "parted_2", "parted_2_0")) {
            assertThat(identity(table)).as(table).isEqualTo("FULL");
            assertThatThrownBy(() -> database.execute("postgres", "TRUNCATE " + table))
                    .as(table)
                    .hasMessageContaining("Use DELETE");
        }
        applicationGoesOn("parted");
        assertThatThrownBy(
                        () -> database.execute(
                                "app",
                                "ALTER TABLE parted ADD note text DEFAULT repeat('x', 300000); INSERT INTO parted VALUES ('a')"))
                .hasMessageContaining("a row of public.parted has");
        database.execute("app", "ALTER TABLE parted ADD twice integer GENERATED ALWAYS AS (tenure * 2)");
        assertThat(identity("parted_2_0")).isEqualTo("DEFAULT");
        applicationGoesOn("parted");
    }

    @Test
    void tablesThatRowcastDoesNotReadAreLeftAlone() throws SQLException {
        database.execute("postgres", """
                CREATE TABLE other (id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) VIRTUAL);
                ALTER TABLE other REPLICA IDENTITY NOTHING;
                CREATE PUBLICATION somebodys FOR TABLE other WITH (publish = 'insert')""");
        database.execute("postgres", "ALTER TABLE other ADD name text; DROP PUBLICATION somebodys");

        assertThat(database.list("""
                        SELECT relname || ' ' || relreplident::text FROM pg_class
                        WHERE oid IN ('other'::regclass, 'rowcast_signal'::regclass, 'outboxevent'::regclass) ORDER BY 1""")).containsExactly("other n", "outboxevent d", "rowcast_signal d");
    }

    /// The one that has the table locked is another session; a change of a shape elsewhere must not wait for it.
    @Test
    void shapeChangeNeverFailsWhenTheReplicaIdentityCannotBeSet() throws Exception {
        database.execute("postgres", """
                ALTER EVENT TRIGGER rowcast_follow_shape DISABLE;
                ALTER TABLE person_churn_history REPLICA IDENTITY DEFAULT;
                ALTER EVENT TRIGGER rowcast_follow_shape ENABLE""");
        try (var reader = database.postgres().connect("app");
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE person_churn_history IN ACCESS SHARE MODE");

            assertThat(database.execute("postgres", "CREATE TABLE other (id integer)"))
                    .singleElement()
                    .asString()
                    .contains("could not be given REPLICA IDENTITY FULL", "lock timeout");
            reader.commit();
        }
        database.execute("postgres", "SELECT rowcast_keep_replica_identity()");
    }

    private static String identity(String table) throws SQLException {
        return database.list(
                        "SELECT identity FROM rowcast_replica_identity WHERE \"table\" = '" + table + "'::regclass")
                .getFirst();
    }

    private static void applicationGoesOn(String table) throws SQLException {
        database.execute("app", """
                INSERT INTO %1$s (customerid, tenure) VALUES ('goes on', 1);
                UPDATE %1$s SET tenure = 2; DELETE FROM %1$s""".formatted(table));
    }
}
