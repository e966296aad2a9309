package dev.rowcast.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// Postgres answered the statement or transaction of a batch.
@Name("dev.rowcast.RowsStored")
@Label("Rows Stored")
@Description("Postgres answered the statement or transaction of a batch")
@Category("Rowcast")
@StackTrace(false)
@Enabled(false)
public final class RowsStored extends Event {

    @Label("Rows Sent")
    int rows;

    @Label("Answer")
    String answer = "";

    /// Starts the clock.
    public static RowsStored started() {
        RowsStored event = new RowsStored();
        event.begin();
        return event;
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
