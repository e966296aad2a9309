package dev.rowcast.model.contract;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The captured table's own columns: those that are not columns of the source row or the label. The check
/// of the live table, the statement that stores predictions and the printed schema use this one list.
///
/// @param label the name of the label, a prefix of three column names
public record CapturedTable(String label) {

    /// An own column of the captured table, in the order of the table.
    public enum Column {
        /// The probability.
        PROBABILITY("*_probability", ColumnKind.NUMBER, "double precision"),
        /// The label of the probability.
        PREDICTION("*_prediction", ColumnKind.TEXT, "text"),
        /// The threshold from which the label is positive.
        THRESHOLD("*_threshold", ColumnKind.NUMBER, "double precision"),
        /// The version of the model that scored the row.
        MODEL_VERSION("model_version", ColumnKind.TEXT, "text"),
        /// First part of the change's position.
        SOURCE_EPOCH("source_epoch", ColumnKind.WHOLE_NUMBER, "smallint NOT NULL"),
        /// Second part of the change's position; null if an older release stored the row.
        SOURCE_COMMIT("source_commit", ColumnKind.WHOLE_NUMBER, "bigint"),
        /// Third part of the change's position.
        SOURCE_LSN("source_lsn", ColumnKind.WHOLE_NUMBER, "bigint NOT NULL"),
        /// The time of the change.
        SOURCE_TS("source_ts", ColumnKind.TIME, "timestamptz(3) NOT NULL"),
        /// The operation of the change.
        OPERATION("operation", ColumnKind.TEXT, "text NOT NULL"),
        /// The source row before the change.
        PREVIOUS("previous", ColumnKind.JSON, "jsonb"),
        /// The time at which the row was written.
        PREDICTED_AT("predicted_at", ColumnKind.TIME, "timestamptz NOT NULL DEFAULT clock_timestamp()"),
        /// True if the source row is deleted.
        DELETED("deleted", ColumnKind.BOOLEAN, "boolean NOT NULL DEFAULT false");

        private final String pattern;
        private final ColumnKind kind;
        private final String definition;

        Column(String pattern, ColumnKind kind, String definition) {
            this.pattern = pattern;
            this.kind = kind;
            this.definition = definition;
        }

        /// The type and the constraints of the column in the printed schema.
        public String definition() {
            return definition;
        }

        ColumnKind kind() {
            return kind;
        }
    }

    /// The name of a column.
    public String name(Column column) {
        return column.pattern.replace("*", label);
    }

    /// The first of `names` that is also the name of an own column; column names of a table are unique.
    public Optional<String> clash(Iterable<String> names) {
        Set<String> own = Arrays.stream(Column.values()).map(this::name).collect(Collectors.toSet());
        for (String name : names) {
            if (own.contains(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
