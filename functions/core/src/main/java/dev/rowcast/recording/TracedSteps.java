package dev.rowcast.recording;

import java.util.List;
import java.util.function.Supplier;

/// The traced events that the current thread handles. By default no event is traced, and a step costs
/// one look at whether there is one.
public final class TracedSteps {

    private static final ScopedValue<List<EventTrace>> EVENTS = ScopedValue.newInstance();

    private TracedSteps() {}

    /// The traced events that this thread handles.
    public static List<EventTrace> events() {
        return EVENTS.orElse(List.of());
    }

    /// Does some work for traced events.
    ///
    /// @param events may be empty
    public static <T> T of(List<EventTrace> events, Supplier<T> work) {
        return events.isEmpty() ? work.get() : ScopedValue.where(EVENTS, events).call(work::get);
    }

    /// The begin of a step; 0 when no event is traced.
    static long begin() {
        return EVENTS.isBound() ? System.nanoTime() : 0;
    }

    /// Ends a step.
    ///
    /// @param began its [#begin()]
    /// @param rows  rows or documents that it handled together
    static void end(String name, long began, int rows) {
        if (EVENTS.isBound()) {
            long ended = System.nanoTime();
            EVENTS.get().forEach(event -> event.step(name, began, ended, rows));
        }
    }
}
