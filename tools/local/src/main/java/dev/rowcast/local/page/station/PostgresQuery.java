package dev.rowcast.local.page.station;

import dev.rowcast.local.page.feed.StationQuery;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/// A query of Postgres on its own connection, which is opened when needed and reopened after a failure.
public final class PostgresQuery<T> implements StationQuery<T>, AutoCloseable {

    /// The SQL part of the query.
    @FunctionalInterface
    public interface Sql<T> {

        /// {@return the answer}
        T run(Connection connection) throws SQLException;
    }

    private final String uri;
    private final Sql<T> sql;
    private Optional<Connection> connection = Optional.empty();

    /// @param uri JDBC URL of the database, with user and password
    public PostgresQuery(String uri, Sql<T> sql) {
        this.uri = uri;
        this.sql = sql;
    }

    @Override
    public synchronized T read() throws SQLException {
        try {
            return sql.run(connection());
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private Connection connection() throws SQLException {
        if (connection.isEmpty()) {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "rowcast-page");
            properties.setProperty("connectTimeout", "5");
            properties.setProperty("socketTimeout", "10");
            connection = Optional.of(DriverManager.getConnection(uri, properties));
        }
        return connection.get();
    }

    @Override
    public synchronized void close() throws SQLException {
        Optional<Connection> open = connection;
        connection = Optional.empty();
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
