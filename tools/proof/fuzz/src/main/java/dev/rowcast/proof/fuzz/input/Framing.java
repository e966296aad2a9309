package dev.rowcast.proof.fuzz.input;

/// How a request says where its body ends.
public enum Framing {
    /// By `Content-Length`.
    LENGTH,
    /// In chunks.
    CHUNKED,
    /// Not at all, because it has none: a tombstone.
    NONE
}
