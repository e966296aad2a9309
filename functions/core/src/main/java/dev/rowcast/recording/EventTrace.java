package dev.rowcast.recording;

/// Receives the steps of one event that is traced.
@FunctionalInterface
public interface EventTrace {

    /// Receives a step that has ended; may be called by any thread. A step of a batch is a step of each
    /// of its events.
    ///
    /// @param name  `decode`, `score`, `store` or `bulk`
    /// @param began [System#nanoTime] of its begin
    /// @param ended [System#nanoTime] of its end
    /// @param rows  rows or documents that the step handled together
    void step(String name, long began, long ended, int rows);
}
