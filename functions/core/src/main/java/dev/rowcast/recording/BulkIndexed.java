package dev.rowcast.recording;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// Elasticsearch answered a `_bulk` request.
@Name("dev.rowcast.BulkIndexed")
@Label("Bulk Indexed")
@Description("Elasticsearch answered a _bulk request")
public final class BulkIndexed extends PathEvent {

    @Label("Documents")
    int documents;

    @Label("Result")
    String result = "";

    /// Starts the clock.
    public BulkIndexed() {
        begin();
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
