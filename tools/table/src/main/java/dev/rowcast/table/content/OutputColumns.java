package dev.rowcast.table.content;

import dev.rowcast.model.contract.CapturedTable;
import dev.rowcast.model.contract.CapturedTable.Column;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import java.util.List;

/// The columns that a captured table adds to those of its source table, as an index stores them. This class alone
/// depends on the kind of a model's output.
///
/// @param fields the columns in the order of the table
/// @param json the columns of type `jsonb`, which Debezium sends as text
/// @param prediction the columns that a reader looks at first
record OutputColumns(List<IndexField> fields, List<String> json, List<String> prediction) {

    OutputColumns {
        fields = List.copyOf(fields);
        json = List.copyOf(json);
        prediction = List.copyOf(prediction);
    }

    static OutputColumns of(ModelContract contract) {
        CapturedTable table = CapturedTable.of(contract);
        return new OutputColumns(
                table.columns().stream()
                        .map(column -> new IndexField(table.name(column), mapping(column, contract.output())))
                        .toList(),
                table.columns().stream()
                        .filter(column -> column == Column.PREVIOUS || column == Column.PROBABILITIES)
                        .map(table::name)
                        .toList(),
                table.columns().stream()
                        .takeWhile(column -> column != Column.MODEL_VERSION)
                        .filter(column -> column != Column.THRESHOLD && column != Column.PROBABILITIES)
                        .map(table::name)
                        .toList());
    }

    private static String mapping(Column column, Output output) {
        return switch (column) {
            case PROBABILITY, THRESHOLD, VALUE, LOWER, UPPER -> IndexField.DOUBLE;
            case PROBABILITIES ->
                output instanceof Output.Multiclass several
                        ? IndexField.numbers(several.classes())
                        : IndexField.STORED_ONLY;
            case PREDICTION, MODEL_VERSION, OPERATION -> IndexField.KEYWORD;
            case SOURCE_EPOCH -> IndexField.SHORT;
            case SOURCE_COMMIT, SOURCE_LSN -> IndexField.LONG;
            case SOURCE_TS, PREDICTED_AT -> IndexField.DATE;
            case PREVIOUS -> IndexField.STORED_ONLY;
            case DELETED -> IndexField.BOOLEAN;
        };
    }
}
