package dev.rowcast.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// The model scored the rows of a batch in one run.
@Name("dev.rowcast.RowsScored")
@Label("Rows Scored")
@Description("The model scored the rows of a batch in one run")
@Category("Rowcast")
@StackTrace(false)
@Enabled(false)
public final class RowsScored extends Event {

    @Label("Rows")
    int rows;

    /// Starts the clock.
    public static RowsScored started() {
        RowsScored event = new RowsScored();
        event.begin();
        return event;
    }

    /// Stops the clock, and records the event if events of this kind are recorded.
    ///
    /// @param rows scored by this run
    public void ended(int rows) {
        end();
        if (shouldCommit()) {
            this.rows = rows;
            commit();
        }
    }
}
