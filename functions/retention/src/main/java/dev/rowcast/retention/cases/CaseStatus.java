package dev.rowcast.retention.cases;

import jakarta.persistence.AttributeConverter;
import java.util.Locale;

/// How it stands with a customer's case.
enum CaseStatus {
    /// There never was one.
    NONE,
    OPEN,
    CLOSED;

    /// As the table has it: `open`.
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
