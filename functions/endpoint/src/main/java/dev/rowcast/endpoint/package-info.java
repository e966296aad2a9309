/// The HTTP endpoint that all functions share. Receives a CloudEvent over HTTP, passes it to the function,
/// and answers the function's [Outcome][dev.rowcast.outcome.Outcome] with a status from the table in
/// [HttpAnswer][dev.rowcast.endpoint.http.HttpAnswer]. Also has the readiness checks, the memory budget,
/// the shared settings and the graceful stop.
package dev.rowcast.endpoint;
