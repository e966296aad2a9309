package dev.rowcast.predictor.drift;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Counts that are sent to Postgres. A retry has the same id, so that Postgres adds them once.
///
/// @param id identifies the merge
/// @param day the day of the counts, in UTC
/// @param counts the counts by bin
record Merge(UUID id, LocalDate day, List<Long> counts) {

    Merge {
        counts = List.copyOf(counts);
    }

    /// Creates a merge with a new id.
    static Merge of(LocalDate day, long[] counts) {
        return new Merge(UUID.randomUUID(), day, Arrays.stream(counts).boxed().toList());
    }
}
