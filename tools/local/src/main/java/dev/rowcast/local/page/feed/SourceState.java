package dev.rowcast.local.page.feed;

/// What has become of the events of one source since it was started.
///
/// @param name its name
/// @param delivered answered with success
/// @param retried tries after a first one
/// @param deadLettered written to the dead letter topic
public record SourceState(String name, long delivered, long retried, long deadLettered) {}
