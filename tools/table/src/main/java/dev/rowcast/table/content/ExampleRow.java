package dev.rowcast.table.content;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.name.Quoted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A row that a user can insert to see a prediction: values as they were frequent in training.
final class ExampleRow {

    private static final int DIGITS = 4;
    private static final String DATE = "2026-01-31";

    private ExampleRow() {}

    /// The statement that inserts the row.
    static String insert(ModelContract contract) {
        List<SourceColumn> columns = SourceColumn.of(contract).stream()
                .filter(column -> column.isKey() || column.example().isPresent())
                .toList();
        return "INSERT INTO %s (%s) VALUES (%s);"
                .formatted(
                        table(contract.source().schema(), contract.source().table()),
                        columns.stream()
                                .map(column -> Quoted.sqlName(column.name()))
                                .collect(Collectors.joining(", ")),
                        columns.stream().map(ExampleRow::value).collect(Collectors.joining(", ")));
    }

    /// The statement that reads its prediction.
    static String select(ModelContract contract) {
        return "SELECT %s FROM %s WHERE %s;"
                .formatted(
                        OutputColumns.of(contract).prediction().stream()
                                .map(Quoted::sqlName)
                                .collect(Collectors.joining(", ")),
                        table(contract.captured().schema(), contract.captured().table()),
                        SourceColumn.of(contract).stream()
                                .filter(SourceColumn::isKey)
                                .map(column -> Quoted.sqlName(column.name()) + " = " + value(column))
                                .collect(Collectors.joining(" AND ")));
    }

    /// A frequent value of a column in training, as text; empty if training had none, or if the model
    /// does not read it.
    static Optional<String> valueInTraining(ModelContract contract, String column) {
        return contract.features().stream()
                .filter(feature -> feature.column().equals(column))
                .findFirst()
                .flatMap(ExampleRow::valueInTraining);
    }

    private static Optional<String> valueInTraining(Feature feature) {
        return switch (feature) {
            case Feature.Category category ->
                mostFrequent(category.histogram().counts()).map(category.categories()::get);
            case Feature.Numeric number ->
                mostFrequent(number.histogram().counts())
                        .map(bin -> number(number, number.histogram().edges().get(bin)));
            // What training has is a part of a date.
            case Feature.Temporal _ -> Optional.of(DATE);
        };
    }

    private static Optional<Integer> mostFrequent(List<Long> counts) {
        int most = 0;
        for (int i = 1; i < counts.size(); i++) {
            most = counts.get(i) > counts.get(most) ? i : most;
        }
        return counts.isEmpty() ? Optional.empty() : Optional.of(most);
    }

    private static String number(Feature.Numeric feature, double edge) {
        BigDecimal number = BigDecimal.valueOf(edge);
        BigDecimal short_ = feature.sql().isWhole()
                ? number.setScale(0, RoundingMode.CEILING)
                : number.setScale(DIGITS, RoundingMode.CEILING);
        return short_.signum() == 0 ? "0" : short_.stripTrailingZeros().toPlainString();
    }

    private static String value(SourceColumn column) {
        String sql = column.sql().replaceAll("\\(.*", "");
        return switch (sql) {
            case "smallint", "integer", "bigint" -> column.example().orElse("1000");
            case "real", "double precision", "numeric", "boolean" ->
                column.example().orElse("NULL");
            case "uuid" -> Quoted.sqlText(column.example().orElse("00000000-0000-4000-8000-000000001000"));
            case "date", "timestamp", "timestamptz" ->
                Quoted.sqlText(column.example().orElse(DATE));
            default -> Quoted.sqlText(column.example().orElse("1000"));
        };
    }

    private static String table(String schema, String table) {
        return Quoted.sqlName(schema) + "." + Quoted.sqlName(table);
    }
}
