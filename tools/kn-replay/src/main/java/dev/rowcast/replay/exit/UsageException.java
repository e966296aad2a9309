package dev.rowcast.replay.exit;

/// The command line is wrong. Ends with [ExitCode#USAGE].
public final class UsageException extends RuntimeException {

    /// @param message one line, for the operator
    public UsageException(String message) {
        super(message);
    }
}
