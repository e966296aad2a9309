package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.HttpSubscriber;
import java.util.Optional;

/// Where a function is between zero and one process.
sealed interface ProcessState {

    /// No process.
    ///
    /// @param notBefore moment before which none is started, by {@link System#nanoTime}; grows while starts fail
    record Zero(long notBefore) implements ProcessState {}

    /// A process that does not take requests yet.
    ///
    /// @param wasUp it did before
    record Starting(FunctionProcess process, boolean wasUp) implements ProcessState {}

    /// A process that takes requests.
    record Up(FunctionProcess process, HttpSubscriber function) implements ProcessState {}

    /// The activator is closed.
    record Closed() implements ProcessState {}

    /// The process, when there is one.
    default Optional<FunctionProcess> running() {
        return switch (this) {
            case Zero zero -> Optional.empty();
            case Starting starting -> Optional.of(starting.process());
            case Up up -> Optional.of(up.process());
            case Closed closed -> Optional.empty();
        };
    }

    /// The word for it in the status.
    default String code() {
        return switch (this) {
            case Zero zero -> "zero";
            case Starting starting -> "starting";
            case Up up -> "up";
            case Closed closed -> "closed";
        };
    }
}
