package dev.rowcast.retention.postgres;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// The tables that the function writes, as they are in Postgres.
public final class CaseTables {

    /// Plans what the function does and does none of it, so that a missing table, column or privilege shows.
    private static final String CHECK = """
            EXPLAIN SELECT * FROM retention_case WHERE false FOR UPDATE;
            EXPLAIN INSERT INTO retention_case (customerid) SELECT '' WHERE false;
            EXPLAIN UPDATE retention_case SET status = '', case_number = 0, probability = 0, threshold = 0,
                model_version = '', opened_at = now(), closed_at = now(), closed_because = '', captured_epoch = 0,
                captured_commit = 0, captured_lsn = 0 WHERE false;
            EXPLAIN INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, "timestamp", payload)
                SELECT gen_random_uuid(), '', '', '', now(), '' WHERE false;
            EXPLAIN DELETE FROM outboxevent WHERE id IS NULL""";

    private final AgroalDataSource postgres;

    /// @param postgres where the tables are
    public CaseTables(AgroalDataSource postgres) {
        this.postgres = postgres;
    }

    /// What stands in the way of writing cases and events, in one line; blocks until that is known.
    public Optional<String> problem() {
        try (Connection connection = postgres.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(CHECK);
            return Optional.empty();
        } catch (SQLException failure) {
            return Optional.of(JdbcRefusals.of(failure).reason());
        }
    }
}
