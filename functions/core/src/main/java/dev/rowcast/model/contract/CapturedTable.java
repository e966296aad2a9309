package dev.rowcast.model.contract;

import dev.rowcast.model.output.Output;
import dev.rowcast.model.sql.ColumnKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The captured table's own columns: those that are not columns of the source row or the label. The check
/// of the live table, the statement that stores predictions and the printed schema use this one list.
///
/// @param label the name of the label, a prefix of the names of the prediction's columns
/// @param columns the columns, in the order of the table
public record CapturedTable(String label, List<Column> columns) {

    private static final String DOUBLE = "double precision";

    /// An own column of a captured table. The kind of the output decides which of the first ones a table
    /// has.
    public enum Column {
        /// The probability: of the positive one of two labels, or of the predicted one of several.
        PROBABILITY("*_probability", ColumnKind.NUMBER, DOUBLE),
        /// The predicted label.
        PREDICTION("*_prediction", ColumnKind.TEXT, "text"),
        /// The predicted number.
        VALUE("*_prediction", ColumnKind.NUMBER, DOUBLE),
        /// The threshold from which the label is positive.
        THRESHOLD("*_threshold", ColumnKind.NUMBER, DOUBLE),
        /// The probability of each label.
        PROBABILITIES("*_probabilities", ColumnKind.JSON, "jsonb"),
        /// The lower bound of the predicted number.
        LOWER("*_lower", ColumnKind.NUMBER, DOUBLE),
        /// The upper bound of the predicted number.
        UPPER("*_upper", ColumnKind.NUMBER, DOUBLE),
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

    /// Copies the list.
    public CapturedTable {
        columns = List.copyOf(columns);
    }

    /// The captured table of a model.
    public static CapturedTable of(ModelContract contract) {
        List<Column> columns = new ArrayList<>(ofThePrediction(contract.output()));
        Arrays.stream(Column.values())
                .filter(column -> column.compareTo(Column.MODEL_VERSION) >= 0)
                .forEach(columns::add);
        return new CapturedTable(contract.label().name(), columns);
    }

    private static List<Column> ofThePrediction(Output output) {
        return switch (output) {
            case Output.Binary _ -> List.of(Column.PROBABILITY, Column.PREDICTION, Column.THRESHOLD);
            case Output.Multiclass _ -> List.of(Column.PREDICTION, Column.PROBABILITY, Column.PROBABILITIES);
            case Output.Regression regression ->
                regression.interval().isPresent()
                        ? List.of(Column.VALUE, Column.LOWER, Column.UPPER)
                        : List.of(Column.VALUE);
        };
    }

    /// The values that the label's column can hold.
    static ColumnKind kindOfTheLabel(Output output) {
        return switch (output) {
            case Output.Binary _, Output.Multiclass _ -> ColumnKind.TEXT;
            case Output.Regression _ -> ColumnKind.NUMBER;
        };
    }

    /// The name of a column.
    public String name(Column column) {
        return column.pattern.replace("*", label);
    }

    /// The names of all columns.
    public Stream<String> names() {
        return columns.stream().map(this::name);
    }

    /// The first of `names` that is also the name of an own column; column names of a table are unique.
    public Optional<String> clash(Iterable<String> names) {
        Set<String> own = names().collect(Collectors.toSet());
        for (String name : names) {
            if (own.contains(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
