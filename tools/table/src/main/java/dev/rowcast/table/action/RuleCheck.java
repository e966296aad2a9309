package dev.rowcast.table.action;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Compares a rule with the output of a model, as the function does with its settings when it starts.
///
/// @param rule as the user typed it
/// @param contract of the model
record RuleCheck(RuleRequest rule, ModelContract contract) {

    /// @throws IllegalArgumentException with one line that names the variable and what it must be
    void requireFit() {
        switch (contract.output()) {
            case Output.Binary _ -> {
                requireKind(List.of("threshold"), "has two labels", "ACTION=threshold");
                unused("CLASS", "BOUND");
            }
            case Output.Multiclass several -> {
                String classes = String.join(", ", several.classes());
                requireKind(List.of("class"), "has several classes", "ACTION=class CLASS=one of " + classes);
                unused("BOUND");
                require(
                        rule.category().filter(several.classes()::contains).isPresent(),
                        "CLASS " + rule.category().map(given -> "is " + given).orElse("is missing")
                                + ", and must be one of " + classes);
            }
            case Output.Regression _ -> {
                requireKind(List.of("above", "below"), "is a number", "ACTION=above or below, with BOUND=a number");
                unused("CLASS", "THRESHOLD");
                require(rule.bound().isPresent(), "BOUND is missing: the value of the prediction that opens a case");
            }
        }
        requireNumbers();
    }

    private void requireNumbers() {
        rule.threshold()
                .ifPresent(threshold -> require(
                        threshold.signum() > 0 && threshold.compareTo(BigDecimal.ONE) <= 0,
                        "THRESHOLD is " + threshold + ", and must be above 0 and at most 1"));
        Optional<BigDecimal> limit = rule.bound().isPresent()
                ? Optional.empty()
                : Optional.of(rule.threshold().orElse(BigDecimal.ONE));
        rule.hysteresis()
                .ifPresent(hysteresis -> require(
                        hysteresis.signum() >= 0 && limit.stream().allMatch(most -> hysteresis.compareTo(most) < 0),
                        "HYSTERESIS is " + hysteresis + ", and must be 0 or more"
                                + limit.map(most -> " and below " + most).orElse("")
                                + ", or no case would ever be closed"));
    }

    private void requireKind(List<String> kinds, String output, String instead) {
        require(
                kinds.contains(rule.kind()),
                "ACTION is " + rule.kind() + ", and the label "
                        + contract.label().name() + " " + output + ": " + instead);
    }

    private void unused(String... variables) {
        for (String variable : variables) {
            require(!rule.variables().containsKey(variable), variable + " has no meaning for ACTION=" + rule.kind());
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
