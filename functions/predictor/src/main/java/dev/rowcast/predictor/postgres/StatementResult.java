package dev.rowcast.predictor.postgres;

import dev.rowcast.postgres.Refusal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/// The end of a statement.
public sealed interface StatementResult {

    /// The statement is committed.
    ///
    /// @param rows the rows that it returned
    record Rows(RowSet<Row> rows) implements StatementResult {}

    /// The statement is not known to be committed.
    ///
    /// @param refusal the meaning for the rows that it carried
    record Refused(Refusal refusal) implements StatementResult {}
}
