package dev.rowcast.proof.chaos.fault;

import java.util.SplittableRandom;

/// A fault that is injected and repaired.
///
/// @param name action and part, such as `kill-predictor`
/// @param kills number of processes that it ends
/// @param mayRepeatDeadLetters true if it may duplicate dead letters
/// @param action injects and repairs the fault; returns after the repair
public record Fault(String name, int kills, boolean mayRepeatDeadLetters, Action action) {

    /// The code of a fault.
    @FunctionalInterface
    public interface Action {
        /// Injects the fault and repairs it.
        ///
        /// @param random the source of chance
        void run(SplittableRandom random) throws Exception;
    }
}
