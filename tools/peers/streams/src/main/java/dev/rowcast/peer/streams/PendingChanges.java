package dev.rowcast.peer.streams;

import dev.rowcast.peer.ChangeReader;
import dev.rowcast.peer.PeerChange;
import dev.rowcast.peer.ScoreAndStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.errors.StreamsException;

/// The changes that a stream thread has read and not stored yet, of all its tasks.
final class PendingChanges {

    private static final int LARGEST_BATCH = 500;

    private final ScoreAndStore store;
    private final List<PeerChange> changes = new ArrayList<>();

    PendingChanges(ScoreAndStore store) {
        this.store = store;
    }

    /// Adds the change of a record, and stores a full batch.
    void add(byte[] event) {
        ChangeReader.read(event).ifPresent(changes::add);
        if (changes.size() >= LARGEST_BATCH) {
            write();
        }
    }

    /// Stores all.
    ///
    /// @throws StreamsException when Postgres did not store them; the thread is replaced, and the new one
    ///     begins at the committed offsets
    void write() {
        try {
            store.write(changes);
            changes.clear();
        } catch (SQLException failure) {
            throw new StreamsException("the predictions cannot be stored", failure);
        }
    }
}
