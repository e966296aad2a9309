package dev.rowcast.testkit.process;

/// A station cannot start or cannot do what the caller requested. The message is for the user at the
/// terminal: the failure, its reason, and the log file.
public final class StationFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// A failure without a cause.
    ///
    /// @param message the failure and its reason
    public StationFailure(String message) {
        super(message);
    }

    /// A failure with its cause.
    ///
    /// @param message the failure and its reason
    /// @param cause the error
    public StationFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
