package dev.rowcast.outcome;

/// Looks into a [Step].
public final class Steps {

    private Steps() {}

    /// The value, or the outcome if there is none.
    public static Object resultOf(Step<?> step) {
        return switch (step) {
            case Step.Next<?>(Object value) -> value;
            case Step.End<?>(Outcome outcome) -> outcome;
        };
    }
}
