package dev.rowcast.indexer.bulk;

import java.util.List;

/// Writes documents together, each under its condition.
@FunctionalInterface
interface Bulk {

    /// Sends `writes`, at most one of each target, in one request; blocks until the answer is there.
    ///
    /// @return one verdict for each, or one for all; an answer too for what could not be reached
    BulkAnswer send(List<Write> writes);
}
