package dev.rowcast.table.kibana;

import java.util.Objects;

/// A value of a group of documents.
///
/// @param kind how it is computed
/// @param field the field that it is computed from; empty for [Kind#COUNT]
/// @param label what a reader sees
/// @param format `number`, or `percent` for a share between 0 and 1
public record BoardValue(Kind kind, String field, String label, String format) {

    /// How a value is computed.
    public enum Kind {
        /// Number of documents.
        COUNT,
        /// Mean.
        AVERAGE,
        /// Largest value.
        MAX,
        /// Value that 95 of 100 documents do not exceed.
        P95
    }

    /// What is missing has its usual value.
    public BoardValue {
        field = Objects.requireNonNullElse(field, "");
        format = Objects.requireNonNullElse(format, "number");
    }

    /// The number of documents.
    public static BoardValue count(String label) {
        return new BoardValue(Kind.COUNT, null, label, null);
    }

    /// A value of a field.
    public static BoardValue of(Kind kind, String field, String label, String format) {
        return new BoardValue(kind, field, label, format);
    }
}
