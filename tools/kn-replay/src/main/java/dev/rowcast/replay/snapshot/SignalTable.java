package dev.rowcast.replay.snapshot;

import dev.rowcast.replay.exit.UnreachableException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The table in which Debezium reads its commands.
final class SignalTable {

    private static final long PATIENCE_SECONDS = 20;
    private static final String INSERT = "INSERT INTO public.rowcast_signal (id, type, data) VALUES ($1, $2, $3)";

    private SignalTable() {}

    /// Writes a signal, and returns when it is committed.
    ///
    /// @throws UnreachableException when Postgres cannot be reached or does not let us
    static void write(SnapshotSignal signal, PgConnectOptions options) throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            PgConnection.connect(vertx, options)
                    .compose(connection -> connection
                            .preparedQuery(INSERT)
                            .execute(Tuple.of(signal.id(), SnapshotSignal.TYPE, signal.data()))
                            .compose(_ -> connection.close()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new UnreachableException(
                    "Postgres at " + options.getHost() + ":" + options.getPort() + " takes no signal from role "
                            + options.getUser(),
                    failure.getCause());
        } catch (TimeoutException late) {
            throw new UnreachableException("Postgres at " + options.getHost() + ":" + options.getPort() + " does not answer");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
