package dev.rowcast.endpoint.trace;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The trace that an event belongs to, and the span in it that caused the event.
///
/// @param trace   id of the trace, 32 hexadecimal digits
/// @param span    id of the span, 16 hexadecimal digits
/// @param sampled whether the trace is recorded
public record TraceParent(String trace, String span, boolean sampled) {

    private static final String ATTRIBUTE = "traceparent";
    /// What KafkaSource makes of the header `traceparent` of a record.
    private static final String OF_THE_RECORD = "kafkaheadertraceparent";
    private static final Pattern FORMAT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final int SAMPLED = 1;
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    /// Gives the event the attribute `traceparent` of the HTTP request, if it has none of its own.
    public static void toAttribute(MultiMap headers) {
        String ofTheRequest = headers.get(ATTRIBUTE);
        if (ofTheRequest != null && !headers.contains("ce-" + ATTRIBUTE)) {
            headers.set("ce-" + ATTRIBUTE, ofTheRequest);
        }
    }

    /// Reads the attributes of an event; empty without a valid one.
    static Optional<TraceParent> of(Map<String, String> attributes) {
        return Stream.of(OF_THE_RECORD, ATTRIBUTE)
                .map(attributes::get)
                .flatMap(text -> Optional.ofNullable(text).flatMap(TraceParent::parse).stream())
                .findFirst();
    }

    /// Reads the text of `traceparent`; empty if it is invalid, as the standard demands.
    static Optional<TraceParent> parse(String text) {
        Matcher found = FORMAT.matcher(text);
        return found.matches()
                ? Optional.of(new TraceParent(
                        found.group(1), found.group(2), (Integer.parseInt(found.group(3), 16) & SAMPLED) != 0))
                : Optional.empty();
    }

    /// The trace of a change without `traceparent`: every function computes the same one, so the events
    /// of a source row and of its captured row are in one trace, although nothing is passed through
    /// Postgres.
    static TraceParent of(Subject subject) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((Subject.text(subject.source()) + "/" + subject.key()).getBytes(StandardCharsets.UTF_8));
            HexFormat hex = HexFormat.of();
            return new TraceParent(
                    hex.formatHex(hash, 0, TRACE_BYTES),
                    hex.formatHex(hash, TRACE_BYTES, TRACE_BYTES + SPAN_BYTES),
                    true);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
