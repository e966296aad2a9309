package dev.rowcast.retention;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.endpoint.settings.SettingRules;
import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.postgres.Limits;
import dev.rowcast.retention.policy.CaseThresholds;
import java.time.Duration;

/// Refuses to start if a setting has a value that is not allowed.
final class RetentionSettingsRules {

    private static final String PREFIX = "rowcast.retention";

    private RetentionSettingsRules() {}

    /// @throws StartRefused with the name of the setting
    static CaseThresholds thresholds(RetentionSettings settings) {
        settings.threshold()
                .ifPresent(threshold -> StartRefused.unless(
                        threshold > 0 && threshold <= 1,
                        PREFIX + ".threshold",
                        threshold,
                        "must be above 0 and at most 1"));
        double hysteresis = settings.hysteresis();
        StartRefused.unless(
                hysteresis >= 0 && hysteresis < settings.threshold().orElse(1),
                PREFIX + ".hysteresis",
                hysteresis,
                "must be 0 or more and below the threshold, or no case would ever be closed");
        StartRefused.unless(!settings.label().isBlank(), PREFIX + ".label", "blank", "must name the label");
        return new CaseThresholds(settings.label(), settings.threshold(), hysteresis);
    }

    /// @throws StartRefused with the name of the setting
    static KeyColumns key(RetentionSettings settings) {
        SettingRules.table(PREFIX, settings.table(), settings.key());
        int dot = settings.table().indexOf('.');
        return KeyColumns.of(
                settings.table().substring(0, dot), settings.table().substring(dot + 1), settings.key());
    }

    /// @throws StartRefused with the name of the setting
    static Limits limits(RetentionSettings settings) {
        return new Limits(SettingRules.duration(PREFIX + ".statement-timeout", settings.statementTimeout()));
    }

    /// @throws StartRefused with the name of the setting
    static Duration readinessInterval(RetentionSettings settings) {
        return SettingRules.duration(PREFIX + ".readiness-interval", settings.readinessInterval());
    }
}
