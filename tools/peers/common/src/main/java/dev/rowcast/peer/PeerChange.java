package dev.rowcast.peer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/// A change of a customer.
///
/// @param key the customer
/// @param operation Debezium's code: `c`, `u`, `r` or `d`
/// @param commit position of the last commit before the change's transaction; 0 before the first
/// @param lsn position of the change itself
/// @param millis time of the change
/// @param row the row after the change; of a delete the row before it
/// @param previous the row before the change as JSON; null when there was none
public record PeerChange(
        String key, String operation, long commit, long lsn, long millis, JsonNode row, String previous) {

    /// Orders the changes of a key as their transactions were committed.
    public static final Comparator<PeerChange> BY_POSITION =
            Comparator.comparingLong(PeerChange::commit).thenComparingLong(PeerChange::lsn);

    /// Returns whether the customer was deleted.
    public boolean isDelete() {
        return operation.equals("d");
    }
}
