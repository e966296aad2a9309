package dev.rowcast.peers;

import dev.rowcast.peers.contender.Contender;
import java.util.List;

/// What a run measures.
///
/// @param contenders in their order
/// @param changes of the backfill
/// @param rates changes per second of the latency phases, ascending
/// @param seconds of each latency phase, of the warm-up and of the load with a kill
/// @param guarded whether the peers store a result only over an older one
public record BenchPlan(List<Contender> contenders, int changes, List<Integer> rates, int seconds, boolean guarded) {

    /// Reads the system properties `bench.only`, `bench.rows`, `bench.seconds` and `bench.guard`.
    static BenchPlan ofProperties() {
        return new BenchPlan(
                Contender.of(System.getProperty("bench.only", "")),
                Integer.getInteger("bench.rows", 200_000),
                List.of(10, 100, 500),
                Integer.getInteger("bench.seconds", 20),
                !System.getProperty("bench.guard", "").equals("no"));
    }

    /// The highest rate.
    int highestRate() {
        return rates.getLast();
    }
}
