package dev.rowcast.peers.bed;

import dev.rowcast.testkit.station.Database;
import java.sql.SQLException;

/// The tables of results. All have the columns, constraints and replica identity of Rowcast's captured table,
/// and are part of the publication.
///
/// @param database of all tables
public record ResultTables(Database database) {

    /// Rowcast's own table, which exists.
    public static final String CAPTURED = "public.person_churn_history_captured";

    /// The table of writes that [#watch] fills.
    public static final String LOG = "bench.write_log";

    /// Creates the table of a peer.
    public void create(String table) throws SQLException {
        String schema = table.substring(0, table.indexOf('.'));
        database.execute("""
                CREATE SCHEMA %1$s;
                CREATE TABLE %2$s (LIKE %3$s INCLUDING ALL);
                ALTER TABLE %2$s REPLICA IDENTITY FULL;
                ALTER PUBLICATION rowcast ADD TABLE %2$s;
                GRANT USAGE ON SCHEMA %1$s TO predictor;
                GRANT SELECT, INSERT, UPDATE ON %2$s TO predictor;
                """.formatted(schema, table, CAPTURED));
    }

    /// Creates the table of writes.
    public void createLog() throws SQLException {
        database.execute("""
                CREATE SCHEMA bench;
                CREATE TABLE %1$s (place bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    key text NOT NULL, commit bigint NOT NULL, lsn bigint NOT NULL);
                CREATE FUNCTION bench.note_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    INSERT INTO %1$s (key, commit, lsn) VALUES (NEW.customerid, NEW.source_commit, NEW.source_lsn);
                    RETURN NULL;
                END
                $$;
                """.formatted(LOG));
    }

    /// Removes all results, so that every change of a backfill has an effect.
    public void clear(String table) throws SQLException {
        database.execute("DELETE FROM " + table);
        database.execute("VACUUM (ANALYZE) " + table);
    }

    /// Notes every write that changes a row of the table, from now on.
    public void watch(String table) throws SQLException {
        database.execute("DELETE FROM " + LOG);
        database.execute("CREATE TRIGGER note_write AFTER INSERT OR UPDATE ON " + table
                + " FOR EACH ROW EXECUTE FUNCTION bench.note_write()");
    }

    /// Ends [#watch].
    public void unwatch(String table) throws SQLException {
        database.execute("DROP TRIGGER note_write ON " + table);
    }
}
