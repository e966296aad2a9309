package dev.rowcast.proof.fuzz.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.stream.Collectors;

/// A request that a function must answer.
///
/// @param seed of the run
/// @param number of the input in the run, from 0
/// @param headers in the order of the request
/// @param body of the request
/// @param framing of the body
/// @param plain true if the headers are those of any record, so that only the body determines the answer
@SuppressWarnings("ArrayRecordComponent") // never compared; a run has millions of inputs, so no copies
public record Input(long seed, long number, List<Header> headers, byte[] body, Framing framing, boolean plain) {

    private static final int SHOWN_BYTES = 600;

    /// Copies the list.
    public Input {
        headers = List.copyOf(headers);
    }

    /// {@return seed, number, headers and the first bytes of the body}
    @Override
    public String toString() {
        String shownHeaders = headers.stream()
                .map(header -> header.name() + ": " + header.text())
                .collect(Collectors.joining("\n    "));
        String shown =
                new String(body, 0, Math.min(body.length, SHOWN_BYTES), ISO_8859_1).replaceAll("[^\\x20-\\x7e]", "?");
        return "input %d of seed %d, %d bytes, %s:%n    %s%n    %s%s"
                .formatted(
                        number,
                        seed,
                        body.length,
                        framing,
                        shownHeaders,
                        shown,
                        body.length > SHOWN_BYTES ? " ..." : "");
    }
}
