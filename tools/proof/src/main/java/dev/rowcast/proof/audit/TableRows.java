package dev.rowcast.proof.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/// Reads the rows of a table.
final class TableRows {

    private TableRows() {}

    /// {@return every row by its key, each column in the text format of Postgres; a null column is absent}
    ///
    /// @param uri JDBC URL with a user who may read the table, and the password
    /// @param table `schema.table`
    /// @param key the key column
    static Map<String, Map<String, String>> read(String uri, String table, String key) throws SQLException {
        Map<String, Map<String, String>> rows = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(uri);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData columns = found.getMetaData();
            while (found.next()) {
                Map<String, String> row = new HashMap<>();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    String value = found.getString(column);
                    if (value != null) {
                        row.put(columns.getColumnName(column), value);
                    }
                }
                rows.put(row.get(key), row);
            }
        }
        return rows;
    }
}
