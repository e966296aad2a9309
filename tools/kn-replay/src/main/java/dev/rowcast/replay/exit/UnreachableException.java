package dev.rowcast.replay.exit;

import java.util.Objects;

/// A server that the command needs does not answer, or denies access. Ends with [ExitCode#UNREACHABLE].
public final class UnreachableException extends RuntimeException {

    /// @param message one line, for the operator
    public UnreachableException(String message) {
        super(message);
    }

    /// @param cause its first line becomes part of the message
    public UnreachableException(String message, Throwable cause) {
        super(
                message + ": "
                        + Objects.requireNonNullElse(cause.getMessage(), cause.toString())
                                .lines()
                                .findFirst()
                                .orElse(""),
                cause);
    }
}
