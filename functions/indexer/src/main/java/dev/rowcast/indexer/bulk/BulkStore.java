package dev.rowcast.indexer.bulk;

import dev.rowcast.indexer.document.Document;
import java.util.List;

/// What takes documents in bulk and answers for each.
@FunctionalInterface
public interface BulkStore {

    /// Stores `documents`, at most one version of each target, in one request; blocks until the answer is there.
    ///
    /// @return one verdict for each, or one for all; an answer too for what could not be reached
    BulkResult store(List<Document> documents);
}
