package dev.rowcast.predictor.store;

import dev.rowcast.change.Operation;
import dev.rowcast.delivery.LatestPerKey;
import dev.rowcast.delivery.LatestPerKey.Settlement;
import dev.rowcast.delivery.SplitOnFault;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.predictor.postgres.Verdict;
import dev.rowcast.predictor.score.Answered;
import dev.rowcast.predictor.score.ModelFault;
import dev.rowcast.predictor.score.Scorable;
import dev.rowcast.predictor.score.Scored;
import dev.rowcast.predictor.score.Scoring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Scores and stores a batch of changes, and answers for each of them.
///
///     changes → newest of each key → score → one statement → answer of each row
///                     ▲                       ▲        │        │
///                     │                       └─ halves ┘       │ the newest alone was at fault
///                     └──────────── next change ───────────────┘
///
/// A row for which the model gives no probability is not stored and comes again; it is not at fault.
///
/// Predictions that Postgres refuses for what one of them holds are sent again in halves, so that a bad
/// row is rejected alone and takes none of its neighbours along.
public final class BatchPredictor {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_A_HUMAN = Duration.ofSeconds(10);
    private static final Skipped STALE = new Skipped("stale");

    private final Scoring scoring;
    private final PredictionStore store;

    /// Scores with `scoring` and stores in `store`.
    public BatchPredictor(Scoring scoring, PredictionStore store) {
        this.scoring = scoring;
        this.store = store;
    }

    /// Scores and stores `changes`; blocks until each has its outcome.
    ///
    /// @return one outcome for each change, in their order
    public List<Outcome> predict(List<Scorable> changes) {
        LatestPerKey<String, Scorable> batch = new LatestPerKey<>(
                changes,
                scorable -> scorable.change().key().id(),
                Comparator.comparing(scorable -> scorable.change().position()));
        for (List<Scorable> newest = batch.newest(); !newest.isEmpty(); newest = batch.newest()) {
            List<Answered> answered = scoring.score(newest);
            batch.settle(settlements(newest, answered, send(answered)));
        }
        return batch.outcomes();
    }

    /// One answer for each prediction among them.
    private Iterator<RowAnswer> send(List<Answered> answered) {
        List<Scored> predictions = answered.stream()
                .filter(Scored.class::isInstance)
                .map(Scored.class::cast)
                .toList();
        return predictions.isEmpty()
                ? Collections.emptyIterator()
                : SplitOnFault.send(List.of(predictions), this::together).iterator();
    }

    private SplitOnFault<RowAnswer> together(List<Scored> predictions) {
        return switch (store.store(predictions)) {
            case StoreAnswer.Committed(Set<Integer> written) ->
                new SplitOnFault.Each<>(IntStream.range(0, predictions.size())
                        .<RowAnswer>mapToObj(
                                place -> written.contains(place) ? new RowAnswer.Written() : new RowAnswer.Stale())
                        .toList());
            case StoreAnswer.Refused(Verdict.Unstorable verdict) ->
                new SplitOnFault.OneAtFault<>(new RowAnswer.Refused(verdict));
            case StoreAnswer.Refused(Verdict verdict) -> new SplitOnFault.NoneTaken<>(new RowAnswer.Refused(verdict));
        };
    }

    private static List<Settlement<Scorable>> settlements(
            List<Scorable> newest, List<Answered> answered, Iterator<RowAnswer> stored) {
        List<Settlement<Scorable>> settlements = new ArrayList<>(newest.size());
        for (int i = 0; i < newest.size(); i++) {
            settlements.add(
                    switch (answered.get(i)) {
                        case ModelFault(String problem) -> unavailable(problem, AFTER_A_HUMAN);
                        case Scored _ -> settlement(stored.next());
                    });
        }
        return settlements;
    }

    private static Settlement<Scorable> settlement(RowAnswer answer) {
        return switch (answer) {
            case RowAnswer.Written _ -> Settlement.ofAll(new Stored(), STALE);
            case RowAnswer.Stale _ -> new Settlement<>(STALE, BatchPredictor::belowStale);
            case RowAnswer.Refused(Verdict.Unstorable(String reason)) ->
                Settlement.ofTheNewest(new Rejected(Reason.NOT_STORABLE, reason));
            case RowAnswer.Refused(Verdict.Unavailable(String reason)) -> unavailable(reason, SOON);
            case RowAnswer.Refused(Verdict.Misconfigured(String reason)) -> unavailable(reason, AFTER_A_HUMAN);
        };
    }

    private static Settlement<Scorable> unavailable(String reason, Duration retryAfter) {
        Outcome unavailable = new Unavailable(reason, retryAfter);
        return Settlement.ofAll(unavailable, unavailable);
    }

    /// What is stored is newer than a streamed change, and so newer than the streamed changes below it. A
    /// read may still score it again.
    private static Optional<Outcome> belowStale(Scorable older) {
        return older.change().operation() == Operation.READ ? Optional.empty() : Optional.of(STALE);
    }
}
