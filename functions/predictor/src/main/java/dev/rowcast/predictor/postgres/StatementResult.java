package dev.rowcast.predictor.postgres;

import dev.rowcast.postgres.Refusal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/// The result of a statement.
public sealed interface StatementResult {

    /// The statement is committed.
    ///
    /// @param rows the rows that the statement returned
    record Rows(RowSet<Row> rows) implements StatementResult {}

    /// The statement failed, or it is unknown whether it is committed.
    ///
    /// @param refusal the reason, and the answer to the rows of the statement
    record Refused(Refusal refusal) implements StatementResult {}
}
