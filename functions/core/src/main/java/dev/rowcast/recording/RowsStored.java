package dev.rowcast.recording;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// Postgres answered the statement or transaction of a batch.
@Name("dev.rowcast.RowsStored")
@Label("Rows Stored")
@Description("Postgres answered the statement or transaction of a batch")
public final class RowsStored extends PathEvent {

    @Label("Rows Sent")
    int rows;

    @Label("Answer")
    String answer = "";

    /// Starts the clock.
    public RowsStored() {
        begin();
    }

    /// Stops the clock, and records the event if events of this kind are recorded.
    ///
    /// @param rows sent
    /// @param answer the kind of the answer, such as `Each` or `NoneTaken`
    public void ended(int rows, String answer) {
        end();
        if (shouldCommit()) {
            this.rows = rows;
            this.answer = answer;
            commit();
        }
    }
}
