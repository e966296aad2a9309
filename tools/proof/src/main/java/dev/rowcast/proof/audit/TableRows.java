package dev.rowcast.proof.audit;

import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads the rows of a table.
final class TableRows {

    private TableRows() {}

    /// {@return every row by its key, each column in the text format of Postgres; a null column is absent}
    ///
    /// @param uri JDBC URL with a user who may read the table, and the password
    /// @param key the key columns
    private static Map<String, Map<String, String>> read(String uri, String schema, String table, List<String> key)
            throws SQLException {
        Map<String, Map<String, String>> rows = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(uri);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + quoted(schema) + "." + quoted(table))) {
            ResultSetMetaData columns = found.getMetaData();
            while (found.next()) {
                Map<String, String> row = new HashMap<>();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    String value = found.getString(column);
                    if (value != null) {
                        row.put(columns.getColumnName(column), value);
                    }
                }
                rows.put(key.stream().map(row::get).collect(Collectors.joining(", ")), row);
            }
        }
        return rows;
    }

    /// {@return the rows of the source table, as above}
    static Map<String, Map<String, String>> ofSource(String uri, ModelContract contract) throws SQLException {
        ModelContract.Source source = contract.source();
        return read(uri, source.schema(), source.table(), source.key());
    }

    /// {@return the rows of the captured table, as above}
    static Map<String, Map<String, String>> ofCaptured(String uri, ModelContract contract) throws SQLException {
        ModelContract.Captured captured = contract.captured();
        return read(uri, captured.schema(), captured.table(), contract.source().key());
    }

    /// {@return the cases, as above}
    static Map<String, Map<String, String>> ofCases(String uri) throws SQLException {
        return read(uri, "public", CaseAudit.TABLE, List.of("customerid"));
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
