package dev.rowcast.retention.cases;

import java.util.Locale;

/// The status of the case of a row.
enum CaseStatus {
    /// The row never had a case.
    NONE,
    OPEN,
    CLOSED;

    /// The status in the table, such as `open`.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The status that is written as `text`.
    static CaseStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
