package dev.rowcast.peers;

import dev.rowcast.peers.bed.ResultTables;
import dev.rowcast.peers.contender.Contender;
import dev.rowcast.peers.contender.ContenderProcess;
import dev.rowcast.peers.load.OpenLoad;
import dev.rowcast.peers.load.SourceChange;
import dev.rowcast.peers.load.SourceChange.Kind;
import dev.rowcast.peers.load.Workload;
import dev.rowcast.peers.measure.Figures;
import dev.rowcast.peers.measure.KillVerdict;
import dev.rowcast.peers.measure.Metric;
import dev.rowcast.peers.measure.ResultQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The phases with a running contender: start, idle, latency at several rates, a kill in mid-load.
///
/// @param run with the test bed
/// @param tables of the results
record LivePhases(BenchRun run, Contender contender, ResultTables tables) {

    private static final String PHASE = "live";
    private static final String ZERO = "zero";
    private static final int PATIENCE = 120;
    private static final int IDLE_SECONDS = 10;
    private static final int KILL_RATE = 200;
    private static final long SEED = 17;

    void measure(Figures figures) throws Exception {
        if (contender == Contender.ROWCAST) {
            atZero(figures);
        }
        Progress.line(contender.title() + ": start");
        run.offsets().set(run.group(contender, PHASE), run.offsets().end());
        ContenderProcess process = start(figures);
        try {
            idle(process, figures);
            Progress.line(contender.title() + ": warm-up");
            warmUp();
            for (int rate : run.plan().rates()) {
                Progress.line(contender.title() + ": latency at " + rate + " changes/s");
                latency(process, rate, figures);
            }
            Progress.line(contender.title() + ": kill -9 in mid-load");
            process = kill(process, figures);
        } finally {
            process.close();
        }
    }

    private ContenderProcess start(Figures figures) throws Exception {
        String key = contender.id() + "-first~c";
        new OpenLoad(app(), 1).run(List.of(new SourceChange(key, Kind.UPSERT, 1)));
        Instant started = Instant.now();
        ContenderProcess process = run.start(contender, PHASE);
        if (!Progress.await(PATIENCE, 20, () -> {
            process.requireAlive();
            return results().stored(key) == 1;
        })) {
            process.close();
            throw new IllegalStateException(contender.title() + " stored no result: "
                    + process.process().log().lastLines(20));
        }
        Instant first = results().committed(key).get(key);
        figures.put(Metric.START, Duration.between(started, first).toMillis() / 1e3);
        return process;
    }

    /// Without an event the function is not started.
    private void atZero(Figures figures) throws Exception {
        run.offsets().set(run.group(contender, ZERO), run.offsets().end());
        try (ContenderProcess process = run.start(contender, ZERO)) {
            Thread.sleep(IDLE_SECONDS * 1_000L);
            figures.put(Metric.MEMORY_AT_ZERO, process.memory());
        }
    }

    private void idle(ContenderProcess process, Figures figures) throws InterruptedException {
        Thread.sleep(IDLE_SECONDS * 500L);
        double cpu = process.cpu();
        Thread.sleep(IDLE_SECONDS * 1_000L);
        figures.put(Metric.CPU_IDLE, (process.cpu() - cpu) * 100 / IDLE_SECONDS);
        figures.put(Metric.MEMORY_IDLE, process.memory());
    }

    private void latency(ContenderProcess process, int rate, Figures figures) throws Exception {
        int count = rate * run.plan().seconds();
        MeasuredPhase phase = new MeasuredPhase(results(), app(), contender.id() + "-at-" + rate + "-", count);
        phase.prepare();
        double cpu = process.cpu();
        double stores = run.stations().cpuOfStores();
        figures.put(rate, phase.latencies(rate));
        if (rate == run.plan().highestRate()) {
            double thousands = count / 1_000.0;
            figures.put(Metric.RATE_CPU, (process.cpu() - cpu) * 1e3 / thousands);
            figures.put(Metric.RATE_CPU_STORES, (run.stations().cpuOfStores() - stores) * 1e3 / thousands);
        }
    }

    private void warmUp() throws Exception {
        int rate = run.plan().highestRate();
        MeasuredPhase phase = new MeasuredPhase(
                results(),
                app(),
                contender.id() + "-warm-up-",
                rate * run.plan().seconds() / 2);
        phase.prepare();
        phase.latencies(rate);
    }

    private ContenderProcess kill(ContenderProcess process, Figures figures) throws Exception {
        String prefix = contender.id() + "-kill-";
        tables.watch(contender.table());
        List<SourceChange> changes =
                Workload.contested(prefix, KILL_RATE * run.plan().seconds(), SEED);
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            try {
                new OpenLoad(app(), KILL_RATE).run(changes);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        Thread.sleep(run.plan().seconds() * 400L);
        process.kill();
        ContenderProcess restarted = run.start(contender, PHASE);
        load.join();
        Progress.await(PATIENCE, 500, () -> results().lost(prefix) + results().deletesMissed(prefix) == 0);
        // What is repeated after the restart may still be on its way.
        Thread.sleep(3_000);
        KillVerdict verdict = KillVerdict.of(results(), prefix, run.model());
        tables.unwatch(contender.table());
        figures.put(Metric.LOST, verdict.lost());
        figures.put(Metric.TWICE, verdict.twice());
        figures.put(Metric.BACKWARDS, verdict.backwards());
        figures.put(Metric.DELETES_MISSED, verdict.deletesMissed());
        figures.put(Metric.WRONG_SCORES, verdict.wrongScores());
        figures.put(Metric.SILENCE, verdict.silence());
        return restarted;
    }

    private ResultQueries results() {
        return new ResultQueries(run.stations().database(), contender.table());
    }

    private String app() {
        return run.stations().postgres().jdbcUrl("app");
    }
}
