package dev.rowcast.proof.chaos.check;

import java.util.List;
import java.util.stream.Stream;

/// Violations of a run; none when all lists are empty.
///
/// @param lost changes, poison or acknowledged events that are missing, and parts that are stuck
/// @param different rows and documents that differ from a new scoring of the source table
/// @param backwards keys whose position fell
/// @param repeated duplicate dead letters, where no fault may duplicate them
/// @param deadLetters number of dead letters
public record RunResult(
        List<String> lost, List<String> different, List<String> backwards, List<String> repeated, int deadLetters) {

    /// Copies the lists.
    public RunResult {
        lost = List.copyOf(lost);
        different = List.copyOf(different);
        backwards = List.copyOf(backwards);
        repeated = List.copyOf(repeated);
    }

    /// {@return this result with more lost changes}
    public RunResult andLost(List<String> more) {
        return new RunResult(
                Stream.concat(lost.stream(), more.stream()).toList(), different, backwards, repeated, deadLetters);
    }

    /// {@return the violations, the most severe kind first}
    public List<String> violations() {
        return Stream.of(backwards, lost, different, repeated)
                .flatMap(List::stream)
                .toList();
    }

    /// {@return whether every promise was kept}
    public boolean isClean() {
        return violations().isEmpty();
    }
}
