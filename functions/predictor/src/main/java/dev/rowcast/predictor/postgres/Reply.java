package dev.rowcast.predictor.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/// How a statement ended.
public sealed interface Reply {

    /// It is committed.
    ///
    /// @param rows what it returned
    record Rows(RowSet<Row> rows) implements Reply {}

    /// It is not known to be committed.
    ///
    /// @param verdict what that means for what it carried
    record Refused(Verdict verdict) implements Reply {}
}
