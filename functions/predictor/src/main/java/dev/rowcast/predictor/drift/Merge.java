package dev.rowcast.predictor.drift;

import java.time.LocalDate;
import java.util.UUID;

/// Counts on their way into Postgres. They keep their id until they have arrived, so that they arrive once.
///
/// @param id names the merge
/// @param day the day, in UTC, that they are counted for
/// @param counts by bin
record Merge(UUID id, LocalDate day, Counts counts) {

    /// Counts by bin.
    static final class Counts {
        private final long[] byBin;

        Counts(long[] byBin) {
            this.byBin = byBin.clone();
        }

        /// One for each bin.
        Long[] boxed() {
            Long[] boxed = new Long[byBin.length];
            for (int i = 0; i < boxed.length; i++) {
                boxed[i] = byBin[i];
            }
            return boxed;
        }
    }
}
