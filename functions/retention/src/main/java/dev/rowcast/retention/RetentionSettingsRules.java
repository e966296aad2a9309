package dev.rowcast.retention;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.retention.policy.CaseThresholds;
import dev.rowcast.postgres.Limits;
import java.time.Duration;
import java.util.regex.Pattern;

/// Refuses to start on settings that cannot work.
final class RetentionSettingsRules {

    private static final String PREFIX = "rowcast.retention.";
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofHours(1);
    private static final Pattern TABLE = Pattern.compile("[^.]+\\.[^.]+");

    private RetentionSettingsRules() {}

    /// @throws StartRefused naming the setting that is at fault
    static CaseThresholds thresholds(RetentionSettings settings) {
        settings.threshold()
                .ifPresent(threshold -> StartRefused.unless(
                        threshold > 0 && threshold <= 1,
                        PREFIX + "threshold",
                        threshold,
                        "must be above 0 and at most 1"));
        double hysteresis = settings.hysteresis();
        StartRefused.unless(
                hysteresis >= 0 && hysteresis < settings.threshold().orElse(1),
                PREFIX + "hysteresis",
                hysteresis,
                "must be 0 or more and below the threshold, or no case would ever be closed");
        StartRefused.unless(!settings.label().isBlank(), PREFIX + "label", "blank", "must name the label");
        return new CaseThresholds(settings.label(), settings.threshold(), hysteresis);
    }

    /// @throws StartRefused naming the setting that is at fault
    static KeyColumns key(RetentionSettings settings) {
        StartRefused.unless(
                TABLE.matcher(settings.table()).matches(), PREFIX + "table", settings.table(), "must be schema.table");
        StartRefused.unless(!settings.key().isEmpty(), PREFIX + "key", "empty", "must name at least one column");
        int dot = settings.table().indexOf('.');
        return KeyColumns.of(
                settings.table().substring(0, dot), settings.table().substring(dot + 1), settings.key());
    }

    /// @throws StartRefused naming the setting that is at fault
    static Limits limits(RetentionSettings settings) {
        return new Limits(within(settings.statementTimeout(), "statement-timeout"));
    }

    /// @throws StartRefused naming the setting that is at fault
    static Duration readinessInterval(RetentionSettings settings) {
        return within(settings.readinessInterval(), "readiness-interval");
    }

    private static Duration within(Duration value, String setting) {
        StartRefused.unless(
                value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0,
                PREFIX + setting,
                value,
                "must be 100ms to 1h");
        return value;
    }
}
