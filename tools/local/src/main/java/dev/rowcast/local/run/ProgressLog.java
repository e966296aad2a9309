package dev.rowcast.local.run;

/// Receives the progress of a start, one line per step.
@FunctionalInterface
public interface ProgressLog {

    /// Receives a line.
    void line(String text);

    /// Announces that the system is stopping. Every later failure is a consequence.
    ///
    /// @param text such as `Stopping`
    default void stopping(String text) {
        line(text);
    }

    /// Runs a step and logs its duration.
    ///
    /// @param what such as `Kafka is up`
    default void step(String what, Runnable step) {
        long start = System.nanoTime();
        step.run();
        line("%-46s %6.1f s".formatted(what, (System.nanoTime() - start) / 1e9));
    }
}
