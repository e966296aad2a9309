package dev.rowcast.replay.compare;

/// How a comparison is written.
enum CompareFormat {
    /// For people at a terminal.
    TEXT,
    /// One JSON document.
    JSON,
    /// One page that needs nothing else.
    HTML
}
