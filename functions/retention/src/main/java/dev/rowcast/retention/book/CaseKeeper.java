package dev.rowcast.retention.book;

import dev.rowcast.delivery.LatestPerKey;
import dev.rowcast.delivery.LatestPerKey.Settlement;
import dev.rowcast.delivery.SplitOnFault;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.retention.judge.Judgement;
import dev.rowcast.retention.postgres.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_A_HUMAN = Duration.ofSeconds(10);
    private static final Skipped STALE = new Skipped("stale");

    private final CaseStore store;

    /// Stores in `store`.
    public CaseKeeper(CaseStore store) {
        this.store = store;
    }

    /// Stores `judgements`; blocks until each has its outcome.
    ///
    /// @return one outcome for each judgement, in their order
    public List<Outcome> keep(List<Judgement> judgements) {
        LatestPerKey<String, Judgement> batch =
                new LatestPerKey<>(judgements, Judgement::customer, Comparator.comparing(Judgement::position));
        for (List<Judgement> newest = batch.newest(); !newest.isEmpty(); newest = batch.newest()) {
            batch.settle(settlements(newest, SplitOnFault.send(List.of(newest), store::store)));
        }
        return batch.outcomes();
    }

    private static List<Settlement<Judgement>> settlements(List<Judgement> newest, List<RowAnswer> answers) {
        return IntStream.range(0, newest.size())
                .mapToObj(i -> settlement(answers.get(i)))
                .toList();
    }

    private static Settlement<Judgement> settlement(RowAnswer answer) {
        return switch (answer) {
            case RowAnswer.Taken _ -> Settlement.ofAll(new Stored(), STALE);
            case RowAnswer.Stale _ -> Settlement.ofAll(STALE, STALE);
            case RowAnswer.Refused(Verdict.Unstorable(String reason)) ->
                Settlement.ofTheNewest(new Rejected(Reason.NOT_STORABLE, reason));
            case RowAnswer.Refused(Verdict.Unavailable(String reason)) -> unavailable(reason, SOON);
            case RowAnswer.Refused(Verdict.Misconfigured(String reason)) -> unavailable(reason, AFTER_A_HUMAN);
        };
    }

    private static Settlement<Judgement> unavailable(String reason, Duration retryAfter) {
        Outcome unavailable = new Unavailable(reason, retryAfter);
        return Settlement.ofAll(unavailable, unavailable);
    }
}
