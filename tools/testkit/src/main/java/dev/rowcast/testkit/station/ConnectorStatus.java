package dev.rowcast.testkit.station;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a connector and its tasks are.
///
/// @param connector the connector itself
/// @param tasks its tasks; none while it has not made them
public record ConnectorStatus(Part connector, List<Part> tasks) {

    /// Copies the list.
    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    /// The connector or one task.
    ///
    /// @param state as Connect spells it, such as `RUNNING` or `FAILED`
    /// @param worker who said so; what a worker said outlives it
    /// @param trace why it failed; empty when it did not
    public record Part(String state, String worker, String trace) {}

    /// {@return true when the connector and at least one task run, as this worker says}
    ///
    /// @param worker who must have said so
    public boolean runsOn(String worker) {
        return !tasks.isEmpty()
                && parts().allMatch(part ->
                        part.state().equals("RUNNING") && part.worker().equals(worker));
    }

    /// {@return what this worker saw fail}
    ///
    /// @param worker who must have said so
    public Optional<Part> failedOn(String worker) {
        return parts().filter(
                        part -> part.state().equals("FAILED") && part.worker().equals(worker))
                .findFirst();
    }

    private Stream<Part> parts() {
        return Stream.concat(Stream.of(connector), tasks.stream());
    }
}
