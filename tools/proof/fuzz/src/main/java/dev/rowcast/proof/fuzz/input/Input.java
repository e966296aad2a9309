package dev.rowcast.proof.fuzz.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.stream.Collectors;

/// One thing that a function must have an answer to. Its seed and its number make it again.
///
/// @param seed of the run
/// @param number of the input in the run, from 0
/// @param headers of the request, in their order
/// @param body of the request
/// @param framing how the request says where the body ends
/// @param plain whether the headers are those of any record, so that nothing but the body says what the event is
@SuppressWarnings("ArrayRecordComponent") // never compared, and millions of them pass: no copies
public record Input(long seed, long number, List<Header> headers, byte[] body, Framing framing, boolean plain) {

    private static final int SHOWN_BYTES = 600;

    /// Copies the list.
    public Input {
        headers = List.copyOf(headers);
    }

    /// Which it is, and how it begins.
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
