package dev.rowcast.replay.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.send.SendOutcome;
import dev.rowcast.replay.send.StatusCounts;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// The result of sending a dead letter again.
///
/// @param refusedAt when the dead letter was written: tells it from another one at the same place of a
///     topic that was deleted and created again
/// @param sentAt when it was sent again
/// @param sink that received it
/// @param accepted whether the sink accepted it
/// @param status HTTP status of the last response, or the kind of failure
/// @param reason of the refusal; `-` if it was accepted
/// @param message the reason in detail
public record DeadLetterReplay(
        Instant refusedAt,
        Instant sentAt,
        String sink,
        boolean accepted,
        String status,
        String reason,
        String message) {

    private static final String NONE = DeadLetter.UNKNOWN;

    /// {@return the result; empty if the command was interrupted before}
    public static Optional<DeadLetterReplay> of(DeadLetter letter, URI sink, SendOutcome outcome, Instant now) {
        DeadLetterReplay accepted =
                new DeadLetterReplay(letter.refusedAt(), now, sink.toString(), true, NONE, NONE, NONE);
        return switch (outcome) {
            case SendOutcome.Accepted(int status) ->
                Optional.of(accepted.with(true, Integer.toString(status), NONE, NONE));
            case SendOutcome.Refused refused ->
                Optional.of(
                        accepted.with(false, StatusCounts.status(refused.last()), refused.reason(), refused.message()));
            case SendOutcome.Unsendable(String message) ->
                Optional.of(accepted.with(false, NONE, "unsendable", message));
            case SendOutcome.Interrupted _ -> Optional.empty();
        };
    }

    private DeadLetterReplay with(boolean isAccepted, String status, String reason, String message) {
        return new DeadLetterReplay(refusedAt, sentAt, sink, isAccepted, status, reason, message);
    }

    /// {@return the result in a document that [#document()] returned}
    ///
    /// @throws IllegalArgumentException if it is any other document
    public static DeadLetterReplay of(JsonNode document) {
        try {
            return new DeadLetterReplay(
                    Instant.parse(document.path("refusedAt").asText()),
                    Instant.parse(document.path("sentAt").asText()),
                    document.path("sink").asText(),
                    document.path("accepted").asBoolean(),
                    document.path("status").asText(NONE),
                    document.path("reason").asText(NONE),
                    document.path("message").asText(NONE));
        } catch (DateTimeParseException other) {
            throw new IllegalArgumentException(other);
        }
    }

    /// {@return the result for scripts and for the topic of replays}
    public ObjectNode document() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("refusedAt", refusedAt.toString())
                .put("sentAt", sentAt.toString())
                .put("sink", sink)
                .put("accepted", accepted)
                .put("status", status)
                .put("reason", reason)
                .put("message", message);
    }

    /// {@return text such as `accepted 204` or `refused 422 feature-missing`}
    public String summary() {
        return accepted ? "accepted " + status : ("refused " + status + " " + reason).replace(" -", "");
    }
}
