package dev.rowcast.proof.fuzz.answer;

import java.util.Map;
import java.util.Optional;

/// What a function answered.
///
/// @param status HTTP status
/// @param headers by their name in lower case
public record RawResponse(int status, Map<String, String> headers) {

    /// Copies the headers.
    public RawResponse {
        headers = Map.copyOf(headers);
    }

    /// The value of a header.
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// Why the event was rejected; nothing when it was not.
    public Optional<String> reason() {
        return header("kne-rowcastreason");
    }

    /// Whether the sender should come again.
    boolean isLater() {
        return status == 503;
    }
}
