package dev.rowcast.local.page.feed;

/// A problem of the change path, as Postgres reports it.
///
/// @param severity `fault`: changes are not captured; `lost`: some were missed; `waiting`: they wait
/// @param problem  description, in one line
/// @param command  command that repairs it, in one line
public record Problem(String severity, String problem, String command) {}
