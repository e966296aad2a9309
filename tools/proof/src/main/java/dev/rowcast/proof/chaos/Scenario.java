package dev.rowcast.proof.chaos;

import java.time.Duration;
import java.util.List;

/// One thing that may go wrong, or several at once, while rows change.
///
/// @param name its name
/// @param faults names of the faults; each round strikes all of them at the same time
/// @param rounds how often
/// @param copies how often each event is delivered
/// @param window how many events are shuffled
/// @param poison share of poison, 0 to 1
/// @param burst whether changes come in bursts rather than steadily
/// @param onlyFight whether the load rests, and the clients that fight get its rate too
/// @param skew how wrong the times of events are
record Scenario(
        String name,
        List<String> faults,
        int rounds,
        int copies,
        int window,
        double poison,
        boolean burst,
        boolean onlyFight,
        Duration skew) {

    static Scenario of(String fault) {
        return new Scenario(fault, List.of(fault), 2, 1, 1, 0, false, false, Duration.ZERO);
    }

    Scenario named(String other) {
        return new Scenario(other, faults, rounds, copies, window, poison, burst, onlyFight, skew);
    }

    Scenario rounds(int number) {
        return new Scenario(name, faults, number, copies, window, poison, burst, onlyFight, skew);
    }

    Scenario copies(int number) {
        return new Scenario(name, faults, rounds, number, window, poison, burst, onlyFight, skew);
    }

    Scenario window(int events) {
        return new Scenario(name, faults, rounds, copies, events, poison, burst, onlyFight, skew);
    }

    Scenario poison(double share) {
        return new Scenario(name, faults, rounds, copies, window, share, burst, onlyFight, skew);
    }

    Scenario inBursts() {
        return new Scenario(name, faults, rounds, copies, window, poison, true, onlyFight, skew);
    }

    Scenario fightAlone() {
        return new Scenario(name, faults, rounds, copies, window, poison, burst, true, skew);
    }

    Scenario skew(Duration most) {
        return new Scenario(name, faults, rounds, copies, window, poison, burst, onlyFight, most);
    }
}
