package dev.rowcast.endpoint.trace;

import java.util.Map;
import java.util.Optional;

/// A part of a trace.
///
/// @param trace      id of the trace
/// @param id         its own id
/// @param parent     id of the span that caused it
/// @param name       `delivery`, or the name of a step
/// @param began      [System#nanoTime] of its begin
/// @param ended      [System#nanoTime] of its end
/// @param error      why it failed
/// @param link       a span of another trace that belongs to the same change
/// @param attributes by name
record Span(
        String trace,
        String id,
        Optional<String> parent,
        String name,
        long began,
        long ended,
        Optional<String> error,
        Optional<TraceParent> link,
        Map<String, String> attributes) {

    Span {
        attributes = Map.copyOf(attributes);
    }
}
