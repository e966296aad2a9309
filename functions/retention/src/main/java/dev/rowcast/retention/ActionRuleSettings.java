package dev.rowcast.retention;

import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.model.output.RuleKind;
import dev.rowcast.retention.policy.Rule;
import dev.rowcast.retention.policy.Rule.Side;
import java.util.OptionalDouble;

/// The rule in the settings. It refuses to start if a value is not allowed, missing, or of another kind of rule.
///
/// @param label the label, in names of captured columns
/// @param settings the settings `rowcast.action.rule.*`
record ActionRuleSettings(String label, ActionSettings.Rule settings) {

    private static final String PREFIX = "rowcast.action.rule.";
    private static final double DEFAULT_HYSTERESIS = 0.05;

    /// @throws StartRefused with the name of the setting
    Rule rule() {
        String kind = settings.kind().orElse("not set");
        return switch (RuleKind.of(kind)
                .orElseThrow(
                        () -> new StartRefused(PREFIX + "kind", "must be " + RuleKind.settings() + ", is " + kind))) {
            case THRESHOLD -> threshold();
            case CLASS -> ofClass();
            case ABOVE -> bound(Side.ABOVE);
            case BELOW -> bound(Side.BELOW);
        };
    }

    private Rule threshold() {
        unused(settings.category().isPresent(), "class");
        unused(settings.bound().isPresent(), "bound");
        return new Rule.Threshold(label, checkedThreshold(), hysteresisOfProbability());
    }

    private Rule ofClass() {
        unused(settings.bound().isPresent(), "bound");
        String category = settings.category()
                .orElseThrow(() -> new StartRefused(PREFIX + "class", "must be set: the class that opens a case"));
        // Without a threshold every probability is high enough.
        return new Rule.OfClass(label, category, checkedThreshold().orElse(0), hysteresisOfProbability());
    }

    private Rule bound(Side side) {
        unused(settings.threshold().isPresent(), "threshold");
        unused(settings.category().isPresent(), "class");
        double bound = settings.bound()
                .orElseThrow(() -> new StartRefused(PREFIX + "bound", "must be set: the value that opens a case"));
        StartRefused.unless(Double.isFinite(bound), PREFIX + "bound", bound, "must be a number");
        double hysteresis = settings.hysteresis().orElse(0);
        StartRefused.unless(
                hysteresis >= 0 && Double.isFinite(hysteresis),
                PREFIX + "hysteresis",
                hysteresis,
                "must be 0 or more, or no case would ever be closed");
        return new Rule.Bound(label, side, bound, hysteresis);
    }

    private OptionalDouble checkedThreshold() {
        settings.threshold()
                .ifPresent(threshold -> StartRefused.unless(
                        threshold > 0 && threshold <= 1,
                        PREFIX + "threshold",
                        threshold,
                        "must be above 0 and at most 1"));
        return settings.threshold();
    }

    private double hysteresisOfProbability() {
        double hysteresis = settings.hysteresis().orElse(DEFAULT_HYSTERESIS);
        StartRefused.unless(
                hysteresis >= 0 && hysteresis < settings.threshold().orElse(1),
                PREFIX + "hysteresis",
                hysteresis,
                "must be 0 or more and below the threshold, or no case would ever be closed");
        return hysteresis;
    }

    private void unused(boolean isSet, String name) {
        if (isSet) {
            throw new StartRefused(
                    PREFIX + name, "must not be set: rule " + settings.kind().orElse("") + " does not use it");
        }
    }
}
