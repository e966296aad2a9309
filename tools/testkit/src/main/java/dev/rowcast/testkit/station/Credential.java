package dev.rowcast.testkit.station;

/// Who somebody is, and what proves it.
///
/// @param certificate PEM, the authority's behind it
/// @param key PKCS #8 in PEM, not encrypted
public record Credential(String certificate, String key) {}
