package dev.rowcast.retention.book;

import dev.rowcast.delivery.SplitOnFault;
import dev.rowcast.retention.judge.Judgement;
import java.util.List;

/// What takes judgements together and answers for each.
@FunctionalInterface
public interface CaseStore {

    /// Writes what `judgements`, at most one of each customer, change about cases, and the events of it, in one
    /// transaction; blocks until the answer is there.
    ///
    /// @return an answer too for what could not be reached
    SplitOnFault<RowAnswer> store(List<Judgement> judgements);
}
