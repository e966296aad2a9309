package dev.rowcast.delivery;

/// As many items wait as may wait: try again later.
public final class OverloadedException extends RuntimeException {

    /// @param message which batch is overloaded, and its limit
    public OverloadedException(String message) {
        super(message);
    }
}
