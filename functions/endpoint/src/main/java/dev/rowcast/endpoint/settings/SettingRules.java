package dev.rowcast.endpoint.settings;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Rules for settings that several functions have.
public final class SettingRules {

    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofHours(1);
    private static final Pattern TABLE = Pattern.compile("[^.]+\\.[^.]+");

    private SettingRules() {}

    /// Returns `value` if it is 100 ms to 1 h.
    ///
    /// @throws StartRefused if it is not
    public static Duration duration(String setting, Duration value) {
        StartRefused.unlessWithin(MIN, value, MAX, setting, "must be 100ms to 1h");
        return value;
    }

    /// Checks the settings `<prefix>.table` and `<prefix>.key`.
    ///
    /// @throws StartRefused if `table` is not `schema.table`, or `key` has no column
    public static void table(String prefix, String table, List<String> key) {
        StartRefused.unless(TABLE.matcher(table).matches(), prefix + ".table", table, "must be schema.table");
        StartRefused.unless(!key.isEmpty(), prefix + ".key", "empty", "must name at least one column");
    }
}
