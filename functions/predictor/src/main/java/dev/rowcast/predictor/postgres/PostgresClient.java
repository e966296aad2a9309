package dev.rowcast.predictor.postgres;

import dev.rowcast.postgres.Limits;
import dev.rowcast.postgres.Refusal;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends statements to Postgres and waits for the answers. Thread safe.
///
/// @param pool closes a connection that has no traffic for too long
/// @param limits limits the wait of the caller
public record PostgresClient(Pool pool, Limits limits) {

    /// Sends one statement as its own transaction; blocks until it is committed or has failed.
    ///
    /// @param sql the statement, prepared once on each connection
    /// @param arguments one for each parameter of the statement
    /// @return the rows, or the refusal; also a refusal if Postgres does not answer
    public StatementResult send(String sql, Tuple arguments) {
        CompletableFuture<RowSet<Row>> rows =
                pool.preparedQuery(sql).execute(arguments).toCompletionStage().toCompletableFuture();
        try {
            return new StatementResult.Rows(rows.get(limits.callTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            return new StatementResult.Refused(PgRefusals.of(failed.getCause()));
        } catch (TimeoutException silence) {
            return new StatementResult.Refused(new Refusal.Temporary(
                    "Postgres gave no answer within " + limits.callTimeout().toMillis() + " ms"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new StatementResult.Refused(new Refusal.Temporary("the wait for Postgres was interrupted"));
        }
    }
}
