package dev.rowcast.replay.exit;

/// What a command ends with. As a plugin of `kn` every failure becomes 1, which is `kn`'s doing.
public final class ExitCode {

    /// Everything that was asked for is done, and every event was accepted.
    public static final int DONE = 0;

    /// The command went to its end, and something was refused: an event, a letter, a snapshot.
    public static final int REFUSED = 1;

    /// The command cannot be what was meant; nothing was done.
    public static final int MISUSE = 2;

    /// Kafka, Postgres or a function cannot be reached.
    public static final int UNREACHABLE = 3;

    /// Ctrl-C; where to go on was printed.
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
