package dev.rowcast.replay.exit;

/// The command cannot be what was meant. Ends with [ExitCode#MISUSE].
public final class UsageException extends RuntimeException {

    /// @param message one line, for the person at the terminal
    public UsageException(String message) {
        super(message);
    }
}
