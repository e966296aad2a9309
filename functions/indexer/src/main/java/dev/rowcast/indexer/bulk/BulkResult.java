package dev.rowcast.indexer.bulk;

import java.util.List;

/// The result of one `_bulk` request.
public sealed interface BulkResult {

    /// Elasticsearch processed the request, and each document has its own verdict.
    ///
    /// @param verdicts in the order of the request
    record ByItem(List<DocumentVerdict> verdicts) implements BulkResult {}

    /// The request failed as a whole.
    ///
    /// @param verdict never `Written` or `Newer`
    record AsOne(DocumentVerdict verdict) implements BulkResult {}
}
