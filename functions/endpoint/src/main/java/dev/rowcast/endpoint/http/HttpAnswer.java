package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is answered to a delivery. The one place where an outcome becomes a status.
///
/// | outcome | status | what KafkaSource does |
/// |---|---|---|
/// | stored, skipped | 204 | commits the offset |
/// | rejected | 422, `kne-rowcast…` headers say why | dead letter at once, with these headers as attributes |
/// | unavailable | 503 and `Retry-After`, `kne-rowcast…` headers say why | comes again, with back-off |
/// | a fault in the program | 500 | comes again, with back-off |
///
/// What comes again too often is a dead letter too, with the headers of the last answer.
///
/// @param status HTTP status
/// @param headers headers of the answer, printable ASCII only
record HttpAnswer(int status, Map<String, String> headers) {

    static final String REASON = "kne-rowcastreason";
    static final String MESSAGE = "kne-rowcastmessage";
    static final String FUNCTION = "kne-rowcastfunction";
    static final String RETRY_AFTER = "Retry-After";

    /// @param function name of the function that answers
    static HttpAnswer of(Outcome outcome, String function) {
        return switch (outcome) {
            case Stored stored -> new HttpAnswer(204, Map.of());
            case Skipped skipped -> new HttpAnswer(204, Map.of());
            case Rejected rejected -> rejected(rejected, function);
            case Unavailable unavailable -> unavailable(unavailable, function);
        };
    }

    /// Why the event was refused; empty for a success.
    String message() {
        return headers.getOrDefault(MESSAGE, "");
    }

    /// The answer to a fault in the program.
    static HttpAnswer bug() {
        return new HttpAnswer(500, Map.of());
    }

    private static HttpAnswer rejected(Rejected rejected, String function) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(REASON, rejected.reason().code());
        headers.put(MESSAGE, printableAscii(rejected.message()));
        headers.put(FUNCTION, function);
        return new HttpAnswer(422, headers);
    }

    /// Without a reason's code: nothing is wrong with the event.
    private static HttpAnswer unavailable(Unavailable unavailable, String function) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                RETRY_AFTER, Long.toString(Math.max(1, unavailable.retryAfter().toSeconds())));
        headers.put(MESSAGE, printableAscii(unavailable.message()));
        headers.put(FUNCTION, function);
        return new HttpAnswer(503, headers);
    }

    /// A header holds no other characters. What else there is becomes `?`.
    private static String printableAscii(String text) {
        return text.codePoints()
                .map(point -> point >= ' ' && point <= '~' ? point : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
