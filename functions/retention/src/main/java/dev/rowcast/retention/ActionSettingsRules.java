package dev.rowcast.retention;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.endpoint.settings.SettingRules;
import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.postgres.Limits;
import dev.rowcast.retention.cases.EventNames;
import dev.rowcast.retention.policy.Rule;
import dev.rowcast.retention.postgres.CaseSql;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Refuses to start if a setting is missing or has a value that is not allowed.
final class ActionSettingsRules {

    private static final String PREFIX = "rowcast.action.";
    private static final Pattern TOPIC_PART = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
    private static final Pattern TYPE = Pattern.compile("[!-~]{1,200}");

    private ActionSettingsRules() {}

    /// @throws StartRefused with the name of the setting
    static Rule rule(ActionSettings settings) {
        return new ActionRuleSettings(required(settings.captured().label(), "captured.label"), settings.rule()).rule();
    }

    /// @throws StartRefused with the name of the setting
    static KeyColumns key(ActionSettings settings) {
        ActionSettings.Captured captured = settings.captured();
        return KeyColumns.of(captured.schema(), required(captured.table(), "captured.table"), keyColumns(settings));
    }

    /// @throws StartRefused with the name of the setting
    static CaseSql cases(ActionSettings settings) {
        List<String> key = keyColumns(settings);
        CaseSql sql = new CaseSql(
                settings.cases().schema(),
                required(settings.cases().table(), "cases.table"),
                key,
                rule(settings).scoreColumns());
        key.forEach(column -> StartRefused.unless(
                !sql.hasOwn(column),
                PREFIX + "captured.key",
                key,
                "must not contain " + column + ", which is a column of every case"));
        return sql;
    }

    /// @throws StartRefused with the name of the setting
    static EventNames event(ActionSettings settings) {
        ActionSettings.Event event = settings.event();
        return new EventNames(
                matching(TOPIC_PART, event.aggregate(), "event.aggregate", "a part of a topic's name"),
                matching(TYPE, event.type(), "event.type", "printable ASCII without blanks"),
                matching(TYPE, event.source(), "event.source", "printable ASCII without blanks"));
    }

    /// @throws StartRefused with the name of the setting
    static Limits limits(ActionSettings settings) {
        return new Limits(SettingRules.duration(PREFIX + "statement-timeout", settings.statementTimeout()));
    }

    /// @throws StartRefused with the name of the setting
    static Duration readinessInterval(ActionSettings settings) {
        return SettingRules.duration(PREFIX + "readiness-interval", settings.readinessInterval());
    }

    private static List<String> keyColumns(ActionSettings settings) {
        List<String> key = required(settings.captured().key(), "captured.key");
        StartRefused.unless(
                key.stream().noneMatch(String::isEmpty)
                        && key.stream().distinct().count() == key.size(),
                PREFIX + "captured.key",
                key,
                "must name each column once");
        return key;
    }

    private static String matching(Pattern pattern, Optional<String> value, String name, String words) {
        String text = required(value, name);
        StartRefused.unless(pattern.matcher(text).matches(), PREFIX + name, text, "must be " + words);
        return text;
    }

    private static <T> T required(Optional<T> value, String name) {
        return value.filter(text -> !text.toString().isBlank())
                .orElseThrow(() -> new StartRefused(PREFIX + name, "must be set"));
    }
}
