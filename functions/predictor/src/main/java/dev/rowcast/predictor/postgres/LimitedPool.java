package dev.rowcast.predictor.postgres;

import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.postgres.Limits;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Creates a pool that closes a connection without traffic for [Limits#connectionTimeout()]; its statement then
/// fails. Otherwise a frozen Postgres, or a firewall that dropped a connection, would occupy a slot of the
/// pool for ever. Size and timeouts set here override `quarkus.datasource.reactive.*`.
///
/// Each connection sends the epoch, which Postgres compares with its own history before it stores a row.
@Singleton
record LimitedPool(Limits limits, DeliverySettings delivery, SourceSettings source) implements PgPoolCreator {

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(this::limit);
        return PgBuilder.pool()
                .with(limited(input.poolOptions()))
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }

    private void limit(PgConnectOptions options) {
        options.setConnectTimeout(millis(limits.statement()))
                .setIdleTimeout(millis(limits.connectionTimeout()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpKeepAlive(true);
        options.addProperty("application_name", "rowcast-predictor")
                .addProperty("statement_timeout", Integer.toString(millis(limits.statement())))
                .addProperty("rowcast.epoch", Integer.toString(source.epoch()));
    }

    /// One connection for each running batch, and one each for the check of the tables, the check of the
    /// path and the live counts, so that no statement waits for a connection. An idle connection leaves the
    /// pool before its silence limit could close it during its next statement. The pool's own wait limit is
    /// off, because its timer also fires for connections that were refused long ago.
    private PoolOptions limited(PoolOptions options) {
        int idle = millis(limits.connectionTimeout()) / 2;
        return options.setMaxSize(delivery.inFlight() + 3)
                .setConnectionTimeout(0)
                .setIdleTimeout(idle)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setPoolCleanerPeriod(Math.min(idle / 2, 1000));
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
