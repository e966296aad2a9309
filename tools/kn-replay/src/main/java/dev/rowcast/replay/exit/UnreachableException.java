package dev.rowcast.replay.exit;

/// Something that the command needs does not answer, or does not let us in. Ends with [ExitCode#UNREACHABLE].
public final class UnreachableException extends RuntimeException {

    /// @param message one line, for the person at the terminal
    public UnreachableException(String message) {
        super(message);
    }

    /// @param cause what was in the way; its first line is part of the message
    public UnreachableException(String message, Throwable cause) {
        super(message + ": " + firstLine(cause), cause);
    }

    private static String firstLine(Throwable cause) {
        String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return text.lines().findFirst().orElse(text);
    }
}
