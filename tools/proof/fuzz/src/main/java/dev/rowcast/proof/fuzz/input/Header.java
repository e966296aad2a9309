package dev.rowcast.proof.fuzz.input;

/// A header of a request. Its text goes out in UTF-8, and holds no line break.
///
/// @param name may be that of another header too
/// @param text the value
public record Header(String name, String text) {}
