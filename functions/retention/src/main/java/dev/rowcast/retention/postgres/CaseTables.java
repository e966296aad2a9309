package dev.rowcast.retention.postgres;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// Checks the tables that the function writes.
public final class CaseTables {

    private static final String OUTBOX = """
            EXPLAIN INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, "timestamp", payload, source)
                SELECT gen_random_uuid(), '', '', '', now(), '', '' WHERE false;
            EXPLAIN DELETE FROM outboxevent WHERE id IS NULL""";

    private final AgroalDataSource postgres;
    private final CaseSql cases;

    /// @param postgres has the tables
    /// @param cases the statements of the case table
    public CaseTables(AgroalDataSource postgres, CaseSql cases) {
        this.postgres = postgres;
        this.cases = cases;
    }

    /// Why cases and events cannot be written, in one line; empty if they can. Plans the function's
    /// statements without running them: a missing table, column or privilege fails. Blocks.
    public Optional<String> problem() {
        try (Connection connection = postgres.getConnection();
                Statement outbox = connection.createStatement()) {
            for (String statement : List.of(cases.insertMissing(), cases.lock(), cases.update())) {
                explain(connection, statement);
            }
            outbox.execute(OUTBOX);
            return Optional.empty();
        } catch (SQLException failure) {
            return Optional.of(JdbcRefusals.of(failure).reason());
        }
    }

    private static void explain(Connection connection, String statement) throws SQLException {
        try (PreparedStatement planned = connection.prepareStatement("EXPLAIN " + statement)) {
            planned.setString(1, "[]");
            planned.execute();
        }
    }
}
