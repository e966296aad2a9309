package dev.rowcast.testkit.process;

/// A signal, by its name for `kill -s`.
public enum Signal {
    /// Requests an orderly end.
    TERM,
    /// Requests a quick end; for Postgres a fast shutdown, which does not wait for clients.
    INT,
    /// Ends the process at once.
    KILL,
    /// Suspends the process; its connections stay open.
    STOP,
    /// Resumes the process after [#STOP].
    CONT
}
