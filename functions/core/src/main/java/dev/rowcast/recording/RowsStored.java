package dev.rowcast.recording;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// Postgres answered the statement or transaction of a batch.
@Name("dev.rowcast.RowsStored")
@Label("Rows Stored")
@Description("Postgres answered the statement or transaction of a batch")
public final class RowsStored extends StoreEvent {

    @Label("Rows Sent")
    int rows;

    @Label("Answer")
    String answer = "";

    /// Starts the clock.
    public RowsStored() {
        super("store");
    }

    /// @param rows sent
    /// @param answer the kind of the answer, such as `Each` or `NoneTaken`
    @Override
    void describe(int rows, String answer) {
        this.rows = rows;
        this.answer = answer;
    }
}
