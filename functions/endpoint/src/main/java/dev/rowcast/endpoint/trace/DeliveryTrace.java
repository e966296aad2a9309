package dev.rowcast.endpoint.trace;

import dev.rowcast.recording.EventTrace;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The steps of one delivery, which become spans when it ends: `delivery`, and below it each step. A
/// step of a batch is a span of each of its events, so that the trace of an event is complete by itself.
final class DeliveryTrace implements EventTrace {

    private record Step(String name, long began, long ended, int rows) {}

    private final Optional<TraceParent> given;
    private final Consumer<List<Span>> exporter;
    private final long began = System.nanoTime();
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();

    /// @param given    the event's `traceparent`
    /// @param exporter receives the spans
    DeliveryTrace(Optional<TraceParent> given, Consumer<List<Span>> exporter) {
        this.given = given;
        this.exporter = exporter;
    }

    @Override
    public void step(String name, long began, long ended, int rows) {
        steps.add(new Step(name, began, ended, rows));
    }

    /// Exports the spans.
    ///
    /// @param subject    empty if the event could not be read so far
    /// @param error      why the event was not stored
    /// @param fields     attributes of the span `delivery`, below `rowcast.`
    void end(Optional<Subject> subject, Optional<String> error, Map<String, String> fields) {
        long ended = System.nanoTime();
        Optional<TraceParent> computed = subject.map(TraceParent::of);
        String trace = given.or(() -> computed).map(TraceParent::trace).orElseGet(() -> newId(2));
        Map<String, String> attributes = new TreeMap<>();
        fields.forEach((name, value) -> attributes.put("rowcast." + name, value));
        Span delivery = new Span(
                trace,
                newId(1),
                given.map(TraceParent::span),
                "delivery",
                began,
                ended,
                error,
                given.flatMap(_ -> computed),
                attributes);
        exporter.accept(Stream.concat(Stream.of(delivery), steps.stream().map(step -> child(delivery, step)))
                .toList());
    }

    private static Span child(Span delivery, Step step) {
        return new Span(
                delivery.trace(),
                newId(1),
                Optional.of(delivery.id()),
                step.name(),
                step.began(),
                step.ended(),
                Optional.empty(),
                Optional.empty(),
                Map.of("rowcast.rows", Integer.toString(step.rows())));
    }

    /// A random id of 16 hexadecimal digits for each word.
    private static String newId(int words) {
        StringBuilder id = new StringBuilder();
        for (int word = 0; word < words; word++) {
            // Zero is no valid id.
            id.append(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
        }
        return id.toString();
    }
}
