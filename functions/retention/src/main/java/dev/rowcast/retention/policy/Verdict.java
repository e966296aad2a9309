package dev.rowcast.retention.policy;

/// What a rule says about a prediction.
sealed interface Verdict {

    /// There must be an open case.
    record Open(Score score) implements Verdict {}

    /// There must be no open case.
    ///
    /// @param because the reason, such as `below-threshold`
    record Close(Score score, String because) implements Verdict {}

    /// The prediction neither opens nor closes a case.
    record Undecided() implements Verdict {}
}
