package dev.rowcast.replay.output;

/// The format of a result.
public enum OutputFormat {
    /// For people.
    TABLE,
    /// One JSON document.
    JSON,
    /// One YAML document.
    YAML
}
