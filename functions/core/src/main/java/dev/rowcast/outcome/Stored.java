package dev.rowcast.outcome;

/// The change is stored and committed.
public record Stored() implements Outcome {}
