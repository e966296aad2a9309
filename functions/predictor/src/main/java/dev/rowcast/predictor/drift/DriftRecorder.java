package dev.rowcast.predictor.drift;

import dev.rowcast.drift.LiveCounts;
import dev.rowcast.drift.Shift;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.postgres.Refusal;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Merges the live counts into Postgres at intervals and when it is closed, and publishes the
/// shift of each column. Counts that Postgres refuses are kept and sent again; they need no more
/// memory, because counts only grow.
public final class DriftRecorder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DriftRecorder.class);

    private final LiveCounts counts;
    private final DriftTable table;
    private final DriftSettings settings;
    private final Clock clock;
    private final Consumer<List<Shift>> shifts;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Merge> pending = Optional.empty();
    private String lastProblem = "";

    /// @param counts the counts since the last merge
    /// @param shifts receives the shift of each column after each merge
    DriftRecorder(
            LiveCounts counts, DriftTable table, DriftSettings settings, Clock clock, Consumer<List<Shift>> shifts) {
        this.counts = counts;
        this.table = table;
        this.settings = settings;
        this.clock = clock;
        this.shifts = shifts;
    }

    /// Records the counts of one model.
    ///
    /// @param contract the contract of the model
    /// @param counts the counts since the last merge
    /// @param postgres stores the counts
    /// @param metrics publishes the shifts
    public static DriftRecorder of(
            ModelContract contract,
            LiveCounts counts,
            PostgresClient postgres,
            DriftSettings settings,
            MeterRegistry metrics) {
        DriftTable table = new DriftTable(postgres, contract.model().version(), counts.bins());
        return new DriftRecorder(counts, table, settings, Clock.systemUTC(), new DriftGauges(metrics)::show);
    }

    /// Merges at each interval on a virtual thread until it is closed.
    public void start() {
        Thread.ofVirtual().name("drift").start(() -> {
            try {
                while (!closed.await(settings.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                    tryMerge();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Merges the counts and publishes the shifts; does nothing if there are no counts.
    ///
    /// @return true if all counts are in Postgres, even if the shifts could not be read
    synchronized boolean merge() {
        if (!send()) {
            return false;
        }
        if (counts.rows() > 0) {
            pending = Optional.of(Merge.of(today(), counts.take()));
            if (!send()) {
                return false;
            }
            publishShifts();
        }
        return true;
    }

    /// Merges and logs a program fault, so that the next merge still runs.
    private synchronized boolean tryMerge() {
        try {
            return merge();
        } catch (RuntimeException | Error fault) {
            LOG.error("Merging the live counts failed; changes are not delayed", fault);
            return pending.isEmpty() && counts.rows() == 0;
        }
    }

    private boolean send() {
        if (pending.isEmpty()) {
            return true;
        }
        return switch (table.add(pending.get())) {
            case StatementResult.Rows _ -> {
                pending = Optional.empty();
                yield true;
            }
            case StatementResult.Refused(Refusal refusal) -> {
                warn("The live counts are not merged; changes are not delayed: ", refusal);
                yield false;
            }
        };
    }

    private void publishShifts() {
        switch (table.since(today().minusDays(settings.windowDays() - 1L))) {
            case StatementResult.Rows(RowSet<Row> rows) -> {
                shifts.accept(table.shifts(rows));
                lastProblem = "";
            }
            case StatementResult.Refused(Refusal refusal) ->
                warn("The live counts are merged but cannot be read: ", refusal);
        }
    }

    private void warn(String message, Refusal refusal) {
        String problem = message + refusal.reason();
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn(problem);
        }
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /// Stops the intervals and merges the remaining counts.
    @Override
    public void close() {
        closed.countDown();
        if (!tryMerge()) {
            LOG.warn("The live counts since the last merge are lost");
        }
    }
}
