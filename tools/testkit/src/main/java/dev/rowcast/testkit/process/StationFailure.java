package dev.rowcast.testkit.process;

/// A station cannot start or do what was asked of it. The message is for whoever sits at the terminal: what failed,
/// why, and where the
/// log is.
public final class StationFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// A failure that nothing else caused.
    ///
    /// @param message what failed and why
    public StationFailure(String message) {
        super(message);
    }

    /// A failure with the error underneath.
    ///
    /// @param message what failed and why
    /// @param cause the error underneath
    public StationFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
