package dev.rowcast.table.action;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The rule as the user typed it: `ACTION`, and the variables that are the settings `rowcast.action.rule.*` of the
/// same name.
///
/// @param kind the value of `ACTION`
/// @param category the value of `CLASS`
/// @param threshold the value of `THRESHOLD`
/// @param bound the value of `BOUND`
/// @param hysteresis the value of `HYSTERESIS`
public record RuleRequest(
        String kind,
        Optional<String> category,
        Optional<BigDecimal> threshold,
        Optional<BigDecimal> bound,
        Optional<BigDecimal> hysteresis) {

    /// Reads `ACTION`, `CLASS`, `THRESHOLD`, `BOUND` and `HYSTERESIS`; empty without `ACTION`.
    ///
    /// @throws IllegalArgumentException with one line that names the variable
    public static Optional<RuleRequest> of(Map<String, String> environment) {
        Optional<String> kind = text(environment, "ACTION");
        RuleRequest request = new RuleRequest(
                kind.orElse(""),
                text(environment, "CLASS"),
                number(environment, "THRESHOLD"),
                number(environment, "BOUND"),
                number(environment, "HYSTERESIS"));
        if (kind.isEmpty() && !request.variables().isEmpty()) {
            throw new IllegalArgumentException(
                    request.variables().keySet().iterator().next() + " needs ACTION=threshold, class, above or below");
        }
        return kind.map(_ -> request);
    }

    /// The variables that were typed besides `ACTION`, with their values.
    Map<String, String> variables() {
        Map<String, String> typed = new LinkedHashMap<>();
        category.ifPresent(value -> typed.put("CLASS", value));
        threshold.ifPresent(value -> typed.put("THRESHOLD", value.toPlainString()));
        bound.ifPresent(value -> typed.put("BOUND", value.toPlainString()));
        hysteresis.ifPresent(value -> typed.put("HYSTERESIS", value.toPlainString()));
        return typed;
    }

    private static Optional<BigDecimal> number(Map<String, String> environment, String variable) {
        return text(environment, variable).map(text -> {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException noNumber) {
                throw new IllegalArgumentException(variable + " is " + text + ", which is no number", noNumber);
            }
        });
    }

    private static Optional<String> text(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
