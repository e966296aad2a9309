package dev.rowcast.predictor.store;

import dev.rowcast.predictor.score.Scored;
import java.util.List;

/// What takes predictions together and answers for each.
@FunctionalInterface
public interface PredictionStore {

    /// Stores `predictions`, at most one of each key, in one transaction; blocks until the answer is
    /// there.
    ///
    /// @return an answer too for what could not be reached
    StoreAnswer store(List<Scored> predictions);
}
