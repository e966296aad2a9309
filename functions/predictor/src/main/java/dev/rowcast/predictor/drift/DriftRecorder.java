package dev.rowcast.predictor.drift;

import dev.rowcast.drift.Bins;
import dev.rowcast.drift.LiveCounts;
import dev.rowcast.drift.Shift;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import dev.rowcast.postgres.Refusal;
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

/// Brings the live counts into Postgres now and then, and once more when it is closed. What Postgres does not take is
/// kept and sent again; it takes no more memory for that, because counts only grow.
public final class DriftRecorder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DriftRecorder.class);

    private final LiveCounts counts;
    private final Bins bins;
    private final DriftTable table;
    private final DriftSettings settings;
    private final Clock clock;
    private final Consumer<List<Shift>> shifts;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Merge> underWay = Optional.empty();
    private String lastProblem = "";

    /// @param counts what is counted since the last merge
    /// @param shifts hears how far each column has shifted, after each merge
    DriftRecorder(
            LiveCounts counts,
            Bins bins,
            DriftTable table,
            DriftSettings settings,
            Clock clock,
            Consumer<List<Shift>> shifts) {
        this.counts = counts;
        this.bins = bins;
        this.table = table;
        this.settings = settings;
        this.clock = clock;
        this.shifts = shifts;
    }

    /// Keeps the counts of a model.
    ///
    /// @param contract of the model
    /// @param counts what is counted since the last merge
    /// @param postgres where they go
    /// @param metrics show the shifts
    public static DriftRecorder of(
            ModelContract contract,
            LiveCounts counts,
            PostgresClient postgres,
            DriftSettings settings,
            MeterRegistry metrics) {
        Bins bins = counts.bins();
        DriftTable table = new DriftTable(postgres, contract.model().version(), bins);
        return new DriftRecorder(counts, bins, table, settings, Clock.systemUTC(), new DriftGauges(metrics)::show);
    }

    /// Merges again and again on a virtual thread, until it is closed.
    public void start() {
        Thread.ofVirtual().name("drift").start(() -> {
            try {
                while (!closed.await(settings.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                    mergeAnyhow();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Brings in what was counted, and tells the shifts; does nothing when nothing was counted.
    ///
    /// @return whether Postgres has all that was counted, whether or not the shifts are known
    synchronized boolean merge() {
        if (!send()) {
            return false;
        }
        if (counts.rows() > 0) {
            underWay = Optional.of(Merge.of(today(), counts.take()));
            if (!send()) {
                return false;
            }
            tell();
        }
        return true;
    }

    /// Merges, and takes a fault of the program for a problem of this merge only: the next one is tried again.
    private synchronized boolean mergeAnyhow() {
        try {
            return merge();
        } catch (RuntimeException | Error fault) {
            LOG.error("Fault while the live counts are merged; changes do not wait for them", fault);
            return underWay.isEmpty() && counts.rows() == 0;
        }
    }

    private boolean send() {
        if (underWay.isEmpty()) {
            return true;
        }
        return switch (table.add(underWay.get())) {
            case StatementResult.Rows _ -> {
                underWay = Optional.empty();
                yield true;
            }
            case StatementResult.Refused(Refusal refusal) -> {
                problem("The live counts wait, changes do not: ", refusal);
                yield false;
            }
        };
    }

    private void tell() {
        switch (table.since(today().minusDays(settings.windowDays() - 1L))) {
            case StatementResult.Rows(RowSet<Row> rows) -> {
                shifts.accept(bins.shifts(table.sum(rows)));
                lastProblem = "";
            }
            case StatementResult.Refused(Refusal refusal) -> problem("The live counts are stored and cannot be read: ", refusal);
        }
    }

    private void problem(String what, Refusal refusal) {
        String problem = what + refusal.reason();
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn(problem);
        }
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /// Merges what is left, and then no more.
    @Override
    public void close() {
        closed.countDown();
        if (!mergeAnyhow()) {
            LOG.warn("The live counts of the last moments are lost");
        }
    }
}
