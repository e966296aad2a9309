package dev.rowcast.local.page;

import dev.rowcast.drift.Shift;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.knative.source.SourceCounts;
import dev.rowcast.local.page.feed.PageFeed;
import dev.rowcast.local.page.feed.PathNames;
import dev.rowcast.local.page.feed.Prediction;
import dev.rowcast.local.page.feed.Problem;
import dev.rowcast.local.page.feed.StationQueries;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Stations whose answers a test sets.
final class FakeStations {

    static final PathNames PATH = new PathNames(
            "customers",
            "customers",
            "customers_captured",
            "churn.public.customers",
            "churn.public.customers_captured",
            "rowcast.dead-letters",
            "customers",
            "customers_captured",
            new PathNames.Function("predictor", "predictor"),
            new PathNames.Function("indexer", "indexer"),
            Optional.of(new PathNames.Action(
                    new PathNames.Function("retention", "retention"), "cases", "churn.events.cases", "cases")),
            "churn-1",
            Optional.of(0.25),
            Optional.empty());

    /// A second table, whose model predicts a value.
    static final PathNames HOUSES = new PathNames(
            "sales.houses",
            "houses",
            "houses_captured",
            "houses.sales.houses",
            "houses.sales.houses_captured",
            "rowcast.dead-letters",
            "rowcast-houses",
            "rowcast-houses-captured",
            new PathNames.Function("predictor-houses", "predictor-houses"),
            new PathNames.Function("indexer", "indexer-houses"),
            Optional.empty(),
            "houses-1",
            Optional.empty(),
            Optional.of("€"));

    private final PathNames path;

    final BlockingQueue<Prediction> predictions = new LinkedBlockingQueue<>();
    volatile long rows = 7;
    volatile long scored = 300;
    volatile List<Problem> problems = List.of();
    volatile boolean isPostgresSilent;
    volatile String predictor = "zero";
    volatile List<FunctionStatus.ColdStart> starts = List.of();

    PageFeed feed() {
        return PageFeed.start(path, queries(), Duration.ofMillis(10));
    }

    FakeStations() {
        this(PATH);
    }

    FakeStations(PathNames path) {
        this.path = path;
    }

    private StationQueries queries() {
        return new StationQueries(
                this::stored,
                () -> {
                    if (isPostgresSilent) {
                        throw new IOException("connection refused");
                    }
                    return Map.of(path.sourceTable(), rows, path.capturedTable(), rows);
                },
                () -> Map.of(path.sourceTopic(), 20L, path.capturedTopic(), 19L, path.deadLetterTopic(), 1L),
                () -> Map.of(path.sourceIndex(), 7L, path.capturedIndex(), 6L),
                () -> List.of(new Shift("tenure", scored, 0.3127), new Shift("leaves_probability", scored, 0.01)),
                () -> problems,
                () -> List.of(new FunctionStatus(
                        path.predictor().name(), predictor, OptionalLong.empty(), 2, 0, 0, Map.of(422, 3L), starts)),
                () -> Map.of(
                        path.predictor().source(),
                        new StationQueries.Source(new SourceCounts.Snapshot(20, 4, 1, 0, 0), OptionalLong.of(5))),
                () -> Map.of("Postgres", !isPostgresSilent, "Elasticsearch", true));
    }

    private List<Prediction> stored() throws InterruptedException {
        List<Prediction> stored = new ArrayList<>();
        Prediction first = predictions.poll(20, TimeUnit.MILLISECONDS);
        if (first != null) {
            stored.add(first);
            predictions.drainTo(stored);
        }
        return stored;
    }

    void store(String key, double probability) {
        store(key, new Prediction.Score.Label(probability < 0.25 ? "No" : "Yes", probability));
    }

    void storeAt(String key, double probability, Instant time) {
        predictions.add(new Prediction(
                key, Optional.of(new Prediction.Score.Label("No", probability)), "u", time.minusMillis(42), time));
    }

    void store(String key, Prediction.Score score) {
        Instant now = Instant.now();
        predictions.add(new Prediction(key, Optional.of(score), "u", now.minusMillis(42), now));
    }
}
