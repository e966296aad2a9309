package dev.rowcast.predictor.postgres;

import dev.rowcast.postgres.Refusal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/// The end of a statement.
public sealed interface Reply {

    /// The statement is committed.
    ///
    /// @param rows the rows that it returned
    record Rows(RowSet<Row> rows) implements Reply {}

    /// The statement is not known to be committed.
    ///
    /// @param refusal the meaning for the rows that it carried
    record Refused(Refusal refusal) implements Reply {}
}
