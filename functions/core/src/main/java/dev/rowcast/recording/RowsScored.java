package dev.rowcast.recording;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// The model scored the rows of a batch in one run.
@Name("dev.rowcast.RowsScored")
@Label("Rows Scored")
@Description("The model scored the rows of a batch in one run")
public final class RowsScored extends PathEvent {

    @Label("Rows")
    int rows;

    private final transient long began = TracedSteps.begin();

    /// Starts the clock.
    public RowsScored() {
        begin();
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
        TracedSteps.end("score", began, rows);
    }
}
