package dev.rowcast.endpoint;

import io.vertx.core.buffer.Buffer;

/// How much memory an event takes while it is handled, in bytes: an estimate from its body that is rather too high.
final class Footprint {

    /// The body, its copy for the function, its texts, and what goes out to the store, each up to twice on the way.
    private static final int COPIES = 6;

    /// A value of a document, with what holds it.
    private static final int VALUE = 50;

    private Footprint() {}

    /// Of a body of which only the length is known.
    ///
    /// @param length bytes
    static long ofLength(long length) {
        return COPIES * length;
    }

    /// Of a body that is here. A small one can hold so many values that its document is fifty times its size.
    static long of(Buffer body) {
        long values = 0;
        for (int at = 0; at < body.length(); at++) {
            switch (body.getByte(at)) {
                case ',', '{', '[' -> values++;
                default -> {}
            }
        }
        return ofLength(body.length()) + VALUE * values;
    }
}
