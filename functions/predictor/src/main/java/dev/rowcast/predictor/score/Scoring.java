package dev.rowcast.predictor.score;

import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.output.Scores;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Scores the rows of a batch and records faults of the model.
public final class Scoring {

    /// Time for which a model counts as faulty after an output that is no prediction.
    public static final Duration FAULT_MEMORY = Duration.ofMinutes(1);

    private record Fault(String problem, long at) {}

    private final OnnxScorer scorer;
    private volatile Optional<Fault> last = Optional.empty();

    /// Scores with `scorer`, which the caller closes.
    public Scoring(OnnxScorer scorer) {
        this.scorer = scorer;
    }

    /// Scores all rows that are not deleted in one run of the model.
    ///
    /// @return for each change, in order, its score, or unavailable if the model returned no prediction
    public List<Step<Scored>> score(List<Scorable> changes) {
        List<FeatureRow> features = new ArrayList<>(changes.size());
        for (Scorable change : changes) {
            if (change instanceof Scorable.Upserted upserted) {
                features.add(upserted.features());
            }
        }
        Scores scores = scorer.score(features);
        List<Step<Scored>> scored = new ArrayList<>(changes.size());
        int next = 0;
        for (Scorable change : changes) {
            scored.add(
                    switch (change) {
                        case Scorable.Upserted upserted -> predicted(upserted, scores, next++);
                        case Scorable.Deleted deleted -> Step.next(new Scored.Deleted(deleted.change()));
                    });
        }
        return scored;
    }

    /// The model's last fault, if it is not older than [#FAULT_MEMORY].
    public Optional<String> problem() {
        return last.filter(fault -> System.nanoTime() - fault.at() < FAULT_MEMORY.toNanos())
                .map(Fault::problem);
    }

    private Step<Scored> predicted(Scorable.Upserted row, Scores scores, int place) {
        Optional<String> fault = scores.fault(place);
        if (fault.isPresent()) {
            String problem = "model " + scorer.contract().model().version() + " gives " + fault.get() + ", for key "
                    + row.change().key().id() + ": replace the model";
            last = Optional.of(new Fault(problem, System.nanoTime()));
            return Step.end(Unavailable.untilChanged(problem));
        }
        return Step.next(new Scored.Upserted(row.change(), row.features(), scores.predicted(place)));
    }
}
