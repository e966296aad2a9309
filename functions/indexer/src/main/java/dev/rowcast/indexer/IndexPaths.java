package dev.rowcast.indexer;

import dev.rowcast.indexer.document.Documents;
import dev.rowcast.indexer.document.IndexedTables;
import dev.rowcast.indexer.event.EventDecoder;
import dev.rowcast.indexer.tables.TableFile;
import dev.rowcast.indexer.tables.TablesFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Follows the files of the folder: each file has a [Lane], and the current [IndexPath] leads to it. A lane is
/// kept while its file is unchanged.
final class IndexPaths implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(IndexPaths.class);

    /// Longer than the time between two retries of an event.
    private static final Duration REPORT_TIME = Duration.ofMinutes(1);

    private final TablesFolder folder;
    private final Lane.Factory lanes;
    private final Function<IndexedTables, EventDecoder> decoder;
    private final InstantSource clock;
    private final Lane cases;
    private volatile State state;
    private volatile Optional<Report> unknown = Optional.empty();
    private volatile Optional<String> warning = Optional.empty();

    private record State(TablesFolder.Reading reading, Map<TableFile, Lane> lanes, IndexPath path) {}

    private record Report(Instant at, String message) {}

    /// Reads the folder for the first time.
    ///
    /// @param decoder creates the decoder for tables
    /// @param clock gives `rowcast.indexed_at`, and limits the time of a warning
    IndexPaths(
            TablesFolder folder,
            Lane.Factory lanes,
            Function<IndexedTables, EventDecoder> decoder,
            InstantSource clock) {
        this.folder = folder;
        this.lanes = lanes;
        this.decoder = decoder;
        this.clock = clock;
        this.cases = lanes.of("cases", Set.of(folder.casesIndex()));
        this.state = state(folder.read(), Map.of());
    }

    /// The path of the tables that the last reading found.
    IndexPath current() {
        return state.path();
    }

    /// Reads the folder again and prepares all indices; blocks.
    ///
    /// @return why no event, or no case, can be indexed, in one line; empty if some can
    Optional<String> problem() {
        State now = refresh();
        List<Lane> all = new ArrayList<>(now.lanes().values());
        all.add(cases);
        Map<Lane, Optional<String>> found = problems(all);
        List<String> ofTables = now.lanes().values().stream()
                .map(found::get)
                .flatMap(Optional::stream)
                .toList();
        List<String> lines = new ArrayList<>(now.reading().faults());
        lines.addAll(ofTables);
        if (ofTables.size() == now.lanes().size()) {
            warning = Optional.empty();
            return Optional.of(lines.isEmpty() ? "no file in " + folder.path() : lines(lines));
        }
        recentlyUnknown().ifPresent(lines::add);
        warning = lines.isEmpty() ? Optional.empty() : Optional.of(lines(lines));
        return found.get(cases);
    }

    /// What concerns some tables only, in one line; empty if nothing does.
    Optional<String> warning() {
        return warning;
    }

    /// Closes all lanes, so that no document is sent through a closed client.
    @Override
    public void close() {
        state.lanes().values().forEach(lane -> lane.batch().close());
        cases.batch().close();
    }

    private synchronized State refresh() {
        TablesFolder.Reading reading = folder.read();
        State before = state;
        if (reading.equals(before.reading())) {
            return before;
        }
        State after = state(reading, before.lanes());
        state = after;
        before.lanes().forEach((file, lane) -> {
            if (!after.lanes().containsKey(file)) {
                Thread.ofVirtual().name("close-" + lane.name()).start(lane.batch()::close);
            }
        });
        LOG.infof("Tables of %s: %s", folder.path(), names(reading));
        return after;
    }

    private State state(TablesFolder.Reading reading, Map<TableFile, Lane> before) {
        Map<TableFile, Lane> byFile = new LinkedHashMap<>();
        Map<String, Lane> byIndex = new HashMap<>(Map.of(folder.casesIndex(), cases));
        for (TableFile file : reading.files()) {
            Set<String> indices = file.indices();
            Lane lane = Optional.ofNullable(before.get(file)).orElseGet(() -> lanes.of(file.name(), indices));
            byFile.put(file, lane);
            indices.forEach(index -> byIndex.put(index, lane));
        }
        IndexedTables tables = reading.tables(folder.casesIndex());
        return new State(
                reading,
                Map.copyOf(byFile),
                new IndexPath(
                        decoder.apply(tables),
                        new Documents(tables, clock),
                        byIndex,
                        table -> unknown(table, reading)));
    }

    private String unknown(String table, TablesFolder.Reading reading) {
        String message = table + ", because no valid file in " + folder.path() + " names it";
        unknown = Optional.of(new Report(clock.instant(), message));
        return reading.faults().isEmpty() ? message : message + "; " + lines(reading.faults());
    }

    private Optional<String> recentlyUnknown() {
        return unknown.filter(report -> report.at().plus(REPORT_TIME).isAfter(clock.instant()))
                .map(Report::message);
    }

    /// All at a time: each may wait for Elasticsearch.
    private static Map<Lane, Optional<String>> problems(List<Lane> lanes) {
        Map<Lane, Future<Optional<String>>> running = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            lanes.forEach(lane -> running.put(lane, threads.submit(lane::problem)));
        }
        Map<Lane, Optional<String>> found = new HashMap<>();
        running.forEach((lane, future) -> found.put(
                lane,
                switch (future.state()) {
                    case SUCCESS -> future.resultNow();
                    case FAILED ->
                        Optional.of(String.valueOf(future.exceptionNow().getMessage()));
                    case CANCELLED, RUNNING -> Optional.of("the check of " + lane.name() + " was interrupted");
                }));
        return found;
    }

    private static String names(TablesFolder.Reading reading) {
        return reading.files().stream()
                .map(file -> file.name() + " " + file.tables().keySet())
                .collect(Collectors.joining(", "));
    }

    private static String lines(List<String> lines) {
        return String.join("; ", lines);
    }
}
