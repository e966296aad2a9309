package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.fault.Fault;
import dev.rowcast.proof.chaos.check.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Random faults without end, under load that comes and goes, with a verdict every few minutes.
final class Soak {

    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final int MOST_BEHIND = 15_000;
    private static final int SHUFFLE_WINDOW = 1_000;
    private static final double POISON = 0.01;

    private final TestBed lab;
    private final long seed;
    private final double rate;
    private final SplittableRandom random;

    Soak(TestBed lab, long seed, double rate) {
        this.lab = lab;
        this.seed = seed;
        this.rate = rate;
        this.random = new SplittableRandom(seed);
    }

    /// Runs.
    ///
    /// @param time at least so long
    /// @param each takes the line of each period as soon as it is over
    /// @return the line of all of it
    ReportLine run(Duration time, Consumer<ReportLine> each) throws Exception {
        long begun = System.nanoTime();
        RunCounts before = lab.sums();
        List<ReportLine> periods = new ArrayList<>();
        while (since(begun).compareTo(time) < 0) {
            Duration left = time.minus(since(begun));
            ReportLine period = period("soak-" + (periods.size() + 1), left.compareTo(PERIOD) < 0 ? left : PERIOD);
            periods.add(period);
            each.accept(period);
        }
        return new ReportLine(
                "soak",
                seed,
                lab.sums().since(before),
                sum(periods),
                median(periods.stream().map(ReportLine::p50).toList()),
                median(periods.stream().map(ReportLine::p99).toList()),
                since(begun));
    }

    private ReportLine period(String name, Duration time) throws Exception {
        long begun = System.nanoTime();
        RunCounts before = lab.sums();
        lab.begin();
        while (since(begun).compareTo(time) < 0) {
            changeWeather();
            List<Fault> faults = some();
            lab.progress()
                    .line("  " + faults.stream().map(Fault::name).toList() + ", "
                            + lab.sums().delivered().deliveries() + " deliveries, " + lab.behind() + " events to go");
            lab.strike(faults, random);
            Thread.sleep(random.nextLong(1_500, 7_000));
        }
        RunResult verdict = lab.end();
        return ReportLine.of(
                name, seed, lab.sums().since(before), verdict, lab.observer().delays(), since(begun));
    }

    /// Sometimes everything is delivered three times, sometimes shuffled; load rests when there is too much to be done.
    private void changeWeather() {
        double pace = switch (random.nextInt(8)) {
            case 0 -> 0.3;
            case 1 -> 3;
            default -> 1;
        };
        lab.load(lab.behind() > MOST_BEHIND ? LoadRates.NONE : LoadRates.of(rate * pace, POISON));
        lab.chaos().disorder().setCopies(random.nextInt(3) == 0 ? 3 : 1);
        if (random.nextInt(10) == 0) {
            lab.shuffleWithin(lab.chaos().disorder().window() == 1 ? SHUFFLE_WINDOW : 1);
        }
    }

    /// One fault, or up to three of different parts.
    private List<Fault> some() {
        List<Fault> all = new ArrayList<>(lab.faults().all());
        Collections.shuffle(all, new Random(random.nextLong()));
        if (random.nextBoolean()) {
            // Killing is the hardest of them, and few do: their turn comes half of the time at least.
            all.sort(Comparator.comparing(fault -> fault.kills() == 0));
        }
        int count = random.nextInt(4) == 0 ? random.nextInt(2, 4) : 1;
        List<Fault> chosen = new ArrayList<>();
        List<String> struck = new ArrayList<>();
        for (Fault fault : all) {
            String part = fault.name().replaceAll("^(kill|freeze|cut|slow)-|-.*", "");
            if (chosen.size() < count && !struck.contains(part)) {
                struck.add(part);
                chosen.add(fault);
            }
        }
        return chosen;
    }

    private static RunResult sum(List<ReportLine> periods) {
        List<RunResult> verdicts = periods.stream().map(ReportLine::verdict).toList();
        return new RunResult(
                verdicts.stream().flatMap(v -> v.lost().stream()).toList(),
                verdicts.stream().flatMap(v -> v.different().stream()).toList(),
                verdicts.stream().flatMap(v -> v.backwards().stream()).toList(),
                verdicts.stream().flatMap(v -> v.repeated().stream()).toList(),
                verdicts.stream().mapToInt(RunResult::deadLetters).sum());
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream()
                .sorted()
                .skip(durations.size() / 2)
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
