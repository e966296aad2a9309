package dev.rowcast.predictor;

import dev.rowcast.endpoint.settings.SettingRules;
import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.postgres.Limits;
import dev.rowcast.predictor.drift.DriftSettings;
import java.time.Duration;

/// Refuses to start if a setting has a value that is not allowed.
final class PredictorSettingsRules {

    private static final String PREFIX = "rowcast.predictor.";
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);
    private static final int MAX_DAYS = 366;

    private PredictorSettingsRules() {}

    /// @throws StartRefused with the name of the setting
    static Limits limits(PredictorSettings settings) {
        return new Limits(SettingRules.duration(PREFIX + "statement-timeout", settings.statementTimeout()));
    }

    /// @throws StartRefused with the name of the setting
    static Duration readinessInterval(PredictorSettings settings) {
        return SettingRules.duration(PREFIX + "readiness-interval", settings.readinessInterval());
    }

    /// @throws StartRefused with the name of the setting
    static DriftSettings drift(DriftSettings settings) {
        StartRefused.unlessWithin(
                MIN_INTERVAL, settings.interval(), MAX_INTERVAL, "rowcast.drift.interval", "must be 1s to 1h");
        StartRefused.unlessWithin(
                1, settings.windowDays(), MAX_DAYS, "rowcast.drift.window-days", "must be 1 to " + MAX_DAYS);
        return settings;
    }

    /// Loads the model.
    ///
    /// @throws StartRefused if the file is missing, or has no model whose graph matches its contract
    static OnnxScorer scorer(ModelSettings settings) {
        try {
            return OnnxScorer.load(settings.file());
        } catch (ContractException fault) {
            throw new StartRefused("rowcast.model.file", "cannot be used, " + fault.getMessage());
        }
    }
}
