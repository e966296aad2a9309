package dev.rowcast.replay.compare;

/// The format of a comparison.
enum CompareFormat {
    /// For people at a terminal.
    TEXT,
    /// One JSON document.
    JSON,
    /// One self-contained page.
    HTML
}
