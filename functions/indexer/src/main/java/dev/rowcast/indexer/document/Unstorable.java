package dev.rowcast.indexer.document;

/// A change that Elasticsearch could never store, found before it was asked.
///
/// @param message names the table and the column or key that is at fault
public record Unstorable(String message) implements Rendering {}
