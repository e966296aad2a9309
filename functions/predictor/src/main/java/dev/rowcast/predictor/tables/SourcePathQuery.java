package dev.rowcast.predictor.tables;

import dev.rowcast.endpoint.readiness.PathProblem;
import dev.rowcast.endpoint.readiness.PathWatch;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.postgres.Refusal;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/// Queries Postgres for problems on the path of the source table's changes and with the epoch.
///
/// @param postgres runs the query
/// @param epoch the first part of the positions that this function stores
/// @param source the source table
public record SourcePathQuery(PostgresClient postgres, int epoch, ModelContract.Source source)
        implements Supplier<List<PathProblem>> {

    private static final String SQL = PathWatch.SQL.formatted("$1::integer", "$2::text", "$3::text");

    /// The problems; blocks until Postgres answers.
    ///
    /// @throws IllegalStateException if Postgres refuses the query, with the reason
    @Override
    public List<PathProblem> get() {
        return switch (postgres.send(SQL, Tuple.of(epoch, source.schema(), source.table()))) {
            case StatementResult.Rows(RowSet<Row> rows) ->
                StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new PathProblem(row.getString(0), row.getString(1), row.getString(2)))
                        .toList();
            case StatementResult.Refused(Refusal refusal) -> throw new IllegalStateException(refusal.reason());
        };
    }
}
