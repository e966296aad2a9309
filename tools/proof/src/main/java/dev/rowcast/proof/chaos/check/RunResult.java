package dev.rowcast.proof.chaos.check;

import java.util.List;
import java.util.stream.Stream;

/// What is wrong after a run; nothing when all lists are empty.
///
/// @param lost changes, poison or acknowledged events that are not where they must be, and what has stuck
/// @param different rows and documents that are not what a fresh scoring of the source table gives
/// @param backwards keys that a reader saw go back
/// @param repeated dead letters that are there twice, where nothing may deliver twice
/// @param deadLetters how many dead letters there are
public record RunResult(
        List<String> lost, List<String> different, List<String> backwards, List<String> repeated, int deadLetters) {

    /// Copies the lists.
    public RunResult {
        lost = List.copyOf(lost);
        different = List.copyOf(different);
        backwards = List.copyOf(backwards);
        repeated = List.copyOf(repeated);
    }

    /// The same, with more that was lost.
    public RunResult andLost(List<String> more) {
        return new RunResult(
                Stream.concat(lost.stream(), more.stream()).toList(), different, backwards, repeated, deadLetters);
    }

    /// Whether every promise was kept.
    public boolean isClean() {
        return lost.isEmpty() && different.isEmpty() && backwards.isEmpty() && repeated.isEmpty();
    }
}
