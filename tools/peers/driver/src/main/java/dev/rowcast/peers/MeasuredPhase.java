package dev.rowcast.peers;

import dev.rowcast.peers.load.OpenLoad;
import dev.rowcast.peers.load.SourceChange;
import dev.rowcast.peers.load.Workload;
import dev.rowcast.peers.measure.PhaseLatencies;
import dev.rowcast.peers.measure.ResultQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Changes of rows of their own at a constant rate, and the latency of each.
///
/// @param results of the contender
/// @param app JDBC URL of the application
/// @param prefix of the keys
/// @param count number of changes
record MeasuredPhase(ResultQueries results, String app, String prefix, int count) {

    private static final int PATIENCE = 120;

    /// Commits the rows that the measured changes update or delete, and waits for their results.
    void prepare() throws Exception {
        List<SourceChange> before = Workload.rowsBefore(Workload.measured(prefix, count));
        new OpenLoad(app, Double.MAX_VALUE).run(before);
        if (!Progress.await(PATIENCE, 200, () -> results.rows(prefix) >= before.size())) {
            Progress.line("Only " + results.rows(prefix) + " of " + before.size() + " rows before " + prefix
                    + " have a result after " + PATIENCE + " s");
        }
    }

    /// Commits the changes and waits for their results.
    ///
    /// @return the time from the intended commit of each change to the commit of its result; infinite when it
    ///     has none
    PhaseLatencies latencies(int perSecond) throws Exception {
        List<SourceChange> changes = Workload.measured(prefix, count);
        List<Instant> intended = new OpenLoad(app, perSecond).run(changes);
        if (!Progress.await(PATIENCE, 200, () -> results.stored(prefix) >= count)) {
            Progress.line("Only " + results.stored(prefix) + " of " + count + " changes of " + prefix
                    + " have a result after " + PATIENCE + " s");
        }
        Map<String, Instant> committed = results.committed(prefix);
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            Instant at = committed.get(changes.get(i).key());
            millis[i] = at == null
                    ? Double.POSITIVE_INFINITY
                    : Duration.between(intended.get(i), at).toNanos() / 1e6;
        }
        return new PhaseLatencies(millis);
    }
}
