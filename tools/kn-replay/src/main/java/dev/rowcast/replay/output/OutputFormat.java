package dev.rowcast.replay.output;

/// How a result is written.
public enum OutputFormat {
    /// For people.
    TABLE,
    /// One JSON document.
    JSON,
    /// One YAML document.
    YAML
}
