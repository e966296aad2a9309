package dev.rowcast.delivery;

/// The maximum number of items is waiting: try again later.
public final class OverloadedException extends RuntimeException {

    /// @param message which batch is overloaded, and its limit
    public OverloadedException(String message) {
        super(message);
    }
}
