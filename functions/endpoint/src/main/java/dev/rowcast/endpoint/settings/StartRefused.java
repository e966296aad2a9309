package dev.rowcast.endpoint.settings;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Set;

/// A function cannot start as it is configured. The process ends with the message as its one line, and status 1.
public final class StartRefused extends ConfigurationException {

    /// @param setting the setting that is at fault, such as `rowcast.model.file`
    /// @param problem what is wrong with it, in one line
    public StartRefused(String setting, String problem) {
        super("Cannot start: " + setting + " " + problem, Set.of(setting));
    }

    /// Holds a setting against what it must be.
    ///
    /// @param holds whether the value is good
    /// @param rule what it must be, such as `must be 1 or more`
    /// @throws StartRefused when it does not hold
    public static void unless(boolean holds, String setting, Object value, String rule) {
        if (!holds) {
            throw new StartRefused(setting, rule + ", is " + value);
        }
    }
}
