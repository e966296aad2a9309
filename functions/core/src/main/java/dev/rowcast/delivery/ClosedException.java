package dev.rowcast.delivery;

/// The batch is closed and accepts no more items.
public final class ClosedException extends RuntimeException {

    /// @param message which batch is closed
    public ClosedException(String message) {
        super(message);
    }
}
