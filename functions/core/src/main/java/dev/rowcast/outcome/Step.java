package dev.rowcast.outcome;

import java.util.function.Function;

/// The result of one step of an event's path: a value for the next step, or the outcome that ends the path.
///
/// @param <T> the type of the value
public sealed interface Step<T> {

    /// The path continues.
    ///
    /// @param value the input of the next step
    /// @param <T> the type of the value
    record Next<T>(T value) implements Step<T> {}

    /// The path ends.
    ///
    /// @param outcome the outcome of the event
    /// @param <T> the type of the next step's input
    record End<T>(Outcome outcome) implements Step<T> {}

    /// Continues the path with `value`.
    static <T> Step<T> next(T value) {
        return new Next<>(value);
    }

    /// Ends the path with `outcome`.
    static <T> Step<T> end(Outcome outcome) {
        return new End<>(outcome);
    }

    /// Rejects the event.
    static <T> Step<T> reject(Reason reason, String message) {
        return new End<>(new Rejected(reason, message));
    }

    /// Runs the next step if the path continues.
    default <U> Step<U> then(Function<? super T, Step<U>> next) {
        return switch (this) {
            case Next<T>(T value) -> next.apply(value);
            case End<T>(Outcome outcome) -> new End<>(outcome);
        };
    }

    /// The value, for callers that know that the path continues.
    ///
    /// @throws IllegalStateException naming the outcome if the path has ended
    default T orElseThrow() {
        return switch (this) {
            case Next<T>(T value) -> value;
            case End<T>(Outcome outcome) -> throw new IllegalStateException("the path has ended: " + outcome);
        };
    }
}
