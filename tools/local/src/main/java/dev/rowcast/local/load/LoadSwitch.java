package dev.rowcast.local.load;

import dev.rowcast.model.contract.ModelContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The load on each table, which a person can pause, and from which a person can request a burst at any time.
public final class LoadSwitch implements AutoCloseable {

    /// A table.
    ///
    /// @param contract names the table and has the distribution of each feature
    /// @param model    file of the model
    public record Table(ModelContract contract, Path model) {}

    private static final long SEED = 1;

    private final Optional<LoadSettings> settings;
    private final List<Table> tables;
    private final String uri;
    private final Consumer<String> lines;
    private final Map<Integer, LoadGenerator> generators = new HashMap<>();
    private boolean paused;
    private boolean closed;

    /// Creates the switch without starting load.
    ///
    /// @param settings  amount of load; empty when there is none until a person requests a burst
    /// @param tables    whose rows are changed
    /// @param uri       JDBC URL of the database, with password, for the user who owns the tables
    /// @param lines     receives a line for each burst and for each failure
    public LoadSwitch(Optional<LoadSettings> settings, List<Table> tables, String uri, Consumer<String> lines) {
        this.settings = settings;
        this.tables = List.copyOf(tables);
        this.uri = uri;
        this.lines = lines;
        this.paused = settings.isEmpty();
    }

    /// Starts the load on every table, if the settings have any.
    public synchronized void start() {
        if (settings.isPresent()) {
            for (int table = 0; table < tables.size(); table++) {
                generator(table);
            }
        }
    }

    /// Requests a burst on a table.
    ///
    /// @return number of changes that it has
    public synchronized int burst(int table) {
        generator(table).burst();
        return amount().changesInBurst();
    }

    /// Stops the load on all tables after the bursts in progress, or continues it.
    public synchronized void setPaused(boolean paused) {
        this.paused = paused;
        if (!paused) {
            for (int table = 0; table < tables.size(); table++) {
                generator(table);
            }
        }
        generators.values().forEach(generator -> generator.setPaused(paused));
    }

    /// Whether no burst begins without a request.
    public synchronized boolean isPaused() {
        return paused;
    }

    /// The amount of load.
    public LoadSettings amount() {
        return settings.orElseGet(() -> LoadSettings.withSeed(SEED));
    }

    private LoadGenerator generator(int table) {
        if (closed) {
            throw new IllegalStateException("the load is closed");
        }
        Table changed = tables.get(table);
        return generators.computeIfAbsent(
                table,
                _ -> LoadGenerator.start(
                        amount(), changed.contract(), Optional.of(changed.model()), uri, paused, lines));
    }

    @Override
    public synchronized void close() {
        closed = true;
        generators.values().forEach(LoadGenerator::close);
    }
}
