package dev.rowcast.indexer.guard;

import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.StoredVersion;
import dev.rowcast.indexer.document.Target;
import java.util.List;
import java.util.Optional;

/// Reads the versions of stored documents.
@FunctionalInterface
interface StoredDocuments {

    /// The result of reading a document.
    sealed interface Lookup {

        /// The document exists.
        ///
        /// @param version its `_version`
        /// @param unchanged the condition that it is not written in the meantime
        /// @param shown the change that it shows; empty if the indexer did not write it
        record Found(long version, Write.Unchanged unchanged, Optional<StoredVersion> shown) implements Lookup {}

        /// The document does not exist.
        record Absent() implements Lookup {}

        /// The document could not be read.
        ///
        /// @param verdict `Temporary` or `Misconfigured`
        record Failed(DocumentVerdict verdict) implements Lookup {}
    }

    /// Reads the last write of each of `targets`; blocks until the request is answered.
    ///
    /// @return one lookup for each, in their order
    List<Lookup> read(List<Target> targets);
}
