package dev.rowcast.proof.fuzz.answer;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The answers that a delivery may have, as the architecture says: 204, 422 with its reason, 503 with its time.
final class OutcomeTable {

    private static final Set<String> REASONS =
            Arrays.stream(Reason.values()).map(Reason::code).collect(Collectors.toSet());

    private final String function;

    /// @param function the name that it must give in its rejections
    OutcomeTable(String function) {
        this.function = function;
    }

    /// What is wrong with an answer; nothing when it stands in the table.
    Optional<String> faultOf(RawResponse reply) {
        return switch (reply.status()) {
            case 204 -> Optional.empty();
            case 422 -> faultOfRejection(reply);
            case 503 ->
                reply.header("retry-after")
                                .filter(time -> time.matches("[1-9]\\d*"))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of("503 does not say when to come again: " + reply);
            default -> Optional.of("the status stands in no table: " + reply);
        };
    }

    private Optional<String> faultOfRejection(RawResponse reply) {
        boolean complete = reply.reason().filter(REASONS::contains).isPresent()
                && reply.header("kne-rowcastfunction").filter(function::equals).isPresent()
                && reply.header("kne-rowcastmessage")
                        .filter(message -> !message.isBlank() && message.length() <= Rejected.MAX_MESSAGE)
                        .isPresent();
        return complete ? Optional.empty() : Optional.of("422 does not say why: " + reply);
    }
}
