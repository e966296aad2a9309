package dev.rowcast.indexer.bulk;

import dev.rowcast.indexer.document.Document;
import java.util.List;

/// Stores documents in bulk.
@FunctionalInterface
public interface BulkStore {

    /// Stores `documents`, at most one version of each target, in one request; blocks until it is answered.
    ///
    /// @return one verdict for each, or one for all; also if Elasticsearch could not be reached
    BulkResult store(List<Document> documents);
}
