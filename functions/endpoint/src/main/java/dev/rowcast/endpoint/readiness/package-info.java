/// Decides whether a function is ready: receives the results of periodic checks as
/// [preconditions][dev.rowcast.endpoint.readiness.Preconditions], and answers `/q/health/ready`. Also stops
/// the function gracefully.
package dev.rowcast.endpoint.readiness;
