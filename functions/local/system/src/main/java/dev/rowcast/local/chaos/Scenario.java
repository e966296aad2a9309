package dev.rowcast.local.chaos;

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
record Scenario(String name, List<String> faults, int rounds, int copies, int window, double poison, boolean burst) {

    static Scenario of(String fault) {
        return new Scenario(fault, List.of(fault), 2, 1, 1, 0, false);
    }

    Scenario named(String other) {
        return new Scenario(other, faults, rounds, copies, window, poison, burst);
    }

    Scenario rounds(int number) {
        return new Scenario(name, faults, number, copies, window, poison, burst);
    }

    Scenario copies(int number) {
        return new Scenario(name, faults, rounds, number, window, poison, burst);
    }

    Scenario window(int events) {
        return new Scenario(name, faults, rounds, copies, events, poison, burst);
    }

    Scenario poison(double share) {
        return new Scenario(name, faults, rounds, copies, window, share, burst);
    }

    Scenario inBursts() {
        return new Scenario(name, faults, rounds, copies, window, poison, true);
    }
}
