package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.fault.Fault;
import dev.rowcast.proof.chaos.fault.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The scenarios by name: each fault alone, each disorder alone, then several at once.
final class Scenarios {

    private static final int SHUFFLE_WINDOW = 1_000;
    private static final Duration SKEW = Duration.ofHours(1);
    private static final double POISON = 0.01;

    private Scenarios() {}

    static List<Scenario> all(Faults faults) {
        List<Scenario> all = new ArrayList<>();
        Scenario nothing = new Scenario("nothing", List.of(), 2, 1, 1, 0, false, false, Duration.ZERO);
        all.add(nothing);
        all.add(nothing.named("bursts").inBursts());
        all.add(nothing.named("duplicates").copies(3));
        all.add(nothing.named("shuffle").window(SHUFFLE_WINDOW));
        all.add(nothing.named("shuffled-duplicates").window(SHUFFLE_WINDOW).copies(3));
        all.add(nothing.named("fight").fightAlone().rounds(4));
        all.add(nothing.named("clock-skew").copies(3).skew(SKEW));
        all.add(nothing.named("poison").poison(POISON).rounds(4));
        faults.all().stream().map(Fault::name).map(Scenario::of).forEach(all::add);
        Scenario several = nothing.copies(3).poison(POISON).rounds(2);
        all.add(several("several-functions", several, "kill-predictor", "kill-indexer", "kill-dispatchers"));
        all.add(several("several-stores", several, "kill-postgres", "freeze-elasticsearch", "freeze-kafka"));
        all.add(several("several-networks", several, "cut-postgres", "slow-elasticsearch", "kill-connect"));
        all.add(several("several-at-once", several, "kill-kafka", "kill-predictor", "elasticsearch-partly-busy")
                .window(SHUFFLE_WINDOW));
        return all;
    }

    private static Scenario several(String name, Scenario pattern, String... faults) {
        return new Scenario(
                name,
                List.of(faults),
                pattern.rounds(),
                pattern.copies(),
                pattern.window(),
                pattern.poison(),
                pattern.burst(),
                pattern.onlyFight(),
                pattern.skew());
    }
}
