package dev.rowcast.indexer;

import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.indices.PreparedStore;
import dev.rowcast.outcome.Outcome;
import java.util.Optional;
import java.util.Set;

/// The documents of the indices of one file, or of the cases. A lane batches and prepares its own indices, so
/// that an index that takes no documents stops no other table.
///
/// @param name the file, or `cases`
/// @param store stores the documents
/// @param batch collects the documents that are sent together
record Lane(String name, PreparedStore store, NaturalBatch<Draft, Outcome> batch) {

    /// Creates lanes.
    @FunctionalInterface
    interface Factory {

        /// A new lane.
        ///
        /// @param name the file, or `cases`
        /// @param indices the names of its indices
        Lane of(String name, Set<String> indices);
    }

    /// Prepares the indices; blocks.
    ///
    /// @return why the lane takes no documents, in one line; empty if it does
    Optional<String> problem() {
        return store.problem().map(DocumentVerdict::reason);
    }
}
