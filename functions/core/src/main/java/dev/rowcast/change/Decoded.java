package dev.rowcast.change;

/// What an event turned out to be.
public sealed interface Decoded permits Change, Skipped, Rejected {}
