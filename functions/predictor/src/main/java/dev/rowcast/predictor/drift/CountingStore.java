package dev.rowcast.predictor.drift;

import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.drift.LiveCounts;
import dev.rowcast.drift.LiveCounts.ScoredRow;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Stored;
import dev.rowcast.predictor.score.Scored;
import dev.rowcast.predictor.store.PredictionStore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Counts the predictions that another store has written. A duplicate or stale change is not counted.
public final class CountingStore implements PredictionStore {

    private static final Logger LOG = Logger.getLogger(CountingStore.class);

    private final PredictionStore store;
    private final LiveCounts counts;

    /// Stores predictions in `store` and adds the written ones to `counts`.
    public CountingStore(PredictionStore store, LiveCounts counts) {
        this.store = store;
        this.counts = counts;
    }

    @Override
    public StoreAnswer store(List<Scored> predictions) {
        StoreAnswer answer = store.store(predictions);
        if (answer instanceof StoreAnswer.Each(List<Outcome> outcomes)) {
            count(predictions, outcomes);
        }
        return answer;
    }

    /// Adds the written rows. A fault here does not change the answer, because the rows are committed.
    private void count(List<Scored> predictions, List<Outcome> outcomes) {
        try {
            counts.add(IntStream.range(0, predictions.size())
                    .filter(place -> outcomes.get(place) instanceof Stored)
                    .mapToObj(predictions::get)
                    .flatMap(CountingStore::scoredRow)
                    .toList());
        } catch (RuntimeException fault) {
            LOG.error("Counting failed; the predictions are stored", fault);
        }
    }

    private static Stream<ScoredRow> scoredRow(Scored scored) {
        return switch (scored) {
            case Scored.Upserted upserted -> Stream.of(new ScoredRow(upserted.features(), upserted.prediction()));
            case Scored.Deleted _ -> Stream.empty();
        };
    }
}
