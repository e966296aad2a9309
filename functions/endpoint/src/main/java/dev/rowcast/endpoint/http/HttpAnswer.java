package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The HTTP answer to a delivery. The only place that maps an outcome to a status.
///
/// | outcome | status | reaction of KafkaSource |
/// |---|---|---|
/// | stored, skipped | 204 | commits the offset |
/// | rejected | 422, `kne-rowcast…` headers with the reason | dead letter with these headers as attributes |
/// | unavailable | 503, `Retry-After`, `kne-rowcast…` headers with the reason | retries with back-off |
/// | a fault in the program | 500 | retries with back-off |
///
/// After the last retry the event becomes a dead letter too, with the headers of the last answer.
///
/// @param status HTTP status
/// @param headers headers of the answer, printable ASCII only
record HttpAnswer(int status, Map<String, String> headers) {

    /// The rest of the name becomes an attribute of the dead letter, which has only these characters.
    private static final Pattern LETTER_HEADER = Pattern.compile("kne-[a-z0-9]+");

    static final String REASON = "kne-rowcastreason";
    static final String MESSAGE = "kne-rowcastmessage";
    static final String FUNCTION = "kne-rowcastfunction";
    static final String RETRY_AFTER = "Retry-After";

    /// @throws IllegalArgumentException when Knative's dispatcher would fail at a header and never commit the event
    HttpAnswer {
        headers.keySet().stream()
                .filter(name -> name.regionMatches(true, 0, "kne-", 0, 4))
                .filter(name -> !LETTER_HEADER.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(name + " is no header for a dead letter");
                });
    }

    /// @param function name of the function that answers
    static HttpAnswer of(Outcome outcome, String function) {
        return switch (outcome) {
            case Stored _, Skipped _ -> new HttpAnswer(204, Map.of());
            case Rejected rejected -> rejected(rejected, function);
            case Unavailable unavailable -> unavailable(unavailable, function);
        };
    }

    /// Why the event was refused; empty for a success.
    String message() {
        return headers.getOrDefault(MESSAGE, "");
    }

    /// The answer to a fault in the program.
    static HttpAnswer internalError() {
        return new HttpAnswer(500, Map.of());
    }

    private static HttpAnswer rejected(Rejected rejected, String function) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(REASON, rejected.reason().code());
        headers.put(MESSAGE, printableAscii(rejected.message()));
        headers.put(FUNCTION, function);
        return new HttpAnswer(422, headers);
    }

    /// Has no reason code, because the event has no fault.
    private static HttpAnswer unavailable(Unavailable unavailable, String function) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                RETRY_AFTER, Long.toString(Math.max(1, unavailable.retryAfter().toSeconds())));
        headers.put(MESSAGE, printableAscii(unavailable.message()));
        headers.put(FUNCTION, function);
        return new HttpAnswer(503, headers);
    }

    /// Replaces characters that a header cannot contain by `?`.
    private static String printableAscii(String text) {
        return text.codePoints()
                .map(point -> point >= ' ' && point <= '~' ? point : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
