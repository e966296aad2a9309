package dev.rowcast.endpoint.settings;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Set;

/// A function cannot start with its settings. The process prints the message in one line and exits with
/// status 1.
public final class StartRefused extends ConfigurationException {

    /// @param setting the faulty setting, such as `rowcast.model.file`
    /// @param problem the fault, in one line
    public StartRefused(String setting, String problem) {
        super("Cannot start: " + setting + " " + problem, Set.of(setting));
    }

    /// Checks a setting.
    ///
    /// @param holds whether the value is valid
    /// @param rule the rule, such as `must be 1 or more`
    /// @throws StartRefused if the value is invalid
    public static void unless(boolean holds, String setting, Object value, String rule) {
        if (!holds) {
            throw new StartRefused(setting, rule + ", is " + value);
        }
    }

    /// Checks that a setting is within its bounds, which belong to it.
    ///
    /// @throws StartRefused if it is not
    public static <T extends Comparable<T>> void unlessWithin(T min, T value, T max, String setting, String rule) {
        unless(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, setting, value, rule);
    }
}
