package dev.rowcast.predictor.postgres;

import dev.rowcast.postgres.Limits;

import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.settings.SourceSettings;
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

/// Makes the pool such that no connection can be stuck in it: one on which nothing moves for
/// [Limits#silence()] is closed, and whoever waits for it is told. Otherwise a Postgres that was frozen,
/// or a firewall that forgot a connection, would keep a place in the pool for ever. It decides on size
/// and times itself, over what `quarkus.datasource.reactive` says of them.
///
/// Each connection carries the epoch: Postgres holds it against its own history before it stores a row.
@Singleton
class LimitedPool implements PgPoolCreator {

    private final Limits limits;
    private final DeliverySettings delivery;
    private final SourceSettings source;

    LimitedPool(Limits limits, DeliverySettings delivery, SourceSettings source) {
        this.limits = limits;
        this.delivery = delivery;
        this.source = source;
    }

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
                .setIdleTimeout(millis(limits.silence()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpKeepAlive(true);
        options.addProperty("application_name", "rowcast-predictor")
                .addProperty("statement_timeout", Integer.toString(millis(limits.statement())))
                .addProperty("rowcast.epoch", Integer.toString(source.epoch()));
    }

    /// One connection for each batch under way, one each for the look at the tables, the look at the path and
    /// the live counts, so that no statement waits for a connection. One that rests is taken out of the pool
    /// before its silence would close it under its next user. The pool's own limit for a wait is off: its timer
    /// also fires for connections that were refused long ago.
    private PoolOptions limited(PoolOptions options) {
        int rest = millis(limits.silence()) / 2;
        return options.setMaxSize(delivery.inFlight() + 3)
                .setConnectionTimeout(0)
                .setIdleTimeout(rest)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setPoolCleanerPeriod(Math.min(rest / 2, 1000));
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
