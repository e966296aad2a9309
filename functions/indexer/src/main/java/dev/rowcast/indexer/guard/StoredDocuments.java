package dev.rowcast.indexer.guard;

import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.StoredVersion;

import dev.rowcast.indexer.document.Target;
import java.util.List;
import java.util.Optional;

/// Reads which changes the stored documents show.
@FunctionalInterface
interface StoredDocuments {

    /// What is known of a document.
    sealed interface Lookup {

        /// It is there.
        ///
        /// @param version its `_version`
        /// @param unchanged the condition that it is not written meanwhile
        /// @param shows its change; empty for a document that is none of ours
        record Found(long version, Write.Unchanged unchanged, Optional<StoredVersion> shows) implements Lookup {}

        /// There is none.
        record Absent() implements Lookup {}

        /// It could not be read.
        ///
        /// @param verdict `Away` or `Misconfigured`
        record Failed(DocumentVerdict verdict) implements Lookup {}
    }

    /// Reads `targets` as the last write left them; blocks until the answer is there.
    ///
    /// @return one lookup for each, in their order
    List<Lookup> read(List<Target> targets);
}
