package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.proof.chaos.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/// Random faults under varying load, with a result every five minutes.
record Soak(TestBed bed, double rate, SplittableRandom random) {

    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final int MOST_BEHIND = 15_000;

    /// Runs at least for `time`.
    ///
    /// @param each receives the line of each period
    /// @return the line of the whole run
    ReportLine run(Duration time, Consumer<ReportLine> each) throws Exception {
        long begun = System.nanoTime();
        RunCounts before = bed.counts();
        List<ReportLine> periods = new ArrayList<>();
        while (since(begun).compareTo(time) < 0) {
            Duration left = time.minus(since(begun));
            ReportLine period = period("soak-" + (periods.size() + 1), left.compareTo(PERIOD) < 0 ? left : PERIOD);
            periods.add(period);
            each.accept(period);
        }
        return new ReportLine(
                "soak",
                bed.counts().since(before),
                sum(periods.stream().map(ReportLine::result).toList()),
                median(periods, ReportLine::p50),
                median(periods, ReportLine::p99),
                since(begun));
    }

    private ReportLine period(String name, Duration time) throws Exception {
        long begun = System.nanoTime();
        RunCounts before = bed.counts();
        bed.begin();
        while (since(begun).compareTo(time) < 0) {
            varyLoadAndDelivery();
            List<Fault> faults = someFaults();
            bed.progress()
                    .line("  " + faults.stream().map(Fault::name).toList() + ", "
                            + bed.counts().delivered().deliveries() + " deliveries, " + bed.behind()
                            + " events behind");
            bed.inject(faults, random);
            Thread.sleep(random.nextLong(1_500, 7_000));
        }
        RunResult result = bed.end();
        return ReportLine.of(
                name, bed.counts().since(before), result, bed.observer().delays(), since(begun));
    }

    /// Sometimes each event is delivered three times, sometimes events are shuffled; the load pauses while
    /// too many events are behind.
    private void varyLoadAndDelivery() {
        double pace = switch (random.nextInt(8)) {
            case 0 -> 0.3;
            case 1 -> 3;
            default -> 1;
        };
        bed.load(bed.behind() > MOST_BEHIND ? LoadRates.NONE : LoadRates.of(rate * pace, Scenarios.POISON));
        bed.chaos().delivery().setCopies(random.nextInt(3) == 0 ? 3 : 1);
        if (random.nextInt(10) == 0) {
            bed.shuffleWithin(bed.chaos().delivery().window() == 1 ? Scenarios.SHUFFLE_WINDOW : 1);
        }
    }

    /// {@return one fault, or up to three of different parts}
    private List<Fault> someFaults() {
        List<Fault> all = new ArrayList<>(bed.faults().all());
        Collections.shuffle(all, new Random(random.nextLong()));
        if (random.nextBoolean()) {
            // Few faults kill, and kills are the hardest: half of the time they are first.
            all.sort(Comparator.comparing(fault -> fault.kills() == 0));
        }
        int count = random.nextInt(4) == 0 ? random.nextInt(2, 4) : 1;
        List<Fault> chosen = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (Fault fault : all) {
            String part = fault.name().replaceAll("^(kill|freeze|cut|slow)-|-.*", "");
            if (chosen.size() < count && !parts.contains(part)) {
                parts.add(part);
                chosen.add(fault);
            }
        }
        return chosen;
    }

    private static RunResult sum(List<RunResult> results) {
        return new RunResult(
                all(results, RunResult::lost),
                all(results, RunResult::different),
                all(results, RunResult::backwards),
                all(results, RunResult::repeated),
                results.stream().mapToInt(RunResult::deadLetters).sum());
    }

    private static List<String> all(List<RunResult> results, Function<RunResult, List<String>> lines) {
        return results.stream().map(lines).flatMap(List::stream).toList();
    }

    private static Duration median(List<ReportLine> periods, Function<ReportLine, Duration> time) {
        return periods.stream()
                .map(time)
                .sorted()
                .skip(periods.size() / 2)
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
