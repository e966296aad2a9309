package dev.rowcast.proof.bench;

import dev.rowcast.local.knative.source.SourcePlan;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.proof.audit.Audit;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.proof.bench.PathLatency.Percentiles;
import dev.rowcast.testkit.process.CpuTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Measures the whole path on this machine, one phase after the other, and then audits every row.
///
/// Phases: start to the first scored row; memory; one row at a time; many rows; the stand-in for
/// Knative alone.
public record Bench(BenchSystem system, LocalSystem local, CustomerRows rows) {

    private static final int ROWS = Integer.getInteger("bench.rows", 50_000);
    private static final int LONE_ROWS = 200;
    private static final int RATE = 200;
    private static final int RATE_SECONDS = 20;
    private static final int SEARCHED_ROWS = 40;
    private static final int WARM_UP_ROWS = 20_000;
    private static final int ROWS_PER_INSERT = 1_000;

    /// The change to the predictor and to the indexer, and the prediction to the indexer and to retention.
    /// Events of cases are not included.
    private static final long EVENTS_PER_ROW = 4;

    /// Prints the figures.
    ///
    /// @param arguments none; `-Dbench.rows` sets the number of rows of the long phase
    public static void main(String[] arguments) throws Exception {
        long begun = System.nanoTime();
        try (BenchSystem system = BenchSystem.start(Duration.ofMinutes(10))) {
            new Bench(system, system.local(), system.rows()).run(begun);
        }
    }

    private void run(long begun) throws Exception {
        print("launcher started → everything up", "%.1f s", seconds(begun));
        rows.insert("FIRST", 1, 1);
        system.awaitPredicted("FIRST", 1);
        print("launcher started → first row scored", "%.1f s", seconds(begun));
        system.awaitIdle();
        memory("idle");
        throughput("WARM-UP", WARM_UP_ROWS);
        latency();
        double path = throughput("LOAD", ROWS);
        memory("after load");
        standIn(path);
        audit();
    }

    private void memory(String when) {
        Map<String, Double> memory = ProcessUsage.measure(local, LinuxProcess::memoryMebibytes);
        memory.forEach((name, mebibytes) -> print("memory " + when + ", " + name, "%.0f MiB", mebibytes));
        print("memory " + when + ", all", "%.0f MiB", ProcessUsage.sum(memory));
    }

    private void latency() throws Exception {
        PathLatency latency = system.latency();
        print("lone row, commit → prediction visible", latency.oneAtATime("LONE", LONE_ROWS));
        print(RATE + " rows/s, commit → prediction visible", latency.atRate("RATE", RATE, RATE * RATE_SECONDS));
        print("lone row, commit → searchable", latency.untilSearchable("SEARCHED", SEARCHED_ROWS));
        system.awaitIdle();
    }

    private double throughput(String prefix, int count) throws Exception {
        Map<String, Double> cpuBefore = ProcessUsage.measure(local, CpuTime::seconds);
        long deliveredBefore = system.delivered();
        long begun = System.nanoTime();
        for (int from = 1; from <= count; from += ROWS_PER_INSERT) {
            rows.insert(prefix, from, Math.min(count, from + ROWS_PER_INSERT - 1));
        }
        double written = seconds(begun);
        system.awaitPredicted(prefix, count);
        double predicted = seconds(begun);
        while (system.delivered() < deliveredBefore + EVENTS_PER_ROW * count) {
            Thread.sleep(20);
        }
        system.awaitIdle();
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
                (system.delivered() - deliveredBefore) / indexed);
        Map<String, Double> used = ProcessUsage.difference(ProcessUsage.measure(local, CpuTime::seconds), cpuBefore);
        used.forEach((name, cpu) -> print(prefix + ": CPU per 1,000 rows, " + name, "%.0f ms", cpu * 1e6 / count));
        print(prefix + ": CPU per 1,000 rows, all", "%.0f ms", ProcessUsage.sum(used) * 1e6 / count);
        return count / indexed;
    }

    private void standIn(double path) throws InterruptedException {
        SourcePlan plan = local.dispatchers().getFirst().plan();
        SourcePlan other = new SourcePlan(
                plan.namespace(),
                "bench",
                plan.topics(),
                "rowcast.bench",
                "earliest",
                "http://bench",
                plan.retryPolicy(),
                plan.sinkPolicy(),
                plan.overrides());
        double alone = StandInBench.eventsPerSecond(other, system.kafka(), ROWS);
        print("stand-in alone, to a function that only waits 5 ms", "%.0f events/s", alone);
        print("rows through the whole path : events of the stand-in alone", "%.2f", path / alone);
    }

    private void audit() throws Exception {
        try (IndependentScorer scorer = new IndependentScorer(
                system.checkout().resolve("trainer-notebook/model/churn.onnx"), local.contract())) {
            List<String> differences = new Audit(
                            local.stations().postgres().jdbcUrl("app"),
                            URI.create(local.stations().elasticsearch().address()),
                            local.contract(),
                            scorer)
                    .differences();
            print("differences between source, captured table and indices", "%.0f", differences.size());
            Map<Integer, Long> answers = new TreeMap<>();
            local.activators()
                    .values()
                    .forEach(activator -> activator
                            .status()
                            .answers()
                            .forEach((status, count) -> answers.merge(status, count, Long::sum)));
            System.out.println("answers by status: " + answers);
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void print(String what, Percentiles millis) {
        print(what + ", p50", "%.0f ms", millis.p50());
        print(what + ", p99", "%.0f ms", millis.p99());
    }

    private static void print(String what, String format, double value) {
        System.out.printf("%-75s %s%n", what, format.formatted(value));
    }
}
