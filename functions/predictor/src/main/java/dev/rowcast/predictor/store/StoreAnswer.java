package dev.rowcast.predictor.store;

import dev.rowcast.predictor.postgres.Verdict;
import java.util.Set;

/// The answer to predictions that were sent together.
public sealed interface StoreAnswer {

    /// The transaction is committed.
    ///
    /// @param written the places of those that were written; the guard held back the others
    record Committed(Set<Integer> written) implements StoreAnswer {}

    /// Nothing of it is known to be stored.
    ///
    /// @param verdict what that means
    record Refused(Verdict verdict) implements StoreAnswer {}
}
