package dev.rowcast.local.run;

import java.util.concurrent.Callable;

/// Tells whoever sits at the terminal what is being done, one line a step.
@FunctionalInterface
public interface ProgressLog {

    /// Takes a line.
    void line(String text);

    /// Announces that the system is being stopped, and why. Every failure from now on is a consequence of it.
    ///
    /// @param why such as `Stopping`
    default void stopping(String why) {
        line(why);
    }

    /// Does a step and tells how long it took.
    ///
    /// @param what such as `Kafka is up`
    default <T> T step(String what, Callable<T> step) throws Exception {
        long start = System.nanoTime();
        T result = step.call();
        line("%-46s %6.1f s".formatted(what, (System.nanoTime() - start) / 1e9));
        return result;
    }
}
