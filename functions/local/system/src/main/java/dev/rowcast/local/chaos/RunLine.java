package dev.rowcast.local.chaos;

import dev.rowcast.local.chaos.delivery.Ledger;
import dev.rowcast.local.chaos.verdict.Verdict;
import dev.rowcast.local.chaos.watch.Delays;
import java.time.Duration;

/// The one line of a run.
///
/// @param p50 from the commit of a change to its prediction, half of them
/// @param p99 the same, all but the slowest in a hundred
record RunLine(
        String scenario,
        long seed,
        Ledger.Sums sums,
        Verdict verdict,
        Duration p50,
        Duration p99,
        long coldStarts,
        long kills,
        Duration took) {

    private static final String FORMAT = "%-26s %9s %9s %9s %9s %5s %5s %5s %6s %7s %8s %5s %5s %5s";

    static RunLine of(
            String scenario,
            long seed,
            Ledger.Sums sums,
            Verdict verdict,
            Delays delays,
            long coldStarts,
            long kills,
            Duration took) {
        return new RunLine(
                scenario, seed, sums, verdict, delays.quantile(0.5), delays.quantile(0.99), coldStarts, kills, took);
    }

    static String heading() {
        return FORMAT.formatted(
                "scenario",
                "events",
                "delivered",
                "dupl.",
                "reordered",
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
                sums.events(),
                sums.deliveries(),
                sums.duplicates(),
                sums.reordered(),
                verdict.lost().size(),
                verdict.different().size() + verdict.repeated().size(),
                verdict.backwards().size(),
                verdict.deadLetters(),
                millis(p50),
                millis(p99),
                coldStarts,
                kills,
                took.toSeconds());
    }

    private static String millis(Duration time) {
        return time.isZero() ? "-" : Long.toString(time.toMillis());
    }
}
