package dev.rowcast.proof.bench;

import dev.rowcast.local.knative.serving.Activator;
import dev.rowcast.local.knative.serving.FunctionStatus.ColdStart;
import dev.rowcast.local.knative.source.SourcePlan;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.proof.audit.Audit;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.proof.bench.PathLatency.Percentiles;
import dev.rowcast.proof.bench.figure.Goals;
import dev.rowcast.proof.bench.figure.LinuxProcess;
import dev.rowcast.proof.bench.figure.ProcessUsage;
import dev.rowcast.testkit.process.CpuTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Measures the whole path on this machine, one phase after the other, and then audits every row.
///
/// Phases: start to the first scored row; memory; one row at a time; many rows; the stand-in for
/// Knative alone.
public record Bench(BenchSystem system, LocalSystem local, CustomerRows rows, Goals goals) {

    private static final int ROWS = Integer.getInteger("bench.rows", 50_000);
    private static final int LONE_ROWS = 200;
    private static final int RATE = 200;
    private static final int RATE_SECONDS = 20;
    private static final int SEARCHED_ROWS = 40;
    private static final int COLD_STARTS = 5;
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
            new Bench(system, system.local(), system.rows(), new Goals()).run(begun);
        }
    }

    private void run(long begun) throws Exception {
        print("launcher started → everything up", "%.1f s", seconds(begun));
        rows.insert("FIRST", 1, 1);
        system.awaitPredicted("FIRST", 1);
        print("launcher started → first row scored", "%.1f s", seconds(begun));
        system.awaitIdle();
        goals.atMost("memory idle, the whole stack with its functions", "%.0f MiB", memory("idle"), 1_000);
        throughput("WARM-UP", WARM_UP_ROWS);
        latency();
        Throughput load = throughput("LOAD", ROWS);
        goals.atMost("CPU per 1,000 rows, the whole path", "%.0f ms", load.cpuMillis(), 900);
        goals.atLeast("rows scored and stored", "%.0f/s", load.scored(), 3_500);
        goals.atLeast("rows through the whole path", "%.0f/s", load.path(), 2_000);
        memory("after load");
        goals.atMost("predictor, JVM with AOT cache: process start → first 204", "%.2f s", firstAnswerSeconds(), 0.9);
        standIn(load.path());
        audit();
        elsewhere();
        System.out.println(goals.table());
    }

    private void elsewhere() {
        goals.elsewhere("predictor CPU an event ÷ a no-op function's, 64 in flight", "≤ 1.8", "make bench-concurrency");
        goals.elsewhere("predictor throughput ÷ a no-op function's, 64 in flight", "≥ 0.65", "make bench-concurrency");
        goals.elsewhere("score ÷ ONNX Runtime's floor at batch 256", "≤ 1.2", "make bench-concurrency");
        goals.elsewhere("rows per CPU second ÷ a Spark job's, Kafka → score → Postgres", "≥ 3", "make bench-peers");
        goals.elsewhere("make run, second time: up → first row scored", "≤ 5 → ≤ 7 s", "make bench-start");
        goals.elsewhere(
                "native ÷ JVM, CPU an event: predictor, indexer", "≤ 1.15", "make bench, make bench NATIVE=yes");
    }

    /// What a phase with many rows measured.
    ///
    /// @param scored rows scored and stored, per second
    /// @param path rows through the whole path, per second
    /// @param cpuMillis CPU time of all processes for 1,000 rows
    private record Throughput(double scored, double path, double cpuMillis) {}

    private double memory(String when) {
        Map<String, Double> memory = ProcessUsage.measure(local, LinuxProcess::memoryMebibytes);
        memory.forEach((name, mebibytes) -> print("memory " + when + ", " + name, "%.0f MiB", mebibytes));
        double all = ProcessUsage.sum(memory);
        print("memory " + when + ", all", "%.0f MiB", all);
        return all;
    }

    private void latency() throws Exception {
        PathLatency latency = system.latency();
        Percentiles lone = latency.oneAtATime("LONE", LONE_ROWS);
        goals.atMost("commit → prediction, one row at a time, p50", "%.0f ms", lone.p50(), 15);
        goals.atMost("commit → prediction, one row at a time, p99", "%.0f ms", lone.p99(), 50);
        Percentiles steady = latency.atRate("RATE", RATE, RATE * RATE_SECONDS);
        goals.atMost("commit → prediction, 200 rows/s, p50", "%.0f ms", steady.p50(), 25);
        goals.atMost("commit → prediction, 200 rows/s, p99", "%.0f ms", steady.p99(), 100);
        Percentiles searched = latency.untilSearchable("SEARCHED", SEARCHED_ROWS);
        goals.atMost("commit → found by a search (refresh interval: 1 s), p50", "%.0f ms", searched.p50(), 700);
        system.awaitIdle();
    }

    /// The median of some cold starts of the predictor while everything else is warm.
    private double firstAnswerSeconds() throws Exception {
        Activator predictor = local.activators().get("predictor");
        List<Double> seconds = new ArrayList<>();
        for (int start = 0; start < COLD_STARTS; start++) {
            ProcessHandle process =
                    ProcessHandle.of(predictor.status().pid().orElseThrow()).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            long answered = predictor.status().answered(204);
            rows.insert("COLD", start, start);
            while (predictor.status().answered(204) == answered) {
                Thread.sleep(1);
            }
            Instant firstAnswer = Instant.now();
            ColdStart begun = predictor.status().starts().getLast();
            Instant started = begun.readyAt().minus(begun.took());
            seconds.add(Duration.between(started, firstAnswer).toNanos() / 1e9);
            system.awaitIdle();
        }
        seconds.sort(Double::compare);
        return seconds.get(COLD_STARTS / 2);
    }

    private Throughput throughput(String prefix, int count) throws Exception {
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
        double all = ProcessUsage.sum(used) * 1e6 / count;
        print(prefix + ": CPU per 1,000 rows, all", "%.0f ms", all);
        return new Throughput(count / predicted, count / indexed, all);
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

    private static void print(String what, String format, double value) {
        System.out.printf("%-75s %s%n", what, format.formatted(value));
    }
}
