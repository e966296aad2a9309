package dev.rowcast.retention.book;

import dev.rowcast.retention.postgres.Verdict;
import java.util.List;

/// The answer to judgements that were sent together.
public sealed interface StoreAnswer {

    /// The transaction is committed.
    ///
    /// @param taken for each judgement whether it was taken; the guard held back the others
    record Committed(List<Boolean> taken) implements StoreAnswer {}

    /// Nothing of it is known to be stored.
    ///
    /// @param verdict what that means
    record Refused(Verdict verdict) implements StoreAnswer {}
}
