package dev.rowcast.replay;

/// The command cannot be what was meant. Ends with [ExitCode#MISUSE].
public final class Misuse extends RuntimeException {

    /// @param message one line, for the person at the terminal
    public Misuse(String message) {
        super(message);
    }
}
