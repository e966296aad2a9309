package dev.rowcast.retention.postgres;

import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.postgres.Limits;
import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Limits every connection of the pool: Postgres cancels a statement that takes too long, and a connection on which
/// nothing moves for a second more is given up, so that a Postgres that is frozen keeps no place in the pool.
///
/// Each connection carries the epoch: Postgres holds it against its own history before it stores a case.
@Singleton
class LimitedConnections implements AgroalPoolInterceptor {

    private final Limits limits;
    private final SourceSettings source;

    LimitedConnections(Limits limits, SourceSettings source) {
        this.limits = limits;
        this.source = source;
    }

    @Override
    public void onConnectionCreate(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + limits.statement().toMillis());
            statement.execute("SET rowcast.epoch = '" + source.epoch() + "'");
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(limits.connectionTimeout().toMillis()));
        } catch (SQLException failure) {
            throw new IllegalStateException("A connection to Postgres cannot be limited", failure);
        }
    }
}
