package dev.rowcast.local.load;

import dev.rowcast.local.load.row.ChangeSequence;
import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.RowFactory;
import dev.rowcast.local.load.row.RowPool;
import dev.rowcast.local.load.row.RowSource;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Changes the source table in bursts with pauses between them, until it is closed. While Postgres is down
/// it waits, and then writes the rest.
public final class LoadGenerator extends Load {

    private static final Duration TICK = Duration.ofMillis(20);

    private static final Duration TURN = Duration.ofMillis(100);

    private final LoadSettings settings;
    private final Optional<Path> model;
    private final Semaphore requested = new Semaphore(0);
    private volatile boolean paused;

    private LoadGenerator(
            LoadSettings settings, ModelContract contract, Optional<Path> model, String uri, Consumer<String> lines) {
        super(contract, uri, lines);
        this.settings = settings;
        this.model = model;
    }

    /// Starts with a burst.
    ///
    /// @param contract names the table and has the distribution of each feature
    /// @param uri      JDBC URL of the database, with password, for the user who owns the table
    /// @param lines    receives one line for each burst and for each failure
    public static LoadGenerator start(
            LoadSettings settings, ModelContract contract, String uri, Consumer<String> lines) {
        return start(settings, contract, Optional.empty(), uri, false, lines);
    }

    /// Starts, with a burst unless it is paused.
    ///
    /// @param model  file of the model, so that predictions are distributed as in training, too; empty without
    /// @param paused whether it begins with [#setPaused]
    static LoadGenerator start(
            LoadSettings settings,
            ModelContract contract,
            Optional<Path> model,
            String uri,
            boolean paused,
            Consumer<String> lines) {
        LoadGenerator generator = new LoadGenerator(settings, contract, model, uri, lines);
        generator.paused = paused;
        generator.start("load", generator::run, () -> {});
        return generator;
    }

    /// Requests one burst now, paused or not.
    void burst() {
        requested.release();
    }

    /// Stops after the burst in progress, or continues.
    void setPaused(boolean paused) {
        this.paused = paused;
    }

    private void run(RowFactory rows) {
        ChangeSequence changes = new ChangeSequence(source(rows), settings.customers(), settings.seed());
        if (paused && !awaitBurst()) {
            return;
        }
        do {
            burst(changes);
        } while (awaitBurst());
    }

    private RowSource source(RowFactory rows) {
        if (model.isEmpty()) {
            return rows;
        }
        try (OnnxScorer scorer = OnnxScorer.load(model.get())) {
            return new RowPool(rows, scorer, settings.seed());
        } catch (ContractException | IllegalStateException cannotScore) {
            lines.accept("load: predictions will not be distributed as in training: " + cannotScore.getMessage());
            return rows;
        }
    }

    /// Waits until the next burst is due or requested.
    ///
    /// @return false when this is stopping
    private boolean awaitBurst() {
        long start = System.nanoTime();
        while (continuesAfter(TURN)) {
            if (requested.tryAcquire()
                    || (!paused && System.nanoTime() - start >= settings.pause().toNanos())) {
                return true;
            }
        }
        return false;
    }

    private void burst(ChangeSequence changes) {
        int total = settings.changesInBurst();
        long start = System.nanoTime();
        Map<Class<?>, Integer> kinds = new HashMap<>();
        int count = 0;
        do {
            double due = settings.rate() * (System.nanoTime() - start) / 1e9;
            List<RowChange> batch = new ArrayList<>();
            while (count < total && count <= due) {
                RowChange change = changes.next();
                kinds.merge(change.getClass(), 1, Integer::sum);
                batch.add(change);
                count++;
            }
            if (!batch.isEmpty()) {
                write(batch);
            }
        } while (count < total && continuesAfter(TICK));
        if (count == total) {
            lines.accept("load: %d changes (%d inserts, %d updates, %d deletes) in %.1f s; next in %d s (seed %d)"
                    .formatted(
                            count,
                            kinds.getOrDefault(RowChange.Insert.class, 0),
                            kinds.getOrDefault(RowChange.Update.class, 0),
                            kinds.getOrDefault(RowChange.Delete.class, 0),
                            Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0,
                            settings.pause().toSeconds(),
                            settings.seed()));
        }
    }
}
