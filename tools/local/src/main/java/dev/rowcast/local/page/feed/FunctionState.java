package dev.rowcast.local.page.feed;

/// A function at one moment.
///
/// @param name its name
/// @param state `zero`, `starting` or `up`; any other word is shown as it is
/// @param coldStarts processes started so far
/// @param active requests that it works on
/// @param waiting requests that wait for it
public record FunctionState(String name, String state, long coldStarts, int active, int waiting) {}
