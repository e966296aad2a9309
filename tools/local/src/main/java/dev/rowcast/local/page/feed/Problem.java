package dev.rowcast.local.page.feed;

/// Something that is wrong with the path of changes, as Postgres says it.
///
/// @param severity `fault`: changes are not captured; `lost`: some were missed; `waiting`: they wait
/// @param problem what is wrong, in one line
/// @param command what mends it, in one line
public record Problem(String severity, String problem, String command) {}
