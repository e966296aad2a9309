package dev.rowcast.proof.bench;

import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourcePlan;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.Logs;
import dev.rowcast.local.run.Progress;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.proof.audit.Audit;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.testkit.folder.Checkout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Measures the whole path on this machine, one phase after the other, and then checks that every row was scored right.
///
/// Phases: start to the first scored row; memory; one row at a time; many rows; the stand-in alone.
public final class Bench {

    private static final int ROWS = Integer.getInteger("bench.rows", 50_000);
    private static final int LONE_ROWS = 200;
    private static final int WARM_UP_ROWS = 20_000;
    private static final int INSERT_AT_ONCE = 1_000;
    /// To the predictor, to the indexer, and the prediction to the indexer and to retention. Those of cases come on
    /// top.
    private static final long EVENTS_A_ROW = 4;

    private final LocalSystem system;
    private final CustomerRows rows;

    private Bench(LocalSystem system, CustomerRows rows) {
        this.system = system;
        this.rows = rows;
    }

    /// Prints the figures.
    ///
    /// @param arguments none; `-Dbench.rows` sets how many rows the long phase writes
    public static void main(String[] arguments) throws Exception {
        Checkout checkout = Checkout.find();
        Path folder = Files.createTempDirectory(Files.createDirectories(checkout.resolve(".rowcast")), "bench-");
        Logs.into(folder.resolve("logs"));
        long begun = System.nanoTime();
        RunSettings settings = RunSettings.quiet().withIdle(Duration.ofMinutes(10));
        Progress progress = System.err::println;
        try (LocalSystem system = LocalSystem.start(checkout, folder, settings, progress);
                CustomerRows rows = new CustomerRows(system.stations().postgres().jdbcUrl("app"))) {
            new Bench(system, rows).run(begun, checkout);
        } finally {
            System.err.println("Data of the bench: " + folder + " (make clean-data removes it)");
        }
    }

    private void run(long begun, Checkout checkout) throws Exception {
        print("launcher started → everything up", "%.1f s", seconds(begun));
        rows.insert("FIRST", 1, 1);
        awaitPredicted("FIRST", 1);
        print("launcher started → first row scored", "%.1f s", seconds(begun));
        awaitQuiet();
        memory("idle");
        throughput("WARM-UP", WARM_UP_ROWS);
        oneAtATime();
        double path = throughput("LOAD", ROWS);
        memory("after load");
        standIn(path);
        audit(checkout);
    }

    private void memory(String when) {
        Map<String, Double> memory = ProcessUsage.memory(system);
        memory.forEach((name, mebibytes) -> print("memory " + when + ", " + name, "%.0f MiB", mebibytes));
        print(
                "memory " + when + ", all",
                "%.0f MiB",
                memory.values().stream().mapToDouble(d -> d).sum());
    }

    /// A row is written only when the one before is scored: nothing batches, nothing waits.
    private void oneAtATime() throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < LONE_ROWS; i++) {
            rows.insert("LONE", i, i);
            long committed = System.nanoTime();
            while (!rows.isPredicted("LONE-" + i)) {
                Thread.sleep(1);
            }
            millis.add((System.nanoTime() - committed) / 1e6);
        }
        millis.sort(Double::compare);
        print("lone row, commit → prediction visible, p50", "%.0f ms", millis.get(LONE_ROWS / 2));
        print("lone row, commit → prediction visible, p99", "%.0f ms", millis.get(LONE_ROWS * 99 / 100));
        awaitQuiet();
    }

    private double throughput(String prefix, int count) throws Exception {
        ProcessUsage before = ProcessUsage.of(system);
        long deliveredBefore = delivered();
        long begun = System.nanoTime();
        for (int from = 1; from <= count; from += INSERT_AT_ONCE) {
            rows.insert(prefix, from, Math.min(count, from + INSERT_AT_ONCE - 1));
        }
        double written = seconds(begun);
        awaitPredicted(prefix, count);
        double predicted = seconds(begun);
        while (delivered() < deliveredBefore + EVENTS_A_ROW * count) {
            Thread.sleep(20);
        }
        awaitQuiet();
        double indexed = seconds(begun);
        print(prefix + ": rows written", "%.0f/s", count / written);
        print(prefix + ": rows scored and stored", "%.0f/s", count / predicted);
        print(
                prefix + ": rows through the whole path (scored, stored, judged, all indexed)",
                "%.0f/s",
                count / indexed);
        print(
                prefix + ": events delivered (four a row, one a case)",
                "%.0f/s",
                (delivered() - deliveredBefore) / indexed);
        Map<String, Double> used = ProcessUsage.of(system).since(before);
        used.forEach((name, cpu) -> print(prefix + ": CPU per 1,000 rows, " + name, "%.0f ms", cpu * 1e6 / count));
        print(
                prefix + ": CPU per 1,000 rows, all",
                "%.0f ms",
                used.values().stream().mapToDouble(d -> d).sum() * 1e6 / count);
        return count / indexed;
    }

    private void standIn(double path) throws InterruptedException {
        SourcePlan plan = system.dispatchers().getFirst().plan();
        SourcePlan other = new SourcePlan(
                plan.namespace(),
                "bench",
                plan.topics(),
                "rowcast.bench",
                "earliest",
                "http://bench",
                plan.retryPolicy(),
                plan.overrides());
        double alone = StandInBench.eventsPerSecond(other, system.stations().kafka().address(), ROWS);
        print("stand-in alone, to a function that only waits 5 ms", "%.0f events/s", alone);
        print("rows through the whole path : events of the stand-in alone", "%.2f", path / alone);
    }

    private void audit(Checkout checkout) throws Exception {
        try (IndependentScorer scorer =
                new IndependentScorer(checkout.resolve("trainer-notebook/model/churn.onnx"), system.contract())) {
            List<String> differences = new Audit(
                            system.stations().postgres().jdbcUrl("app"),
                            URI.create(system.stations().elasticsearch().address()),
                            system.contract(),
                            scorer)
                    .differences();
            print("differences between source, captured table and indices", "%.0f", (double) differences.size());
            Map<Integer, Long> answers = new TreeMap<>();
            system.activators()
                    .values()
                    .forEach(activator -> activator
                            .status()
                            .answers()
                            .forEach((status, count) -> answers.merge(status, count, Long::sum)));
            System.out.println("answers by status: " + answers);
        }
    }

    private void awaitPredicted(String prefix, long count) throws Exception {
        while (rows.predicted(prefix) < count) {
            Thread.sleep(200);
        }
    }

    private void awaitQuiet() throws InterruptedException {
        awaitQuiet(system);
    }

    /// Until no source has anything to deliver and none gets anything new for a while.
    static void awaitQuiet(LocalSystem system) throws InterruptedException {
        long delivered = -1;
        while (delivered(system) != delivered || !system.dispatchers().stream().allMatch(Bench::isIdle)) {
            delivered = delivered(system);
            Thread.sleep(150);
        }
    }

    private static boolean isIdle(Dispatcher dispatcher) {
        return dispatcher.inFlight() == 0 && dispatcher.lag().orElse(1) == 0;
    }

    private long delivered() {
        return delivered(system);
    }

    private static long delivered(LocalSystem system) {
        return system.dispatchers().stream()
                .mapToLong(dispatcher -> dispatcher.counts().delivered())
                .sum();
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void print(String what, String format, double value) {
        System.out.printf("%-75s %s%n", what, format.formatted(value));
    }
}
