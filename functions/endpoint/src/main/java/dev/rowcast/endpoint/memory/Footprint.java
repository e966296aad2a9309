package dev.rowcast.endpoint.memory;

import io.vertx.core.buffer.Buffer;

/// Estimates the memory that an event needs while it is handled, in bytes. The estimate is rather too high.
public final class Footprint {

    /// The body, its copy for the function, its texts, and the request to the store, each with up to one
    /// copy in between.
    private static final int COPIES = 6;

    /// A body during reading, and its copy when the buffer grows.
    private static final int COPIES_WHILE_READ = 2;

    /// A value of a JSON document, with its node.
    private static final int BYTES_PER_VALUE = 50;

    private Footprint() {}

    /// The memory for a body of known length.
    ///
    /// @param length bytes
    public static long ofLength(long length) {
        return COPIES * length;
    }

    /// The memory for a chunked body while it is read: at most half of the budget, or it would be admitted
    /// only when no other event is in progress.
    ///
    /// @param most limit for the bytes of a body
    /// @param budget memory budget of all events in bytes
    public static long ofUnknownLength(long most, long budget) {
        return Math.min(COPIES_WHILE_READ * most, budget / 2);
    }

    /// The memory for a body that was read. A small body can have so many values that its document is fifty
    /// times its size.
    public static long of(Buffer body) {
        long values = 0;
        for (int at = 0; at < body.length(); at++) {
            switch (body.getByte(at)) {
                case ',', '{', '[' -> values++;
                default -> {}
            }
        }
        return ofLength(body.length()) + BYTES_PER_VALUE * values;
    }
}
