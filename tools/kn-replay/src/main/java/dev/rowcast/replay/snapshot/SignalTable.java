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

/// Writes to the table from which Debezium reads its signals.
final class SignalTable {

    private static final long TIMEOUT_SECONDS = 20;
    private static final String INSERT = "INSERT INTO public.rowcast_signal (id, type, data) VALUES ($1, $2, $3)";

    private SignalTable() {}

    /// Writes a signal, and returns when it is committed.
    ///
    /// @throws UnreachableException if Postgres cannot be reached or denies access
    static void write(SnapshotSignal signal, PgConnectOptions options) throws InterruptedException {
        String address = "Postgres at " + options.getHost() + ":" + options.getPort();
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
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new UnreachableException(
                    address + " accepts no signal from role " + options.getUser(), failure.getCause());
        } catch (TimeoutException late) {
            throw new UnreachableException(address + " does not answer");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
