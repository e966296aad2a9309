package dev.rowcast.proof.chaos;

import java.time.Duration;
import java.util.List;

/// One or several faults while rows change.
///
/// @param faults names of the faults; each round injects all of them at the same time
/// @param rounds number of rounds
/// @param copies deliveries of each event
/// @param window number of events that are shuffled
/// @param poison poison events per change, 0 to 1
/// @param burst true if the load has bursts and pauses
/// @param onlyFight true if only the clients that fight change rows
/// @param skew largest shift of the times in events
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

    /// {@return a scenario of two rounds with these faults only}
    static Scenario of(String name, String... faults) {
        return new Scenario(name, List.of(faults), 2, 1, 1, 0, false, false, Duration.ZERO);
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
