package dev.rowcast.predictor.score;

import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import java.util.ArrayList;
import java.util.List;

/// Scores the rows of a batch.
public final class Scoring {

    private final OnnxScorer scorer;

    /// Scores with `scorer`, which stays the caller's to close.
    public Scoring(OnnxScorer scorer) {
        this.scorer = scorer;
    }

    /// Scores every row that is there in one run of the model.
    ///
    /// @return the changes in their order, each with its score
    public List<Scored> score(List<Scorable> changes) {
        List<FeatureRow> features = new ArrayList<>(changes.size());
        for (Scorable change : changes) {
            if (change instanceof Scorable.Live live) {
                features.add(live.features());
            }
        }
        float[] probabilities = scorer.score(features);
        List<Scored> scored = new ArrayList<>(changes.size());
        int next = 0;
        for (Scorable change : changes) {
            scored.add(
                    switch (change) {
                        case Scorable.Live live -> predicted(live, probabilities[next++]);
                        case Scorable.Gone gone -> new Scored.Deleted(gone.change());
                    });
        }
        return scored;
    }

    private Scored predicted(Scorable.Live live, float probability) {
        return new Scored.Predicted(
                live.change(), live.features(), probability, scorer.contract().labelOf(probability));
    }
}
