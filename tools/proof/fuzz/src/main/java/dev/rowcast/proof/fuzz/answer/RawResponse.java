package dev.rowcast.proof.fuzz.answer;

import java.util.Map;
import java.util.Optional;

/// An HTTP response of a function.
///
/// @param headers by name in lower case
public record RawResponse(int status, Map<String, String> headers) {

    /// Copies the headers.
    public RawResponse {
        headers = Map.copyOf(headers);
    }

    /// {@return the value of a header}
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// {@return the reason of a rejection; empty for any other answer}
    public Optional<String> reason() {
        return header("kne-rowcastreason");
    }

    /// {@return whether the sender must retry}
    boolean isRetry() {
        return status == 503;
    }
}
