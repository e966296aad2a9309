package dev.rowcast.local.schema;

import dev.rowcast.model.contract.CapturedTable;
import dev.rowcast.model.contract.CapturedTable.Column;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Constraints and comments of the captured table's columns that depend on the kind of the output.
///
/// @param contract has the output
/// @param table    names the columns
record PredictionSql(ModelContract contract, CapturedTable table) {

    /// Constraints, as lines of the table definition.
    List<String> constraints() {
        return switch (contract.output()) {
            case Output.Binary binary ->
                List.of(
                        "CONSTRAINT captured_probability_is_one CHECK (%s BETWEEN 0 AND 1)"
                                .formatted(name(Column.PROBABILITY)),
                        "CONSTRAINT captured_threshold_is_one CHECK (%s BETWEEN 0 AND 1)"
                                .formatted(name(Column.THRESHOLD)),
                        isALabel(List.of(binary.positive(), binary.negative())),
                        liveRowHas(Column.PROBABILITY, Column.PREDICTION));
            case Output.Multiclass classes ->
                List.of(
                        "CONSTRAINT captured_probability_is_one CHECK (%s BETWEEN 0 AND 1)"
                                .formatted(name(Column.PROBABILITY)),
                        isALabel(classes.classes()),
                        liveRowHas(Column.PREDICTION, Column.PROBABILITY, Column.PROBABILITIES));
            case Output.Regression regression ->
                regression.interval().isPresent()
                        ? List.of(
                                "CONSTRAINT captured_prediction_is_in_its_interval CHECK (%1$s BETWEEN %2$s AND %3$s)"
                                        .formatted(name(Column.VALUE), name(Column.LOWER), name(Column.UPPER)),
                                liveRowHas(Column.VALUE, Column.LOWER, Column.UPPER))
                        : List.of(liveRowHas(Column.VALUE));
        };
    }

    private String isALabel(List<String> labels) {
        return "CONSTRAINT captured_prediction_is_a_label CHECK (%s IN (%s))"
                .formatted(
                        name(Column.PREDICTION), labels.stream().map(Sql::text).collect(Collectors.joining(", ")));
    }

    private String liveRowHas(Column... columns) {
        String scored = Arrays.stream(columns)
                .map(column -> name(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        return "CONSTRAINT captured_live_row_is_scored CHECK (deleted OR (" + scored
                + " AND model_version IS NOT NULL))";
    }

    /// The comment of each column of the prediction as SQL after `IS`, by the column's quoted name.
    Map<String, String> comments() {
        Map<String, String> comments = new LinkedHashMap<>();
        texts().forEach((column, text) -> comments.put(column, " " + Sql.text(text)));
        if (contract.output() instanceof Output.Binary) {
            comments.put(
                    name(Column.THRESHOLD),
                    "\n"
                            + "    'The threshold that the label was given by, from the contract of the model that gave"
                            + " the probability.'");
        }
        return comments;
    }

    private Map<String, String> texts() {
        Map<String, String> comments = new LinkedHashMap<>();
        String meaning = contract.output().meaning();
        String sentence = meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1);
        switch (contract.output()) {
            case Output.Binary binary -> {
                comments.put(name(Column.PROBABILITY), sentence + ", 0 to 1, as the model gave it.");
                comments.put(
                        name(Column.PREDICTION),
                        binary.positive() + " when the probability reaches the threshold of the model's contract, else "
                                + binary.negative() + ".");
            }
            case Output.Multiclass _ -> {
                comments.put(name(Column.PREDICTION), "The label with the highest probability.");
                comments.put(name(Column.PROBABILITY), "The probability of the predicted label, 0 to 1.");
                comments.put(name(Column.PROBABILITIES), sentence + ": the probability of each label.");
            }
            case Output.Regression regression -> {
                comments.put(
                        name(Column.VALUE),
                        sentence + regression.unit().map(unit -> " in " + unit).orElse("") + ", as the model gave it.");
                regression.interval().ifPresent(interval -> {
                    comments.put(name(Column.LOWER), "Lower bound of the prediction. " + coverage(interval));
                    comments.put(name(Column.UPPER), "Upper bound of the prediction. " + coverage(interval));
                });
            }
        }
        return comments;
    }

    private static String coverage(Output.Interval interval) {
        return "In training, the share of true values within the bounds was %s.".formatted(interval.coverage());
    }

    private String name(Column column) {
        return Sql.name(table.name(column));
    }
}
