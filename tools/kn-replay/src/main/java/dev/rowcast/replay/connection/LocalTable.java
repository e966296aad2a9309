package dev.rowcast.replay.connection;

/// A table that a connector of a local run captures.
///
/// @param schema its schema
/// @param name without the schema
/// @param notifications topic in which the connector reports its snapshots
public record LocalTable(String schema, String name, String notifications) {}
