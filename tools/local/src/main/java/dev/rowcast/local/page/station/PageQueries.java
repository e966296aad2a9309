package dev.rowcast.local.page.station;

import dev.rowcast.local.page.feed.StationQuery;
import dev.rowcast.model.contract.ModelContract;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// Rows of the source table, and rows of the captured table that are not deleted, counted at one moment.
public final class PageQueries implements StationQuery<Map<String, Long>>, AutoCloseable {

    private final PostgresQuery connection;
    private final ModelContract contract;

    /// @param uri the database as JDBC has it, with a user who may read both tables, and the password
    public PageQueries(String uri, ModelContract contract) {
        this.connection = new PostgresQuery(uri);
        this.contract = contract;
    }

    @Override
    public synchronized Map<String, Long> read() throws SQLException {
        String source = contract.source().table();
        String captured = contract.captured().table();
        try (Statement statement = connection.get().createStatement();
                ResultSet counts = statement.executeQuery(
                        "SELECT (SELECT count(*) FROM %s), (SELECT count(*) FROM %s WHERE NOT deleted)"
                                .formatted(
                                        quoted(contract.source().schema()) + "." + quoted(source),
                                        quoted(contract.captured().schema()) + "." + quoted(captured)))) {
            counts.next();
            return Map.of(source, counts.getLong(1), captured, counts.getLong(2));
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
