package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.proof.chaos.watch.PredictionDelays;
import java.time.Duration;

/// The line of a run in the report.
///
/// @param p50 median of the time from the commit of a change to its prediction
/// @param p99 99th percentile of that time
record ReportLine(String scenario, RunCounts counts, RunResult result, Duration p50, Duration p99, Duration took) {

    private static final String FORMAT = "%-26s %9s %9s %9s %9s %7s %7s %5s %5s %5s %6s %7s %8s %5s %5s %5s";
    private static final String COLUMNS =
            "scenario,events,delivered,dupl.,reordered,fights,races,lost,diff.,backw,dead,p50 ms,p99 ms,cold,kills,s";

    static ReportLine of(String scenario, RunCounts counts, RunResult result, PredictionDelays delays, Duration took) {
        return new ReportLine(scenario, counts, result, delays.quantile(0.5), delays.quantile(0.99), took);
    }

    static String heading() {
        return FORMAT.formatted((Object[]) COLUMNS.split(",", -1));
    }

    String text() {
        return FORMAT.formatted(
                scenario,
                counts.delivered().events(),
                counts.delivered().deliveries(),
                counts.delivered().duplicates(),
                counts.delivered().reordered(),
                counts.fights(),
                counts.races(),
                result.lost().size(),
                result.different().size() + result.repeated().size(),
                result.backwards().size(),
                result.deadLetters(),
                millis(p50),
                millis(p99),
                counts.coldStarts(),
                counts.kills(),
                took.toSeconds());
    }

    private static String millis(Duration time) {
        return time.isZero() ? "-" : Long.toString(time.toMillis());
    }
}
