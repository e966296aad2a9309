package dev.rowcast.local.page.station;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/// A connection to Postgres that is made when it is needed, and made anew after it was closed. Not thread safe.
final class PostgresQuery implements AutoCloseable {

    private final String uri;
    private Optional<Connection> connection = Optional.empty();

    /// @param uri the database as JDBC has it, with user and password
    PostgresQuery(String uri) {
        this.uri = uri;
    }

    Connection get() throws SQLException {
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
    public void close() throws SQLException {
        Optional<Connection> open = connection;
        connection = Optional.empty();
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
