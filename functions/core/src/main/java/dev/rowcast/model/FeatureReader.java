package dev.rowcast.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Row;
import dev.rowcast.change.ShortJson;
import dev.rowcast.model.cell.Cell;
import dev.rowcast.model.cell.CellReader;
import dev.rowcast.model.contract.ContractCheck.Violation;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Step;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the features of a model from a row. It is tolerant where a value is unambiguous, and rejects every
/// other value, naming the feature; it never scores a value that the row does not have.
///
/// | in the row | number feature | category feature |
/// |---|---|---|
/// | no such column | rejected | rejected |
/// | null, or text of spaces only | missing | missing |
/// | number | that number, converted to the column's type | its text (1) |
/// | text | the number that it spells, such as `-29.85`, `.5` or `1e3` | the text (2) |
/// | `true`, `false` | rejected | its text (1) |
/// | list, object | rejected | rejected |
///
/// A [feature of a date or a time][Feature.Temporal] is its [part][dev.rowcast.model.sql.TimePart], a
/// number; only a text that spells a date or a time is read.
///
/// 1. Always in a column of whole numbers or booleans; in other columns if the text is one
/// of the categories.
/// 2. Without outer spaces if only that is a category; in a column of numbers or booleans
/// the spelled value.
///
/// The SQL type limits the values: a fraction in a column of whole numbers, or a number out of the type's
/// range, is rejected. [CellReader] has the grammar.
///
/// A missing value is rejected, or becomes NaN or the empty text, which the graph imputes, as the contract
/// says for the feature. A text that is not a category is passed to the graph, which handles it as unknown.
public final class FeatureReader {

    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4}){0,20}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

    private final String table;
    private final List<CellReader> columns;
    private final int numberCount;

    /// @param contract has the features, their types and the rule for missing values
    public FeatureReader(ModelContract contract) {
        table = contract.source().schema() + "." + contract.source().table();
        columns = contract.features().stream().map(CellReader::new).toList();
        numberCount = (int) contract.features().stream()
                .filter(feature -> !feature.isText())
                .count();
    }

    /// Reads the features of a row and ignores all other columns.
    ///
    /// @return the features, or a rejection that names the table and the first faulty column, with the
    ///     expected and the found value
    public Step<FeatureRow> read(Row row) {
        float[] numbers = new float[numberCount];
        String[] categories = new String[columns.size() - numberCount];
        int number = 0;
        int category = 0;
        for (CellReader column : columns) {
            Feature feature = column.feature();
            JsonNode value = row.columns().get(feature.column());
            if (value == null) {
                return rejected(Reason.FEATURE_MISSING, feature, usually(feature), "nothing");
            }
            switch (column.read(value)) {
                case Cell.Missing _
                when feature.missing() == Feature.Missing.REJECT -> {
                    return rejected(
                            Reason.FEATURE_MISSING, feature, usually(feature), value.isNull() ? "null" : "a blank");
                }
                case Cell.Missing _ when !feature.isText() -> numbers[number++] = Float.NaN;
                case Cell.Missing _ -> categories[category++] = "";
                case Cell.Numeric(float read) -> numbers[number++] = read;
                case Cell.Category(String read) -> categories[category++] = read;
                case Cell.Refused(String expected) -> {
                    return rejected(Reason.FEATURE_TYPE, feature, expected, ShortJson.of(value) + hint(feature, value));
                }
            }
        }
        return Step.next(new FeatureRow(numbers, categories));
    }

    private static String usually(Feature feature) {
        return switch (feature) {
            case Feature.Numeric _ -> "a number";
            case Feature.Temporal temporal -> temporal.sql().isDate() ? "a date" : "a time";
            case Feature.Category _ -> "a text";
        };
    }

    private Step<FeatureRow> rejected(Reason reason, Feature feature, String expected, String found) {
        return Step.reject(reason, new Violation(table, feature.column(), expected, found).message());
    }

    private static String hint(Feature feature, JsonNode value) {
        return switch (feature) {
            case Feature.Numeric _
            when value.isTextual() && BASE64.matcher(value.textValue()).matches() ->
                " (if this is an encoded decimal: set the connector's decimal.handling.mode to double or string)";
            case Feature.Temporal _
            when value.isNumber() ->
                " (if this is an encoded time: set the connector's time.precision.mode to isostring)";
            case Feature.Numeric _, Feature.Temporal _, Feature.Category _ -> "";
        };
    }
}
