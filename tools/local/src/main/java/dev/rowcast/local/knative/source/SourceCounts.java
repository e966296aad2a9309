package dev.rowcast.local.knative.source;

import java.util.concurrent.atomic.LongAdder;

/// What has become of a source's events since the process started. Thread safe.
public final class SourceCounts {

    final LongAdder delivered = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder deadLettered = new LongAdder();
    final LongAdder dropped = new LongAdder();

    /// The counts at one moment.
    ///
    /// @param delivered    answered with success
    /// @param retried      tries after a first one
    /// @param deadLettered written to the dead letter topic
    /// @param dropped      committed without any of it, as the real KafkaSource does in a few cases
    public record Snapshot(long delivered, long retried, long deadLettered, long dropped) {}

    /// The counts now.
    public Snapshot snapshot() {
        return new Snapshot(delivered.sum(), retried.sum(), deadLettered.sum(), dropped.sum());
    }
}
