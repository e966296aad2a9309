package dev.rowcast.recording;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// A batch was taken from the waiting items and starts.
@Name("dev.rowcast.BatchFormed")
@Label("Batch Formed")
@Description("A batch was taken from the waiting items and starts")
public final class BatchFormed extends PathEvent {

    @Label("Batch")
    String batch = "";

    @Label("Items")
    int items;

    @Label("Items Still Waiting")
    int waiting;

    @Label("Running Batches")
    int running;

    /// Records a batch if events of this kind are recorded.
    ///
    /// @param batch the name of the batcher, such as `score`
    /// @param items in this batch
    /// @param waiting items left for the next batch
    /// @param running batches in progress, this one included
    public static void record(String batch, int items, int waiting, int running) {
        BatchFormed event = new BatchFormed();
        if (event.shouldCommit()) {
            event.batch = batch;
            event.items = items;
            event.waiting = waiting;
            event.running = running;
            event.commit();
        }
    }
}
