package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.HttpSubscriber;
import java.util.Optional;

/// The state of a function's process.
sealed interface ProcessState {

    /// No process.
    ///
    /// @param notBefore earliest time of the next start, by {@link System#nanoTime}
    record Zero(long notBefore) implements ProcessState {}

    /// A process that is not ready.
    ///
    /// @param wasUp it was ready before
    record Starting(FunctionProcess process, boolean wasUp) implements ProcessState {}

    /// A process that takes requests.
    record Up(FunctionProcess process, HttpSubscriber function) implements ProcessState {}

    /// The activator is closed.
    record Closed() implements ProcessState {}

    /// The process, if there is one.
    default Optional<FunctionProcess> running() {
        return switch (this) {
            case Starting starting -> Optional.of(starting.process());
            case Up up -> Optional.of(up.process());
            case Zero _, Closed _ -> Optional.empty();
        };
    }

    /// The state as a word of the status.
    default String code() {
        return switch (this) {
            case Zero _ -> "zero";
            case Starting _ -> "starting";
            case Up _ -> "up";
            case Closed _ -> "closed";
        };
    }
}
