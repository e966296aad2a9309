/// Certificates for tests of TLS: a [CertificateAuthority][dev.rowcast.testkit.tls.CertificateAuthority] issues a
/// [Credential][dev.rowcast.testkit.tls.Credential] for each name.
package dev.rowcast.testkit.tls;
