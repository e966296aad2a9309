package dev.rowcast.predictor.drift;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Counts on their way into Postgres. They keep their id until they have arrived, so that they arrive once.
///
/// @param id names the merge
/// @param day the day, in UTC, that they are counted for
/// @param counts by bin
record Merge(UUID id, LocalDate day, List<Long> counts) {

    Merge {
        counts = List.copyOf(counts);
    }

    /// A merge that was not sent yet.
    static Merge of(LocalDate day, long[] counts) {
        return new Merge(UUID.randomUUID(), day, Arrays.stream(counts).boxed().toList());
    }
}
