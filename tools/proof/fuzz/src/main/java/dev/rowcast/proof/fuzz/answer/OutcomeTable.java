package dev.rowcast.proof.fuzz.answer;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The answers that ARCHITECTURE.md allows: 204, 422 with its reason, 503 with its time.
///
/// @param function the function name that a rejection must contain
record OutcomeTable(String function) {

    private static final Set<String> REASONS =
            Arrays.stream(Reason.values()).map(Reason::code).collect(Collectors.toSet());

    /// {@return the fault of an answer; empty when the table allows it}
    Optional<String> faultOf(RawResponse response) {
        return switch (response.status()) {
            case 204 -> Optional.empty();
            case 422 -> isComplete(response) ? Optional.empty() : Optional.of("422 without its reason: " + response);
            case 503 ->
                response.header("retry-after").orElse("").matches("[1-9]\\d*")
                        ? Optional.empty()
                        : Optional.of("503 without Retry-After: " + response);
            default -> Optional.of("the outcome table has no such status: " + response);
        };
    }

    private boolean isComplete(RawResponse rejection) {
        String message = rejection.header("kne-rowcastmessage").orElse("");
        return rejection.reason().filter(REASONS::contains).isPresent()
                && rejection
                        .header("kne-rowcastfunction")
                        .filter(function::equals)
                        .isPresent()
                && !message.isBlank()
                && message.length() <= Rejected.MAX_MESSAGE;
    }
}
