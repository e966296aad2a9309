package dev.rowcast.proof.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings of `make chaos`.
///
/// @param seed of load, poison and faults
/// @param soak duration of random faults; empty to run scenarios
/// @param scenarios names of the scenarios to run; none for all
/// @param rate changes of the source table per second
public record ChaosSettings(long seed, Optional<Duration> soak, List<String> scenarios, double rate) {

    private static final double RATE = 150;
    private static final long LONGEST_MINUTES = 7 * 24 * 60;

    /// Copies the list.
    public ChaosSettings {
        scenarios = List.copyOf(scenarios);
    }

    /// Reads `SEED`, `MINUTES`, `SCENARIO` (names separated by commas) and `RATE`.
    ///
    /// @param seed the default
    /// @throws IllegalArgumentException with a message of one line that names the variable
    public static ChaosSettings of(Map<String, String> environment, long seed) {
        String names = environment.getOrDefault("SCENARIO", "").strip();
        Optional<Duration> soak = Optional.of(
                        environment.getOrDefault("MINUTES", "").strip())
                .filter(text -> !text.isEmpty())
                .map(text -> Duration.ofMinutes(number("MINUTES", text, LONGEST_MINUTES)));
        String seedText = environment.getOrDefault("SEED", "").strip();
        String rateText = environment.getOrDefault("RATE", "").strip();
        return new ChaosSettings(
                seedText.isEmpty() ? seed : number("SEED", seedText, Long.MAX_VALUE),
                soak,
                names.isEmpty() ? List.of() : List.of(names.split("\\s*,\\s*", -1)),
                rateText.isEmpty() ? RATE : number("RATE", rateText, 10_000));
    }

    private static long number(String name, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number > 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(name + " is " + text + ", which is not a whole number", noNumber);
        }
        throw new IllegalArgumentException(name + " is " + text + ", not from 1 to " + most);
    }
}
