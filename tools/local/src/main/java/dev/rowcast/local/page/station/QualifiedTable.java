package dev.rowcast.local.page.station;

/// The name of a table with its schema.
public record QualifiedTable(String schema, String table) {

    /// The name for SQL.
    public String quoted() {
        return quoted(schema) + "." + quoted(table);
    }

    /// A name for SQL.
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
