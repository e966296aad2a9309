package dev.rowcast.retention.postgres;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// Checks the tables that the function writes.
public final class CaseTables {

    /// Plans the function's statements without running them. A missing table, column or privilege fails.
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

    /// @param postgres has the tables
    public CaseTables(AgroalDataSource postgres) {
        this.postgres = postgres;
    }

    /// Why cases and events cannot be written, in one line; empty if they can. Blocks.
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
