package dev.rowcast.local.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much load there is.
///
/// @param rate changes a second within a burst, above 0
/// @param burst how long a burst lasts
/// @param pause how long it is quiet between two bursts
/// @param customers how many customers there are at most, above 0; when there are as many, none is added
/// @param seed the same seed gives the same changes in the same order
public record LoadSettings(double rate, Duration burst, Duration pause, int customers, long seed) {

    /// Says which values can be given, for a message to the user.
    public static final String USAGE = "off, on, or any of rate=20,burst=5s,pause=45s,customers=2000,seed=1";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    /// @throws IllegalArgumentException when a value is not within its bounds
    public LoadSettings {
        if (!(rate > 0 && rate <= 1_000_000)) {
            throw new IllegalArgumentException("load: rate is " + rate + ", not above 0 and at most 1000000");
        }
        if (burst.isNegative() || burst.isZero()) {
            throw new IllegalArgumentException("load: burst is " + burst + ", not longer than nothing");
        }
        if (pause.isNegative()) {
            throw new IllegalArgumentException("load: pause is " + pause + ", less than nothing");
        }
        if (customers <= 0) {
            throw new IllegalArgumentException("load: customers is " + customers + ", not above 0");
        }
    }

    /// Twenty changes a second for five seconds, then 45 quiet seconds.
    public static LoadSettings withSeed(long seed) {
        return new LoadSettings(20, Duration.ofSeconds(5), Duration.ofSeconds(45), 2_000, seed);
    }

    /// Changes in one burst, at least one.
    public int changesInBurst() {
        return Math.clamp(Math.round(rate * burst.toMillis() / 1000), 1, Integer.MAX_VALUE);
    }

    /// Reads settings as a user writes them.
    ///
    /// @param text as in [#USAGE]; blank means on
    /// @param seed the seed when the text names none
    /// @return empty when the load is off
    /// @throws IllegalArgumentException when the text is none of these; the message says what can be given
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
        int equals = part.indexOf('=');
        if (equals < 0) {
            throw unknown(part);
        }
        String value = part.substring(equals + 1);
        try {
            return switch (part.substring(0, equals)) {
                case "rate" -> new LoadSettings(Double.parseDouble(value), burst, pause, customers, seed);
                case "burst" -> new LoadSettings(rate, duration(value), pause, customers, seed);
                case "pause" -> new LoadSettings(rate, burst, duration(value), customers, seed);
                case "customers" -> new LoadSettings(rate, burst, pause, Integer.parseInt(value), seed);
                case "seed" -> new LoadSettings(rate, burst, pause, customers, Long.parseLong(value));
                default -> throw unknown(part);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("load: " + part + " is no number; possible are " + USAGE, e);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("load: " + text + " is no duration such as 500ms, 5s or 1m");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static IllegalArgumentException unknown(String part) {
        return new IllegalArgumentException("load: " + part + " is unknown; possible are " + USAGE);
    }
}
