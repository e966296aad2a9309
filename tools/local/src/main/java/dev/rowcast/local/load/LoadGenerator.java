package dev.rowcast.local.load;

import dev.rowcast.local.load.row.ChangeSequence;
import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.RowFactory;
import dev.rowcast.model.contract.ModelContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Changes the source table in bursts with pauses between them, until it is closed. While Postgres is down
/// it waits, and then writes the rest.
public final class LoadGenerator extends Load {

    private static final Duration TICK = Duration.ofMillis(20);

    private final LoadSettings settings;

    private LoadGenerator(LoadSettings settings, ModelContract contract, String uri, Consumer<String> lines) {
        super(contract, uri, lines);
        this.settings = settings;
    }

    /// Starts with a burst.
    ///
    /// @param contract names the table and has the distribution of each feature
    /// @param uri      JDBC URL of the database, with password, for the user who owns the table
    /// @param lines    receives one line for each burst and for each failure
    public static LoadGenerator start(
            LoadSettings settings, ModelContract contract, String uri, Consumer<String> lines) {
        LoadGenerator generator = new LoadGenerator(settings, contract, uri, lines);
        generator.start("load", generator::run, () -> {});
        return generator;
    }

    private void run(RowFactory rows) {
        ChangeSequence changes = new ChangeSequence(rows, settings.customers(), settings.seed());
        do {
            burst(changes);
        } while (continuesAfter(settings.pause()));
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
