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

/// What became of a letter that was sent again.
///
/// @param refusedAt when the letter was written, so that a letter at the same place of a topic that was made anew is
///     another one
/// @param sentAt when it was sent again
/// @param sink to whom
/// @param accepted whether it was taken
/// @param status HTTP status of the last answer, or what came in its place
/// @param reason why it was not taken; `-` when it was
/// @param message the same at length
public record DeadLetterReplay(
        Instant refusedAt,
        Instant sentAt,
        String sink,
        boolean accepted,
        String status,
        String reason,
        String message) {

    private static final String NONE = DeadLetter.UNSAID;

    /// What became of it; empty when nothing is known of the end.
    public static Optional<DeadLetterReplay> of(DeadLetter letter, URI sink, SendOutcome end, Instant now) {
        String to = sink.toString();
        return switch (end) {
            case SendOutcome.Accepted taken ->
                Optional.of(
                        new DeadLetterReplay(letter.refusedAt(), now, to, true, Integer.toString(taken.status()), NONE, NONE));
            case SendOutcome.Refused refused ->
                Optional.of(new DeadLetterReplay(
                        letter.refusedAt(),
                        now,
                        to,
                        false,
                        StatusCounts.name(refused.last()),
                        refused.reason(),
                        refused.message()));
            case SendOutcome.Unsendable not ->
                Optional.of(new DeadLetterReplay(letter.refusedAt(), now, to, false, NONE, "unsendable", not.reason()));
            case SendOutcome.Cut _ -> Optional.empty();
        };
    }

    /// Reads what [#document()] wrote.
    ///
    /// @throws IllegalArgumentException when it is something else
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

    /// What is written of it.
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

    /// Such as `accepted 204` or `refused 422 feature-missing`.
    public String summary() {
        return accepted ? "accepted " + status : ("refused " + status + " " + reason).replace(" -", "");
    }
}
