package dev.rowcast.proof.chaos;

import dev.rowcast.proof.chaos.fault.Fault;
import dev.rowcast.proof.chaos.fault.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The scenarios: each delivery fault alone, each fault alone, then several at once.
final class Scenarios {

    static final int SHUFFLE_WINDOW = 1_000;
    static final double POISON = 0.01;

    private Scenarios() {}

    static List<Scenario> all(Faults faults) {
        List<Scenario> all = new ArrayList<>();
        all.add(Scenario.of("nothing"));
        all.add(Scenario.of("bursts").inBursts());
        all.add(Scenario.of("duplicates").copies(3));
        all.add(Scenario.of("shuffle").window(SHUFFLE_WINDOW));
        all.add(Scenario.of("shuffled-duplicates").window(SHUFFLE_WINDOW).copies(3));
        all.add(Scenario.of("fight").fightAlone().rounds(4));
        all.add(Scenario.of("clock-skew").copies(3).skew(Duration.ofHours(1)));
        all.add(Scenario.of("poison").poison(POISON).rounds(4));
        faults.all().stream()
                .map(Fault::name)
                .map(fault -> Scenario.of(fault, fault))
                .forEach(all::add);
        all.add(several("several-functions", "kill-predictor", "kill-indexer", "kill-dispatchers"));
        all.add(several("several-stores", "kill-postgres", "freeze-elasticsearch", "freeze-kafka"));
        all.add(several("several-networks", "cut-postgres", "slow-elasticsearch", "kill-connect"));
        all.add(several("several-at-once", "kill-kafka", "kill-predictor", "elasticsearch-partly-busy")
                .window(SHUFFLE_WINDOW));
        return all;
    }

    private static Scenario several(String name, String... faults) {
        return Scenario.of(name, faults).copies(3).poison(POISON);
    }
}
