package dev.rowcast.indexer.bulk;

import java.util.List;

/// The answer to one `_bulk` request.
public sealed interface BulkResult {

    /// The request was carried out, and each document has a verdict of its own.
    ///
    /// @param verdicts in the order of the request
    record ByItem(List<DocumentVerdict> verdicts) implements BulkResult {}

    /// The request failed as a whole.
    ///
    /// @param verdict never `Written` or `Newer`
    record AsOne(DocumentVerdict verdict) implements BulkResult {}
}
