/// Certificates for the stores of one machine, as the operators of a cluster make them: an authority in, credentials
/// that
/// it signed out.
package dev.rowcast.testkit.tls;
