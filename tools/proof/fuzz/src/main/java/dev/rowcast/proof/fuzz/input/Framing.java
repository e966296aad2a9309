package dev.rowcast.proof.fuzz.input;

/// HTTP framing of a request body.
public enum Framing {
    /// A `Content-Length` header.
    LENGTH,
    /// Chunked transfer encoding.
    CHUNKED,
    /// No body: a tombstone.
    NONE
}
