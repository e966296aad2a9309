package dev.rowcast.retention.postgres;

import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.postgres.Limits;
import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Sets limits for each connection of the pool: Postgres cancels a statement at the time limit, and a
/// connection without traffic is closed a second later, so that a frozen Postgres cannot occupy the pool.
///
/// Each connection sends the epoch, which Postgres compares with its own history before it stores a case.
@Singleton
record LimitedConnections(Limits limits, SourceSettings source) implements AgroalPoolInterceptor {

    @Override
    public void onConnectionCreate(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + limits.statement().toMillis());
            statement.execute("SET rowcast.epoch = '" + source.epoch() + "'");
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(limits.connectionTimeout().toMillis()));
        } catch (SQLException failure) {
            throw new IllegalStateException("The limits of a connection to Postgres cannot be set", failure);
        }
    }
}
