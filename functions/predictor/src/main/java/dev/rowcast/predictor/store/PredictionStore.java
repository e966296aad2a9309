package dev.rowcast.predictor.store;

import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.predictor.score.Scored;
import java.util.List;

/// Stores predictions in one transaction.
@FunctionalInterface
public interface PredictionStore {

    /// Stores `predictions`, at most one of each key, in one transaction; blocks until the answer is known.
    ///
    /// @return an answer, also if Postgres cannot be reached
    StoreAnswer store(List<Scored> predictions);
}
