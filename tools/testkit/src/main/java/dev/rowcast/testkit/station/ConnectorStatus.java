package dev.rowcast.testkit.station;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The status of a connector and its tasks.
///
/// @param connector the state of the connector
/// @param tasks the states of its tasks; empty until the connector has created them
record ConnectorStatus(State connector, List<State> tasks) {

    /// Copies the list.
    ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    /// The state of the connector or of one task.
    ///
    /// @param state in Connect's spelling, such as `RUNNING` or `FAILED`
    /// @param worker that reported it; Connect keeps the report after the worker ended
    /// @param trace the stack trace of a failure; empty without one
    record State(String state, String worker, String trace) {}

    /// {@return true when a worker reported that the connector and at least one task run}
    boolean runsOn(String worker) {
        return !tasks.isEmpty()
                && all().allMatch(part ->
                        part.state().equals("RUNNING") && part.worker().equals(worker));
    }

    /// {@return a failure that a worker reported}
    Optional<State> failedOn(String worker) {
        return all().filter(
                        part -> part.state().equals("FAILED") && part.worker().equals(worker))
                .findFirst();
    }

    private Stream<State> all() {
        return Stream.concat(Stream.of(connector), tasks.stream());
    }
}
