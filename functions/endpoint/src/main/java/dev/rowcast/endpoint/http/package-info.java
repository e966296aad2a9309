/// The HTTP endpoint of all functions: receives a CloudEvent, passes it to the function, and answers the
/// function's [Outcome][dev.rowcast.outcome.Outcome] with a status from the
/// table in [HttpAnswer][dev.rowcast.endpoint.http.HttpAnswer].
package dev.rowcast.endpoint.http;
