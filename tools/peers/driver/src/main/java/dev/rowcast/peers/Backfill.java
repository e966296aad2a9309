package dev.rowcast.peers;

import dev.rowcast.peers.contender.Contender;
import dev.rowcast.peers.contender.ContenderProcess;
import dev.rowcast.peers.measure.Figures;
import dev.rowcast.peers.measure.Metric;
import dev.rowcast.peers.measure.ResultQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A contender starts, and all changes of the backfill wait in the topic.
///
/// @param run with the test bed
record Backfill(BenchRun run, Contender contender) {

    private static final String PHASE = "backfill";
    private static final int PATIENCE = 600;

    /// @param begin the offsets before the first change
    void measure(Map<Integer, Long> begin, Figures figures) throws Exception {
        Progress.line(contender.title() + ": backfill of " + run.plan().changes() + " changes");
        run.offsets().set(run.group(contender, PHASE), begin);
        ResultQueries results = new ResultQueries(run.stations().database(), contender.table());
        int rows = run.plan().changes() * 6 / 10;
        Instant started = Instant.now();
        double stores = run.stations().cpuOfStores();
        try (ContenderProcess process = run.start(contender, PHASE)) {
            boolean complete = Progress.await(PATIENCE, 1_000, () -> {
                process.requireAlive();
                return results.rows(BenchRun.BACKFILL) >= rows
                        && results.lost(BenchRun.BACKFILL) + results.deletesMissed(BenchRun.BACKFILL) == 0;
            });
            if (!complete) {
                Progress.line(contender.title() + ": the backfill is not complete after " + PATIENCE + " s");
                return;
            }
            double thousands = run.plan().changes() / 1_000.0;
            Instant[] span = results.span(BenchRun.BACKFILL);
            figures.put(Metric.MEMORY_LOADED, process.memory());
            figures.put(Metric.BACKFILL, run.plan().changes() / seconds(span[0], span[1]));
            figures.put(Metric.BACKFILL_TOTAL, seconds(started, span[1]));
            figures.put(Metric.BACKFILL_CPU, process.cpu() * 1e3 / thousands);
            figures.put(Metric.BACKFILL_CPU_STORES, (run.stations().cpuOfStores() - stores) * 1e3 / thousands);
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
