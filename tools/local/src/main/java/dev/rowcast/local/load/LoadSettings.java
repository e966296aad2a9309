package dev.rowcast.local.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The amount of load.
///
/// @param rate      changes per second within a burst, above 0
/// @param burst     length of a burst
/// @param pause     time between two bursts
/// @param customers highest number of rows, above 0; no row is inserted beyond it
/// @param seed      the same seed gives the same changes in the same order
public record LoadSettings(double rate, Duration burst, Duration pause, int customers, long seed) {

    /// The possible values, for a message to the user.
    public static final String USAGE = "off, on, or any of rate=20,burst=5s,pause=45s,customers=2000,seed=1";

    /// @throws IllegalArgumentException when a value is out of range
    public LoadSettings {
        require(rate > 0 && rate <= 1_000_000, "rate is " + rate + ", not above 0 and at most 1000000");
        require(burst.isPositive(), "burst is " + burst + ", not longer than 0");
        require(!pause.isNegative(), "pause is " + pause + ", less than 0");
        require(customers > 0, "customers is " + customers + ", not above 0");
    }

    private static void require(boolean isInRange, String message) {
        if (!isInRange) {
            throw new IllegalArgumentException("load: " + message);
        }
    }

    /// Twenty changes per second for five seconds, then a pause of 45 seconds.
    public static LoadSettings withSeed(long seed) {
        return new LoadSettings(20, Duration.ofSeconds(5), Duration.ofSeconds(45), 2_000, seed);
    }

    /// Changes in one burst, at least one.
    public int changesInBurst() {
        return Math.clamp(Math.round(rate * burst.toMillis() / 1000), 1, Integer.MAX_VALUE);
    }

    /// Parses settings as a user writes them.
    ///
    /// @param text as in [#USAGE]; blank means on
    /// @param seed the seed when the text names none
    /// @return empty when the load is off
    /// @throws IllegalArgumentException when the text is wrong; the message lists the possible values
    public static Optional<LoadSettings> parse(String text, long seed) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        if (trimmed.equals("off")) {
            return Optional.empty();
        }
        LoadSettings settings = withSeed(seed);
        if (trimmed.isEmpty() || trimmed.equals("on")) {
            return Optional.of(settings);
        }
        for (String part : trimmed.split(",", -1)) {
            settings = settings.with(part.strip());
        }
        return Optional.of(settings);
    }

    private LoadSettings with(String part) {
        String[] setting = part.split("=", 2);
        String value = setting.length == 2 ? setting[1] : "";
        try {
            return switch (setting.length == 2 ? setting[0] : "") {
                case "rate" -> new LoadSettings(Double.parseDouble(value), burst, pause, customers, seed);
                case "burst" -> new LoadSettings(rate, duration(value), pause, customers, seed);
                case "pause" -> new LoadSettings(rate, burst, duration(value), customers, seed);
                case "customers" -> new LoadSettings(rate, burst, pause, Integer.parseInt(value), seed);
                case "seed" -> new LoadSettings(rate, burst, pause, customers, Long.parseLong(value));
                default -> throw new IllegalArgumentException("load: " + part + " is unknown; possible are " + USAGE);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("load: " + part + " is no number; possible are " + USAGE, e);
        }
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("load: " + text + " is no duration such as 500ms, 5s or 1m"));
    }
}
