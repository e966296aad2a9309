package dev.rowcast.endpoint.memory;

import io.vertx.core.buffer.Buffer;

/// How much memory an event takes while it is handled, in bytes: an estimate from its body that is rather too high.
public final class Footprint {

    /// The body, its copy for the function, its texts, and what goes out to the store, each up to twice on the way.
    private static final int COPIES = 6;

    /// A body that comes in, and its copy when the buffer grows.
    private static final int COPIES_WHILE_READ = 2;

    /// A value of a document, with what holds it.
    private static final int VALUE = 50;

    private Footprint() {}

    /// Of a body of which only the length is known.
    ///
    /// @param length bytes
    public static long ofLength(long length) {
        return COPIES * length;
    }

    /// Of a body whose length nobody knows until it is here: what reading it may take, but never more than half of the
    /// room, or it would wait for a moment in which it is alone.
    ///
    /// @param most bytes that are read of a body
    /// @param room bytes that all events may take together
    public static long ofUnknownLength(long most, long room) {
        return Math.min(COPIES_WHILE_READ * most, room / 2);
    }

    /// Of a body that is here. A small one can hold so many values that its document is fifty times its size.
    public static long of(Buffer body) {
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
