package dev.rowcast.proof.chaos.fault;

import java.util.SplittableRandom;

/// Something that goes wrong and is mended again.
///
/// @param name what is done to whom, such as `kill-predictor`
/// @param kills processes that end by it
/// @param mayRepeatLetters whether a dead letter may come again after it
/// @param act does it and mends it; blocks until then
public record Fault(String name, int kills, boolean mayRepeatLetters, Act act) {

    /// The doing of it.
    @FunctionalInterface
    public interface Act {
        /// Strikes and mends.
        ///
        /// @param random decides what is left to chance
        void strike(SplittableRandom random) throws Exception;
    }
}
