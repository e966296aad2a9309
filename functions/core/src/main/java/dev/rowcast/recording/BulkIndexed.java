package dev.rowcast.recording;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// Elasticsearch answered a `_bulk` request.
@Name("dev.rowcast.BulkIndexed")
@Label("Bulk Indexed")
@Description("Elasticsearch answered a _bulk request")
public final class BulkIndexed extends StoreEvent {

    @Label("Documents")
    int documents;

    @Label("Result")
    String result = "";

    /// Starts the clock.
    public BulkIndexed() {
        super("bulk");
    }

    /// @param documents sent
    /// @param result the kind of the result, `ByItem` or `AsOne`
    @Override
    void describe(int documents, String result) {
        this.documents = documents;
        this.result = result;
    }
}
