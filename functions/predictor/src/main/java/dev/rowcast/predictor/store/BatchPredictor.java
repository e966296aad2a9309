package dev.rowcast.predictor.store;

import dev.rowcast.change.Operation;
import dev.rowcast.delivery.GuardedBatch;
import dev.rowcast.delivery.SplitOnFault;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.predictor.score.Scorable;
import dev.rowcast.predictor.score.Scored;
import dev.rowcast.predictor.score.Scoring;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Scores and stores a batch of changes: it scores the newest change of each key and stores all scores in
/// one statement. If the model returns no prediction for a row, the event gets 503 and is retried.
public final class BatchPredictor {

    private final Scoring scoring;
    private final PredictionStore store;
    private final GuardedBatch<String, Scorable> batch;

    /// Scores with `scoring` and stores in `store`.
    public BatchPredictor(Scoring scoring, PredictionStore store) {
        this.scoring = scoring;
        this.store = store;
        this.batch = new GuardedBatch<>(
                scorable -> scorable.change().key().id(),
                Comparator.comparing(scorable -> scorable.change().position()),
                this::scoreAndStore,
                BatchPredictor::superseded);
    }

    /// Scores and stores `changes`; blocks until each has its outcome.
    ///
    /// @return one outcome for each change, in their order
    public List<Outcome> predict(List<Scorable> changes) {
        return batch.store(changes);
    }

    private List<Outcome> scoreAndStore(List<Scorable> changes) {
        List<Step<Scored>> scored = scoring.score(changes);
        List<Scored> predictions = new ArrayList<>(scored.size());
        for (Step<Scored> step : scored) {
            if (step instanceof Step.Next<Scored>(Scored prediction)) {
                predictions.add(prediction);
            }
        }
        Iterator<Outcome> stored =
                SplitOnFault.send(List.of(predictions), store::store).iterator();
        List<Outcome> outcomes = new ArrayList<>(scored.size());
        for (Step<Scored> step : scored) {
            outcomes.add(
                    switch (step) {
                        case Step.Next<Scored> _ -> stored.next();
                        case Step.End<Scored>(Outcome outcome) -> outcome;
                    });
        }
        return outcomes;
    }

    /// A stored prediction that is newer than a streamed change is also newer than the streamed changes
    /// below it. A read may still score it again.
    private static Optional<Outcome> superseded(Scorable older, Scorable newest, Outcome ofNewest) {
        boolean scoresAgain = ofNewest instanceof Skipped && older.change().operation() == Operation.READ;
        return scoresAgain ? Optional.empty() : Optional.of(Skipped.STALE);
    }
}
