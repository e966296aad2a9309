package dev.rowcast.table.existing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Queries of the catalogs of Postgres.
///
/// @param connection of a superuser
record Catalog(Connection connection) {

    private static final String COLUMNS = """
            SELECT attname, CASE WHEN typtype = 'd' THEN format_type(typbasetype, typtypmod) ELSE format_type(atttypid, atttypmod) END
            FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum""";

    private static final String KEY = """
            SELECT attname FROM pg_constraint, unnest(conkey) WITH ORDINALITY AS part (number, place), pg_attribute
            WHERE conrelid = to_regclass(?) AND contype = 'p' AND attrelid = conrelid AND attnum = number ORDER BY place""";

    /// The first column of the first row; `nothing` if there is no row, or it is null.
    String value(String sql, String... parameters) throws SQLException {
        List<String> all = values(sql, parameters);
        return all.isEmpty() ? "nothing" : all.getFirst();
    }

    /// The first column of each row.
    List<String> values(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String value = rows.getString(1);
                    values.add(value == null ? "nothing" : value);
                }
            }
            return values;
        }
    }

    /// Whether a query has a row.
    boolean has(String sql, String... parameters) throws SQLException {
        return !values(sql, parameters).isEmpty();
    }

    /// The type of each column of a table, without its domain; empty if there is no such table.
    ///
    /// @param table its quoted name
    Map<String, String> columns(String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            Map<String, String> columns = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
            return columns;
        }
    }

    /// The columns of the primary key of a table, in key order.
    ///
    /// @param table its quoted name
    List<String> key(String table) throws SQLException {
        return values(KEY, table);
    }
}
