package dev.rowcast.retention;

import java.util.Map;

/// The variables by which this function was configured before it was an action for any table.
final class FormerVariables {

    /// What is set instead, by the former name.
    static final Map<String, String> NAMES = Map.of(
            "ROWCAST_RETENTION_THRESHOLD", "ROWCAST_ACTION_RULE_THRESHOLD",
            "ROWCAST_RETENTION_HYSTERESIS", "ROWCAST_ACTION_RULE_HYSTERESIS",
            "ROWCAST_RETENTION_TABLE", "ROWCAST_ACTION_CAPTURED_SCHEMA and ROWCAST_ACTION_CAPTURED_TABLE",
            "ROWCAST_RETENTION_KEY", "ROWCAST_ACTION_CAPTURED_KEY",
            "ROWCAST_RETENTION_LABEL", "ROWCAST_ACTION_CAPTURED_LABEL",
            "ROWCAST_RETENTION_STATEMENT_TIMEOUT", "ROWCAST_ACTION_STATEMENT_TIMEOUT",
            "ROWCAST_RETENTION_READINESS_INTERVAL", "ROWCAST_ACTION_READINESS_INTERVAL");

    private FormerVariables() {}
}
