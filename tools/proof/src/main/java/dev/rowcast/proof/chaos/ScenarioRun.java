package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.proof.chaos.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// Runs a scenario from its first change to its result.
record ScenarioRun(TestBed bed, long seed, double rate) {

    private static final Duration BEFORE_FAULTS = Duration.ofMillis(1_500);
    private static final Duration AFTER_FAULTS = Duration.ofSeconds(1);
    private static final double BURST = 4;

    ReportLine run(Scenario scenario) throws Exception {
        SplittableRandom random =
                new SplittableRandom(seed * 31 + scenario.name().hashCode());
        long begun = System.nanoTime();
        RunCounts before = bed.counts();
        bed.begin();
        bed.shuffleWithin(scenario.window());
        bed.chaos().delivery().setCopies(scenario.copies());
        bed.chaos().delivery().setSkew(scenario.skew());
        List<Fault> faults = scenario.faults().stream().map(bed.faults()::named).toList();
        for (int round = 0; round < scenario.rounds(); round++) {
            bed.load(rates(scenario));
            Thread.sleep(BEFORE_FAULTS);
            if (scenario.burst()) {
                bed.load(LoadRates.NONE);
                Thread.sleep(BEFORE_FAULTS);
            }
            bed.inject(faults, random);
        }
        Thread.sleep(AFTER_FAULTS);
        RunResult result = bed.end();
        bed.chaos().delivery().setCopies(1);
        bed.chaos().delivery().setSkew(Duration.ZERO);
        if (!scenario.skew().isZero()) {
            // The delays were computed from shifted times.
            bed.observer().delays().clear();
        }
        return ReportLine.of(
                scenario.name(),
                bed.counts().since(before),
                result,
                bed.observer().delays(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private LoadRates rates(Scenario scenario) {
        return scenario.onlyFight()
                ? LoadRates.ofFightAlone(rate)
                : LoadRates.of(scenario.burst() ? rate * BURST : rate, scenario.poison());
    }
}
