package dev.rowcast.indexer.document;

/// What became of a change on its way to a document.
public sealed interface Rendering permits Draft, Unstorable {}
