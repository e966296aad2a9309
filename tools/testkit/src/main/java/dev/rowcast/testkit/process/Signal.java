package dev.rowcast.testkit.process;

/// A signal, by the name that `kill -s` knows it by.
public enum Signal {
    /// Ask to end, at leisure.
    TERM,
    /// Ask to end, soon; for Postgres a fast shutdown that does not wait for clients.
    INT,
    /// End now, unasked.
    KILL,
    /// Stand still, keeping everything open.
    STOP,
    /// Go on after [#STOP].
    CONT
}
