package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.fault.Fault;
import dev.rowcast.proof.chaos.check.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// One scenario, from its first change to its verdict.
final class ScenarioRun {

    private static final Duration BEFORE_A_ROUND = Duration.ofMillis(1_500);
    private static final Duration AFTER_THE_LAST = Duration.ofSeconds(1);
    private static final double BURST = 4;

    private final TestBed lab;
    private final long seed;
    private final double rate;

    ScenarioRun(TestBed lab, long seed, double rate) {
        this.lab = lab;
        this.seed = seed;
        this.rate = rate;
    }

    /// Runs it.
    ReportLine run(Scenario scenario) throws Exception {
        SplittableRandom random =
                new SplittableRandom(seed * 31 + scenario.name().hashCode());
        long begun = System.nanoTime();
        RunCounts before = lab.sums();
        lab.begin();
        lab.shuffleWithin(scenario.window());
        lab.chaos().disorder().setCopies(scenario.copies());
        lab.chaos().disorder().setSkew(scenario.skew());
        List<Fault> faults = scenario.faults().stream().map(lab.faults()::named).toList();
        for (int round = 0; round < scenario.rounds(); round++) {
            lab.load(rates(scenario));
            Thread.sleep(BEFORE_A_ROUND);
            if (scenario.burst()) {
                lab.load(LoadRates.NONE);
                Thread.sleep(BEFORE_A_ROUND);
            }
            lab.strike(faults, random);
        }
        Thread.sleep(AFTER_THE_LAST);
        RunResult verdict = lab.end();
        lab.chaos().disorder().setCopies(1);
        lab.chaos().disorder().setSkew(Duration.ZERO);
        if (!scenario.skew().isZero()) {
            // Counted from times that were made wrong.
            lab.observer().delays().clear();
        }
        return ReportLine.of(
                scenario.name(),
                seed,
                lab.sums().since(before),
                verdict,
                lab.observer().delays(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private LoadRates rates(Scenario scenario) {
        return scenario.onlyFight()
                ? LoadRates.ofFightAlone(rate)
                : LoadRates.of(scenario.burst() ? rate * BURST : rate, scenario.poison());
    }
}
