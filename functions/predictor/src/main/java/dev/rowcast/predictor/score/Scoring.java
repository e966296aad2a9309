package dev.rowcast.predictor.score;

import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Scores the rows of a batch, and remembers when the model was at fault.
public final class Scoring {

    /// How long a model counts as faulty after it gave what is no probability.
    public static final Duration FAULTY = Duration.ofMinutes(1);

    private record Fault(String problem, long at) {}

    private final OnnxScorer scorer;
    private volatile Optional<Fault> last = Optional.empty();

    /// Scores with `scorer`, which stays the caller's to close.
    public Scoring(OnnxScorer scorer) {
        this.scorer = scorer;
    }

    /// Scores every row that is there in one run of the model.
    ///
    /// @return the changes in their order, each with its score, or unavailable if the model gave no probability
    public List<Step<Scored>> score(List<Scorable> changes) {
        List<FeatureRow> features = new ArrayList<>(changes.size());
        for (Scorable change : changes) {
            if (change instanceof Scorable.Upserted live) {
                features.add(live.features());
            }
        }
        float[] probabilities = scorer.score(features);
        List<Step<Scored>> scored = new ArrayList<>(changes.size());
        int next = 0;
        for (Scorable change : changes) {
            scored.add(
                    switch (change) {
                        case Scorable.Upserted live -> predicted(live, probabilities[next++]);
                        case Scorable.Deleted gone -> Step.next(new Scored.Deleted(gone.change()));
                    });
        }
        return scored;
    }

    /// What the model gave that is no probability, if it did so within the time of [#FAULTY].
    public Optional<String> problem() {
        return last.filter(fault -> System.nanoTime() - fault.at() < FAULTY.toNanos())
                .map(Fault::problem);
    }

    private Step<Scored> predicted(Scorable.Upserted live, float probability) {
        if (!OnnxScorer.isProbability(probability)) {
            String problem = "model " + scorer.contract().model().version() + " gives " + probability
                    + ", which is no probability, for key "
                    + live.change().key().id() + ": replace the model";
            last = Optional.of(new Fault(problem, System.nanoTime()));
            return Step.end(Unavailable.untilChanged(problem));
        }
        return Step.next(new Scored.Predicted(
                live.change(), live.features(), probability, scorer.contract().labelOf(probability)));
    }
}
