package dev.rowcast.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.predictor.SourceEvents;
import dev.rowcast.predictor.score.Scorable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Concurrent batches with the same keys, in one instance and in several.
@Timeout(600)
class ConcurrencyIT {

    private static Predictions predictions;

    @BeforeAll
    static void start(@TempDir Path folder) {
        predictions = Predictions.start(folder);
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    /// The stored values of the newest change of a key.
    private record Newest(long lsn, int tenure, boolean deleted) {}

    @Test
    void shuffledHistoryOfManyKeysEndsAtTheNewestChangeOfEach() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("Shuffled history, seed " + seed);
        Random random = new Random(seed);
        Map<String, Newest> newest = new HashMap<>();
        List<Scorable> events = history(random, newest);
        Collections.shuffle(events, random);

        List<Outcome> outcomes = new ArrayList<>();
        BatchPredictor predictor = predictions.predictor();
        // Two instances with two batches each.
        try (NaturalBatch<Scorable, Outcome> one = new NaturalBatch<>("one", 64, 10_000, 2, predictor::predict);
                NaturalBatch<Scorable, Outcome> two = new NaturalBatch<>("two", 64, 10_000, 2, predictor::predict)) {
            List<CompletableFuture<Outcome>> results = new ArrayList<>();
            for (Scorable event : events) {
                results.add((random.nextBoolean() ? one : two).submit(event));
            }
            results.forEach(result -> outcomes.add(result.join()));
        }

        assertThat(outcomes).allMatch(outcome -> outcome instanceof Stored || outcome instanceof Skipped);
        Map<String, Newest> stored = new HashMap<>();
        for (Map<String, String> row :
                predictions.rows("SELECT * FROM person_churn_history_captured WHERE customerid LIKE 'shuffled-%'")) {
            stored.put(
                    row.get("customerid"),
                    new Newest(
                            Long.parseLong(row.get("source_lsn")),
                            Integer.parseInt(row.get("tenure")),
                            row.get("deleted").equals("t")));
        }
        assertThat(stored).as("seed %d", seed).isEqualTo(newest);
    }

    /// Histories of 150 keys: inserts, updates, deletes, second inserts, reads in between, and a third of the
    /// events twice.
    private static List<Scorable> history(Random random, Map<String, Newest> newest) {
        List<Scorable> events = new ArrayList<>();
        long lsn = 1000;
        for (int i = 0; i < 150; i++) {
            String key = "shuffled-" + i;
            int changes = 1 + random.nextInt(20);
            for (int tenure = 1; tenure <= changes; tenure++) {
                lsn += 1 + random.nextInt(50);
                boolean delete = tenure > 1 && random.nextInt(4) == 0;
                String event = delete
                        ? SourceEvents.delete(lsn, SourceEvents.row(key, tenure))
                        : SourceEvents.insert(lsn, SourceEvents.row(key, tenure));
                events.add(predictions.scorable(0, event));
                if (random.nextInt(3) == 0) {
                    events.add(predictions.scorable(0, event));
                }
                if (random.nextInt(5) == 0) {
                    events.add(predictions.scorable(0, SourceEvents.read(lsn + 1, SourceEvents.row(key, tenure))));
                }
                newest.put(key, new Newest(lsn, tenure, delete));
            }
        }
        return events;
    }

    @Test
    void concurrentBatchesOverTheSameKeysNeverDeadlock() throws Exception {
        int keys = 120;
        BatchPredictor predictor = predictions.predictor();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 25; round++) {
                List<CompletableFuture<List<Outcome>>> batches = new ArrayList<>();
                for (int instance = 0; instance < 4; instance++) {
                    List<Scorable> batch = new ArrayList<>();
                    for (int i = 0; i < keys; i++) {
                        long lsn = 1L + round * 4L + instance;
                        batch.add(predictions.scorable(
                                0, SourceEvents.insert(lsn, SourceEvents.row("circle-" + i, round))));
                    }
                    if (instance % 2 == 1) {
                        Collections.reverse(batch);
                    }
                    batches.add(CompletableFuture.supplyAsync(() -> predictor.predict(batch), threads));
                }
                for (CompletableFuture<List<Outcome>> batch : batches) {
                    assertThat(batch.join())
                            .allMatch(outcome -> outcome instanceof Stored || outcome instanceof Skipped);
                }
            }
        }

        assertThat(deadlocks()).isEqualTo("0");
    }

    /// Both revisions of a roll-out get every change twice, at the same time.
    @Test
    void concurrentDuplicatesOnTwoRevisionsEndWithTheNewerModel() throws Exception {
        BatchPredictor old = predictions.predictor("concurrent-1");
        BatchPredictor young = predictions.predictor("concurrent-2");
        List<Scorable> changes = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            changes.add(predictions.scorable(0, SourceEvents.insert(100 + i, SourceEvents.row("revision-" + i))));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<List<Outcome>>> batches = new ArrayList<>();
            for (BatchPredictor revision : List.of(old, young, old, young, old)) {
                List<Scorable> batch = new ArrayList<>(changes);
                Collections.shuffle(batch);
                batches.add(CompletableFuture.supplyAsync(() -> revision.predict(batch), threads));
            }
            for (CompletableFuture<List<Outcome>> batch : batches) {
                assertThat(batch.join()).allMatch(outcome -> outcome instanceof Stored || outcome instanceof Skipped);
            }
        }

        assertThat(predictions.rows("SELECT DISTINCT model_version FROM person_churn_history_captured"
                        + " WHERE customerid LIKE 'revision-%'"))
                .containsExactly(Map.of("model_version", "concurrent-2"));
    }

    private static String deadlocks() throws SQLException {
        return predictions
                .rows("SELECT deadlocks FROM pg_stat_database WHERE datname = 'rowcast'")
                .getFirst()
                .get("deadlocks");
    }
}
