package dev.rowcast.retention.book;

import dev.rowcast.delivery.Outcome;
import dev.rowcast.retention.judge.Judgement;
import dev.rowcast.retention.postgres.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/// Stores a batch of judgements, and answers for each of them.
///
///     judgements → newest of each customer → one transaction → answer of each
///                     ▲                          ▲      │         │
///                     │                          └halves┘         │ the newest alone was at fault
///                     └──────────── next judgement ───────────────┘
///
/// Judgements that Postgres refuses for what one of them holds are sent again in halves, so that a bad one is rejected
/// alone and takes none of its neighbours along.
public final class CaseKeeper {

    private final CaseStore store;

    /// Stores in `store`.
    public CaseKeeper(CaseStore store) {
        this.store = store;
    }

    /// Stores `judgements`; blocks until each has its outcome.
    ///
    /// @return one outcome for each judgement, in their order
    public List<Outcome> keep(List<Judgement> judgements) {
        Batch batch = new Batch(judgements);
        for (List<Judgement> newest = batch.newest(); !newest.isEmpty(); newest = batch.newest()) {
            batch.take(send(newest));
        }
        return batch.outcomes();
    }

    private List<RowAnswer> send(List<Judgement> judgements) {
        List<RowAnswer> answers = new ArrayList<>(judgements.size());
        Deque<List<Judgement>> parts = new ArrayDeque<>(List.of(judgements));
        while (!parts.isEmpty()) {
            List<Judgement> part = parts.remove();
            switch (store.store(part)) {
                case StoreAnswer.Committed(List<Boolean> taken) ->
                    taken.forEach(one -> answers.add(one ? new RowAnswer.Taken() : new RowAnswer.Stale()));
                case StoreAnswer.Refused(Verdict.Unstorable _)
                when part.size() > 1 -> {
                    int half = part.size() / 2;
                    parts.addFirst(part.subList(half, part.size()));
                    parts.addFirst(part.subList(0, half));
                }
                case StoreAnswer.Refused(Verdict.Unstorable verdict) -> answers.add(new RowAnswer.Refused(verdict));
                // Asking again for the rest would only make everybody wait for the same answer.
                case StoreAnswer.Refused(Verdict verdict) -> {
                    int rest = judgements.size() - answers.size();
                    answers.addAll(Collections.nCopies(rest, new RowAnswer.Refused(verdict)));
                    return answers;
                }
            }
        }
        return answers;
    }
}
