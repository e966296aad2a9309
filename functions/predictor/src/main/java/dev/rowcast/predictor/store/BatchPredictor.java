package dev.rowcast.predictor.store;

import dev.rowcast.delivery.Outcome;
import dev.rowcast.predictor.postgres.Verdict;
import dev.rowcast.predictor.score.Scorable;
import dev.rowcast.predictor.score.Scored;
import dev.rowcast.predictor.score.Scoring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Scores and stores a batch of changes, and answers for each of them.
///
///     changes → newest of each key → score → one statement → answer of each row
///                     ▲                       ▲        │        │
///                     │                       └─ halves ┘       │ the newest alone was at fault
///                     └──────────── next change ───────────────┘
///
/// Predictions that Postgres refuses for what one of them holds are sent again in halves, so that a bad
/// row is rejected alone and takes none of its neighbours along.
public final class BatchPredictor {

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
        Batch batch = new Batch(changes);
        for (List<Scorable> newest = batch.newest(); !newest.isEmpty(); newest = batch.newest()) {
            batch.take(send(scoring.score(newest)));
        }
        return batch.outcomes();
    }

    private List<RowAnswer> send(List<Scored> predictions) {
        List<RowAnswer> answers = new ArrayList<>(predictions.size());
        Deque<List<Scored>> parts = new ArrayDeque<>(List.of(predictions));
        while (!parts.isEmpty()) {
            List<Scored> part = parts.remove();
            switch (store.store(part)) {
                case StoreAnswer.Committed(Set<Integer> written) ->
                    IntStream.range(0, part.size())
                            .mapToObj(
                                    place -> written.contains(place) ? new RowAnswer.Written() : new RowAnswer.Stale())
                            .forEach(answers::add);
                case StoreAnswer.Refused(Verdict.Unstorable _)
                when part.size() > 1 -> {
                    int half = part.size() / 2;
                    parts.addFirst(part.subList(half, part.size()));
                    parts.addFirst(part.subList(0, half));
                }
                case StoreAnswer.Refused(Verdict.Unstorable verdict) -> answers.add(new RowAnswer.Refused(verdict));
                // Asking again for the rest would only make everybody wait for the same answer.
                case StoreAnswer.Refused(Verdict verdict) -> {
                    int rest = predictions.size() - answers.size();
                    answers.addAll(Collections.nCopies(rest, new RowAnswer.Refused(verdict)));
                    return answers;
                }
            }
        }
        return answers;
    }
}
