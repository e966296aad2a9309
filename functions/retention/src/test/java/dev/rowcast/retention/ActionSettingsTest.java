package dev.rowcast.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.endpoint.settings.StartRefused;
import dev.rowcast.retention.cases.EventNames;
import dev.rowcast.retention.policy.Rule;
import dev.rowcast.retention.policy.Rule.Side;
import dev.rowcast.retention.postgres.CaseSql;
import dev.rowcast.testkit.folder.Checkout;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionSettingsTest {

    @Test
    void manifestOpensRetentionCasesOfCustomers() {
        ActionSettings settings = settings(Map.of());

        assertThat(ActionSettingsRules.rule(settings))
                .isEqualTo(new Rule.Threshold("churn", OptionalDouble.empty(), 0.05));
        assertThat(ActionSettingsRules.key(settings))
                .isEqualTo(KeyColumns.of("public", "person_churn_history_captured", List.of("customerid")));
        assertThat(ActionSettingsRules.cases(settings))
                .isEqualTo(new CaseSql(
                        "public",
                        "retention_case",
                        List.of("customerid"),
                        List.of("probability", "threshold", "model_version")));
        assertThat(ActionSettingsRules.event(settings))
                .isEqualTo(new EventNames("retention_case", "dev.rowcast.retention", "/rowcast/retention"));
        assertThat(ActionSettingsRules.limits(settings).statement()).isEqualTo(Duration.ofSeconds(2));
        assertThat(ActionSettingsRules.readinessInterval(settings)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everySettingIsRead() {
        ActionSettings settings = settings(Map.ofEntries(
                Map.entry("captured.schema", "Sales"),
                Map.entry("captured.table", "Kunden \"A\".1"),
                Map.entry("captured.key", "Land,Kunden\\, Nr"),
                Map.entry("captured.label", "Leaves"),
                Map.entry("rule.threshold", "0.7"),
                Map.entry("rule.hysteresis", "0.1"),
                Map.entry("cases.schema", "Work"),
                Map.entry("cases.table", "Fälle"),
                Map.entry("event.aggregate", "sales_case"),
                Map.entry("event.type", "com.example.sales"),
                Map.entry("event.source", "https://example.com/sales"),
                Map.entry("statement-timeout", "3s"),
                Map.entry("readiness-interval", "1s")));

        assertThat(ActionSettingsRules.rule(settings))
                .isEqualTo(new Rule.Threshold("Leaves", OptionalDouble.of(0.7), 0.1));
        assertThat(ActionSettingsRules.key(settings))
                .isEqualTo(KeyColumns.of("Sales", "Kunden \"A\".1", List.of("Land", "Kunden, Nr")));
        assertThat(ActionSettingsRules.cases(settings).schema()).isEqualTo("Work");
        assertThat(ActionSettingsRules.cases(settings).table()).isEqualTo("Fälle");
        assertThat(ActionSettingsRules.event(settings))
                .isEqualTo(new EventNames("sales_case", "com.example.sales", "https://example.com/sales"));
        assertThat(ActionSettingsRules.limits(settings).statement()).isEqualTo(Duration.ofSeconds(3));
        assertThat(ActionSettingsRules.readinessInterval(settings)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void formerVariablesAreReplacedByOnesThatExist() throws IOException {
        String documented = Files.readString(Checkout.find().resolve("docs/configuration.md"));

        assertThat(FormerVariables.NAMES.keySet()).allMatch(former -> !documented.contains("`" + former + "`"));
        assertThat(FormerVariables.NAMES.values())
                .flatMap(present -> List.of(present.split(" and ", -1)))
                .allMatch(present -> documented.contains("`" + present + "`"));
    }

    @Test
    void eachKindOfRuleHasItsOwnSettings() {
        assertThat(rule(Map.of("kind", "class", "class", "high risk", "threshold", "0.6", "hysteresis", "0.2")))
                .isEqualTo(new Rule.OfClass("churn", "high risk", 0.6, 0.2));
        assertThat(rule(Map.of("kind", "class", "class", "high risk")))
                .isEqualTo(new Rule.OfClass("churn", "high risk", 0, 0.05));
        assertThat(rule(Map.of("kind", "above", "bound", "250000", "hysteresis", "5000")))
                .isEqualTo(new Rule.Bound("churn", Side.ABOVE, 250_000, 5_000));
        assertThat(rule(Map.of("kind", "below", "bound", "-1.5")))
                .isEqualTo(new Rule.Bound("churn", Side.BELOW, -1.5, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            captured.table     | ``         | must be set
            captured.key       | ``         | must be set
            captured.key       | a,a        | must name each column once
            captured.key       | a,status   | must not contain status, which is a column of every case
            captured.key       | position   | must not contain position
            captured.label     | ` `        | must be set
            rule.kind          | ``         | must be threshold, class, above or below, is not set
            rule.kind          | Threshold  | must be threshold, class, above or below, is Threshold
            rule.threshold     | 0          | must be above 0 and at most 1, is 0.0
            rule.threshold     | 1.1        | must be above 0 and at most 1
            rule.threshold     | NaN        | must be above 0 and at most 1
            rule.hysteresis    | -0.1       | must be 0 or more and below the threshold
            rule.hysteresis    | 1          | must be 0 or more and below the threshold
            rule.class         | high       | must not be set: rule threshold does not use it
            rule.bound         | 1          | must not be set: rule threshold does not use it
            cases.table        | ``         | must be set
            event.aggregate    | loan/case  | must be a part of a topic's name
            event.type         | my type    | must be printable ASCII without blanks
            event.source       | ``         | must be set
            statement-timeout  | 1ms        | must be 100ms to 1h
            readiness-interval | 2h         | must be 100ms to 1h
            """)
    void valueThatCannotWorkStopsTheStartAndIsNamed(String name, String value, String rule) {
        assertRefused(Map.of(name, value), name, rule);
    }

    @Test
    void thresholdBelowTheHysteresisWouldNeverCloseACase() {
        assertRefused(Map.of("rule.threshold", "0.04"), "rule.hysteresis", "must be 0 or more and below the threshold");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            class | class      | -      | -         | must be set: the class that opens a case
            class | bound      | 1      | class=a   | must not be set: rule class does not use it
            above | bound      | -      | -         | must be set: the value that opens a case
            below | bound      | NaN    | -         | must be a number, is NaN
            above | hysteresis | -1     | bound=2   | must be 0 or more, or no case would ever be closed
            above | threshold  | 0.5    | bound=2   | must not be set: rule above does not use it
            below | class      | a      | bound=2   | must not be set: rule below does not use it
            """)
    void settingOfARuleThatIsMissingOrOfAnotherKindIsNamed(
            String kind, String name, String value, String more, String problem) {
        Map<String, String> values = new HashMap<>(Map.of("rule.kind", kind));
        if (value != null) {
            values.put("rule." + name, value);
        }
        if (more != null) {
            values.put("rule." + more.split("=", 2)[0], more.split("=", 2)[1]);
        }

        assertRefused(values, "rule." + name, problem);
    }

    private static void assertRefused(Map<String, String> values, String name, String problem) {
        ActionSettings settings = settings(values);

        assertThatThrownBy(() -> {
                    ActionSettingsRules.key(settings);
                    ActionSettingsRules.cases(settings);
                    ActionSettingsRules.event(settings);
                    ActionSettingsRules.limits(settings);
                    ActionSettingsRules.readinessInterval(settings);
                })
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("Cannot start: rowcast.action." + name + " " + problem)
                .hasMessageNotContaining("\n");
    }

    private static Rule rule(Map<String, String> values) {
        Map<String, String> settings = new HashMap<>();
        values.forEach((name, value) -> settings.put("rule." + name, value));
        return ActionSettingsRules.rule(settings(settings));
    }

    /// The settings of the manifest, with other values for some.
    private static ActionSettings settings(Map<String, String> values) {
        Map<String, String> all = ChurnAction.properties();
        values.forEach((name, value) -> all.put("rowcast.action." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(ActionSettings.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(all, "values", 200))
                .build()
                .getConfigMapping(ActionSettings.class);
    }
}
