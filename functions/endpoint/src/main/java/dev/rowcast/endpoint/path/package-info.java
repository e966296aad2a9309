/// What Postgres says of the path of changes (`public.rowcast_check`): problems come in, and go out to readiness
/// as what makes a function not ready and what it only warns of.
package dev.rowcast.endpoint.path;
