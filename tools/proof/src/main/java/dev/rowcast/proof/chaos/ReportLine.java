package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.proof.chaos.watch.PredictionDelays;
import java.time.Duration;

/// The one line of a run.
///
/// @param sums what was done and delivered
/// @param p50 from the commit of a change to its prediction, half of them
/// @param p99 the same, all but the slowest in a hundred
record ReportLine(String scenario, long seed, RunCounts sums, RunResult verdict, Duration p50, Duration p99, Duration took) {

    private static final String FORMAT = "%-26s %9s %9s %9s %9s %7s %7s %5s %5s %5s %6s %7s %8s %5s %5s %5s";

    static ReportLine of(String scenario, long seed, RunCounts sums, RunResult verdict, PredictionDelays delays, Duration took) {
        return new ReportLine(scenario, seed, sums, verdict, delays.quantile(0.5), delays.quantile(0.99), took);
    }

    static String heading() {
        return FORMAT.formatted(
                "scenario",
                "events",
                "delivered",
                "dupl.",
                "reordered",
                "fights",
                "races",
                "lost",
                "diff.",
                "backw",
                "dead",
                "p50 ms",
                "p99 ms",
                "cold",
                "kills",
                "s");
    }

    String text() {
        return FORMAT.formatted(
                scenario,
                sums.delivered().events(),
                sums.delivered().deliveries(),
                sums.delivered().duplicates(),
                sums.delivered().reordered(),
                sums.fights().transactions(),
                sums.races(),
                verdict.lost().size(),
                verdict.different().size() + verdict.repeated().size(),
                verdict.backwards().size(),
                verdict.deadLetters(),
                millis(p50),
                millis(p99),
                sums.coldStarts(),
                sums.kills(),
                took.toSeconds());
    }

    private static String millis(Duration time) {
        return time.isZero() ? "-" : Long.toString(time.toMillis());
    }
}
