package dev.rowcast.proof.fuzz.input;

/// A header of a request.
///
/// @param name several headers of a request may have the same name
/// @param text the value, sent as UTF-8; it contains no line break
public record Header(String name, String text) {}
