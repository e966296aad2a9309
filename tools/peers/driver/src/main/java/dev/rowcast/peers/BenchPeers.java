package dev.rowcast.peers;

import dev.rowcast.local.LauncherLog;
import dev.rowcast.peers.measure.Figures;
import dev.rowcast.peers.report.Report;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.util.List;

/// `make bench-peers`.
public final class BenchPeers {

    private BenchPeers() {}

    /// Measures, prints the table, and writes table, plots and raw results.
    ///
    /// @param arguments none; system properties `bench.only`, `bench.rows`, `bench.seconds`, `bench.guard`, and
    ///     `bench.out`, the folder of the results: `docs/benchmark` also replaces the table of docs/benchmark.md
    public static void main(String[] arguments) throws Exception {
        BenchPlan plan = BenchPlan.ofProperties();
        Checkout checkout = Checkout.find();
        LauncherLog.into(checkout.resolve("target/peers"));
        List<Figures> figures;
        try (BenchRun run = BenchRun.start(plan, checkout)) {
            figures = run.measure();
        }
        Report report = new Report(plan.changes(), plan.rates(), figures);
        System.out.println(report.table());
        Path out = checkout.resolve(System.getProperty("bench.out", "target/peers"));
        report.writeTo(out);
        Progress.line("Results: " + out);
    }
}
