package dev.rowcast.testkit.station;

import dev.rowcast.testkit.postgres.Passwords;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PSQLWarning;

/// Runs SQL on a Postgres for tests, each call on a connection of its own.
///
/// @param postgres the station, closed with this
public record Database(Postgres postgres) implements AutoCloseable {

    /// Starts a Postgres and applies the schema.
    ///
    /// @param folder the data folder
    public static Database start(Path folder) {
        Postgres postgres = Postgres.start(folder);
        postgres.applySchema();
        return new Database(postgres);
    }

    /// Runs statements as the superuser.
    ///
    /// @return the notices and warnings of Postgres
    public List<String> execute(String sql) throws SQLException {
        return execute(Passwords.SUPERUSER, sql);
    }

    /// Runs statements as a role.
    ///
    /// @return the notices and warnings of Postgres
    public List<String> execute(String role, String sql) throws SQLException {
        try (Connection connection = postgres.connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            List<String> warnings = new ArrayList<>();
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                warnings.add(((PSQLWarning) warning).getServerErrorMessage().toString());
            }
            return warnings;
        }
    }

    /// Queries as the superuser.
    ///
    /// @return each row by column name, each value as text; `null` for a null
    public List<Map<String, String>> rows(String sql) throws SQLException {
        return query(Passwords.SUPERUSER, sql, row -> {
            ResultSetMetaData columns = row.getMetaData();
            Map<String, String> values = new LinkedHashMap<>();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                values.put(columns.getColumnName(column), row.getString(column));
            }
            return values;
        });
    }

    /// Queries as the superuser.
    ///
    /// @return the first column of each row
    public List<String> list(String sql) throws SQLException {
        return list(Passwords.SUPERUSER, sql);
    }

    /// Queries as a role.
    ///
    /// @return the first column of each row
    public List<String> list(String role, String sql) throws SQLException {
        return query(role, sql, row -> row.getString(1));
    }

    /// Queries as the superuser.
    ///
    /// @return the first column of the first row
    public String text(String sql) throws SQLException {
        return list(sql).getFirst();
    }

    /// Queries as a role.
    ///
    /// @return the result of `read` for each row
    public <T> List<T> query(String role, String sql, RowReader<T> read) throws SQLException {
        try (Connection connection = postgres.connect(role);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> values = new ArrayList<>();
            while (rows.next()) {
                values.add(read.read(rows));
            }
            return values;
        }
    }

    /// Reads the current row of a result.
    @FunctionalInterface
    public interface RowReader<T> {

        /// {@return the value of the current row}
        T read(ResultSet row) throws SQLException;
    }

    @Override
    public void close() {
        postgres.close();
    }
}
