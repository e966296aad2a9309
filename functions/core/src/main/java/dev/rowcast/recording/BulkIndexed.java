package dev.rowcast.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// Elasticsearch answered a `_bulk` request.
@Name("dev.rowcast.BulkIndexed")
@Label("Bulk Indexed")
@Description("Elasticsearch answered a _bulk request")
@Category("Rowcast")
@StackTrace(false)
@Enabled(false)
public final class BulkIndexed extends Event {

    @Label("Documents")
    int documents;

    @Label("Result")
    String result = "";

    /// Starts the clock.
    public static BulkIndexed started() {
        BulkIndexed event = new BulkIndexed();
        event.begin();
        return event;
    }

    /// Stops the clock, and records the event if events of this kind are recorded.
    ///
    /// @param documents sent
    /// @param result the kind of the result, `ByItem` or `AsOne`
    public void ended(int documents, String result) {
        end();
        if (shouldCommit()) {
            this.documents = documents;
            this.result = result;
            commit();
        }
    }
}
