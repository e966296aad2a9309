package dev.rowcast.retention.cases;

import jakarta.persistence.AttributeConverter;
import java.util.Locale;

/// The status of a customer's case.
enum CaseStatus {
    /// The customer never had a case.
    NONE,
    OPEN,
    CLOSED;

    /// Converts the status to its text in the table, such as `open`.
    static final class AsText implements AttributeConverter<CaseStatus, String> {

        @Override
        public String convertToDatabaseColumn(CaseStatus status) {
            return status.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public CaseStatus convertToEntityAttribute(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
