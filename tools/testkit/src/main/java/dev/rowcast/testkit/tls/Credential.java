package dev.rowcast.testkit.tls;

/// A certificate and its private key.
///
/// @param certificate PEM, followed by the certificate of the authority
/// @param key PKCS #8 in PEM, not encrypted
public record Credential(String certificate, String key) {}
