package dev.rowcast.local.load;

import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.TableShape;
import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes to the source table like the application. One connection; not thread safe.
///
/// Values are sent as untyped text, so that Postgres converts each to the type of its column.
final class SourceTable implements AutoCloseable {

    private final Connection connection;
    private final List<String> features;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement delete;

    private SourceTable(Connection connection, TableShape shape, List<String> features) throws SQLException {
        this.connection = connection;
        List<String> key = shape.key();
        this.features = features;
        List<String> all = Stream.concat(key.stream(), features.stream()).toList();
        String isKey = join(key, "%s = ?", " AND ");
        // An existing key is the same row of an earlier run with the same seed.
        this.insert = connection.prepareStatement("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
                .formatted(
                        shape.table(),
                        join(all, "%s", ", "),
                        join(all, "?", ", "),
                        join(key, "%s", ", "),
                        join(features, "%1$s = EXCLUDED.%1$s", ", ")));
        this.update = connection.prepareStatement(
                "UPDATE %s SET %s WHERE %s".formatted(shape.table(), join(features, "%s = ?", ", "), isKey));
        this.delete = connection.prepareStatement("DELETE FROM %s WHERE %s".formatted(shape.table(), isKey));
    }

    private static String join(List<String> columns, String format, String separator) {
        return columns.stream().map(name -> format.formatted(quoted(name))).collect(Collectors.joining(separator));
    }

    /// Opens a connection.
    ///
    /// @param uri `jdbc:postgresql://host:port/database`, with user and password
    static Connection connect(String uri) throws SQLException {
        Connection connection = DriverManager.getConnection(
                uri + "&stringtype=unspecified&ApplicationName=rowcast-load&connectTimeout=5&socketTimeout=30");
        connection.setAutoCommit(false);
        return connection;
    }

    /// Reads the columns of the table.
    ///
    /// @throws IllegalStateException when the table does not exist or is not visible to the user
    static TableShape shape(Connection connection, ModelContract.Source source) throws SQLException {
        Map<String, TableShape.Column> columns = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
            SELECT column_name, data_type, coalesce(numeric_scale, character_maximum_length, 0)
            FROM information_schema.columns WHERE table_schema = ? AND table_name = ?\
            """)) {
            query.setString(1, source.schema());
            query.setString(2, source.table());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    columns.put(found.getString(1), column(found.getString(2), found.getInt(3)));
                }
            }
        }
        connection.commit();
        if (columns.isEmpty()) {
            throw new IllegalStateException("load: there is no table " + source.schema() + "." + source.table());
        }
        return new TableShape(quoted(source.schema()) + "." + quoted(source.table()), source.key(), columns);
    }

    private static TableShape.Column column(String type, int size) {
        return switch (type) {
            case "text", "character varying", "character" -> new TableShape.Column(TableShape.Kind.TEXT, size);
            case "smallint", "integer", "bigint" -> new TableShape.Column(TableShape.Kind.WHOLE_NUMBER, 0);
            case "numeric" -> new TableShape.Column(TableShape.Kind.NUMBER, size);
            case "date" -> new TableShape.Column(TableShape.Kind.DATE, 0);
            case "uuid" -> new TableShape.Column(TableShape.Kind.UUID, 0);
            default -> new TableShape.Column(TableShape.Kind.OTHER, 0);
        };
    }

    /// Prepares the statements.
    ///
    /// @param connection closed together with this, also when this method fails
    static SourceTable of(Connection connection, TableShape shape, List<String> features) throws SQLException {
        try {
            return new SourceTable(connection, shape, features);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Writes all changes in one transaction. It can be repeated when it is unknown whether
    /// it was committed.
    ///
    /// @return number of rows that were changed
    int write(List<RowChange> changes) throws SQLException {
        int changed = 0;
        for (RowChange change : changes) {
            changed += switch (change) {
                case RowChange.Insert row -> execute(insert, Stream.concat(row.key().stream(), values(row.values())));
                case RowChange.Update row -> execute(update, Stream.concat(values(row.values()), row.key().stream()));
                case RowChange.Delete row -> execute(delete, row.key().stream());
            };
        }
        connection.commit();
        return changed;
    }

    private Stream<String> values(Map<String, String> row) {
        return features.stream().map(row::get);
    }

    private static int execute(PreparedStatement statement, Stream<String> values) throws SQLException {
        int parameter = 1;
        for (String value : values.toList()) {
            statement.setString(parameter++, value);
        }
        return statement.executeUpdate();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
