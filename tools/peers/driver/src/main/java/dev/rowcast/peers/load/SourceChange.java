package dev.rowcast.peers.load;

/// A change to commit.
///
/// @param key the customer
/// @param kind of the change
/// @param value number from which the row is made
public record SourceChange(String key, Kind kind, int value) {

    /// Kinds of changes.
    public enum Kind {
        /// Inserts the row, or updates it when it exists.
        UPSERT,
        /// Deletes the row, if it exists.
        DELETE
    }
}
