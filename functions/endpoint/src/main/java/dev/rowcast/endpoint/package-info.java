/// The rim that all functions share. A CloudEvent comes in over HTTP and goes to the function; the function's
/// [Outcome][dev.rowcast.outcome.Outcome] goes out as a status, by one table in
/// [HttpAnswer][dev.rowcast.endpoint.http.HttpAnswer]. Here too: what a function needs before it is ready, and how it
/// stops.
package dev.rowcast.endpoint;
