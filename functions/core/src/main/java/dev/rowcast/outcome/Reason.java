package dev.rowcast.outcome;

import java.util.Locale;

/// Why an event is rejected.
public enum Reason {
    /// The body is not one JSON document.
    NOT_JSON,
    /// The body is larger, deeper or more precise than any change of a row.
    TOO_LARGE,
    /// The document is not a Debezium change event, or a part of its envelope is missing or wrong.
    NO_ENVELOPE,
    /// The type of the event is not expected here.
    TYPE_UNKNOWN,
    /// The table of the change is not expected here.
    TABLE_UNKNOWN,
    /// The change has no usable log position.
    POSITION_MISSING,
    /// A column of the primary key is missing or null.
    KEY_MISSING,
    /// A column cannot be read, such as a broken decimal.
    COLUMN_UNREADABLE,
    /// A column is not in the log record, because its large value did not change.
    TOAST_PLACEHOLDER,
    /// A feature that the model needs is missing.
    FEATURE_MISSING,
    /// A feature has another type than the model needs.
    FEATURE_TYPE,
    /// The store refuses the row because of its values.
    NOT_STORABLE;

    /// The reason in headers and logs, such as `feature-missing`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
