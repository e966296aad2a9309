package dev.rowcast.local.knative.source;

import java.util.concurrent.atomic.LongAdder;

/// Counts of the events of one source since its dispatcher started. Thread safe.
public final class SourceCounts {

    final LongAdder delivered = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder deadLettered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder stuck = new LongAdder();

    /// The counts at one moment.
    ///
    /// @param delivered    deliveries that succeeded
    /// @param retried      retries, at the function and at the dead letter sink
    /// @param deadLettered events written to the dead letter topic
    /// @param dropped      events committed without any of these, as by Knative's KafkaSource
    /// @param stuck        events that the dispatcher neither delivers nor commits, as Knative's
    public record Snapshot(long delivered, long retried, long deadLettered, long dropped, long stuck) {}

    /// The counts now.
    public Snapshot snapshot() {
        return new Snapshot(delivered.sum(), retried.sum(), deadLettered.sum(), dropped.sum(), stuck.sum());
    }
}
