package dev.rowcast.predictor;

import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.predictor.drift.DriftSettings;
import dev.rowcast.postgres.Limits;
import java.time.Duration;

/// Refuses to start on settings that cannot work.
final class PredictorSettingsRules {

    private static final String PREFIX = "rowcast.predictor.";
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_DAYS = 366;
    private static final Duration MOST = Duration.ofHours(1);

    private PredictorSettingsRules() {}

    /// @throws StartRefused naming the setting that is at fault
    static Limits limits(PredictorSettings settings) {
        return new Limits(within(settings.statementTimeout(), "statement-timeout"));
    }

    /// @throws StartRefused naming the setting that is at fault
    static Duration readinessInterval(PredictorSettings settings) {
        return within(settings.readinessInterval(), "readiness-interval");
    }

    /// @throws StartRefused naming the setting that is at fault
    static DriftSettings drift(DriftSettings settings) {
        StartRefused.unless(
                settings.interval().compareTo(SECOND) >= 0
                        && settings.interval().compareTo(MOST) <= 0,
                "rowcast.drift.interval",
                settings.interval(),
                "must be 1s to 1h");
        StartRefused.unless(
                settings.windowDays() >= 1 && settings.windowDays() <= MOST_DAYS,
                "rowcast.drift.window-days",
                settings.windowDays(),
                "must be 1 to " + MOST_DAYS);
        return settings;
    }

    /// Loads the model.
    ///
    /// @throws StartRefused when there is no such file, or no model in it whose graph keeps the contract
    ///     it carries
    static OnnxScorer scorer(ModelSettings settings) {
        try {
            return OnnxScorer.load(settings.file());
        } catch (ContractException fault) {
            throw new StartRefused("rowcast.model.file", "cannot be used, " + fault.getMessage());
        }
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
