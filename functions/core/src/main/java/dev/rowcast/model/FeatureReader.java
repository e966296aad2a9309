package dev.rowcast.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.ShortJson;
import dev.rowcast.change.Row;
import dev.rowcast.model.contract.ContractCheck.Violation;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Step;
import java.util.List;
import java.util.regex.Pattern;

/// Takes the features a model asks for out of a row. It is tolerant where nothing can be misunderstood, and rejects
/// everything else by the feature's name; what it never does is score a value that nobody wrote.
///
/// | in the row | number feature | category feature |
/// |---|---|---|
/// | no such column | rejected | rejected |
/// | null, or text of spaces only | missing | missing |
/// | number | that number, as its column holds it | in a column of whole numbers its text; else its text, if that is
/// one
/// of the categories |
/// | text | the number, if it spells one, such as `-29.85`, `.5` or `1e3` | in a column of text the text, without its
/// outer
/// spaces if only that is a category; else what it spells |
/// | `true`, `false` | rejected | in a column of booleans its text; else its text, if that is one of the categories |
/// | list, object | rejected | rejected |
///
/// What a column holds, its SQL type says: a fraction in a column of whole numbers, or a number out of the type's
/// range,
/// is rejected. [CellReader] has the grammar.
///
/// A missing value becomes NaN or the empty text, which the graph imputes, or is rejected, as the contract says for the
/// feature. A text that is no category is handed to the graph, which knows it as unknown.
public final class FeatureReader {

    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4}){0,20}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

    private final String table;
    private final List<CellReader> columns;
    private final int numberCount;

    /// @param contract names the features, their types and what is done when one is missing
    public FeatureReader(ModelContract contract) {
        table = contract.source().schema() + "." + contract.source().table();
        columns = contract.features().stream().map(CellReader::new).toList();
        numberCount = (int) contract.features().stream()
                .filter(Feature.Numeric.class::isInstance)
                .count();
    }

    /// Reads the features of a row; columns that are no feature are not looked at.
    ///
    /// @return the features, or the rejection that names the table and the first column at fault, what is expected
    ///     there and what is found
    public Step<FeatureRow> read(Row row) {
        float[] numbers = new float[numberCount];
        String[] categories = new String[columns.size() - numberCount];
        int number = 0;
        int category = 0;
        for (CellReader column : columns) {
            Feature feature = column.feature();
            JsonNode value = row.columns().get(feature.name());
            if (value == null) {
                return rejected(Reason.FEATURE_MISSING, feature, usually(feature), "nothing");
            }
            switch (column.read(value)) {
                case Cell.Missing ignored
                when feature.missing() == Feature.Missing.REJECT -> {
                    return rejected(
                            Reason.FEATURE_MISSING, feature, usually(feature), value.isNull() ? "null" : "a blank");
                }
                case Cell.Missing ignored when feature instanceof Feature.Numeric -> numbers[number++] = Float.NaN;
                case Cell.Missing ignored -> categories[category++] = "";
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
            case Feature.Numeric ignored -> "a number";
            case Feature.Category ignored -> "a text";
        };
    }

    private Step<FeatureRow> rejected(Reason reason, Feature feature, String expected, String found) {
        return Step.reject(reason, new Violation(table, feature.name(), expected, found).message());
    }

    private static String hint(Feature feature, JsonNode value) {
        boolean base64 = feature instanceof Feature.Numeric
                && value.isTextual()
                && BASE64.matcher(value.textValue()).matches();
        return base64
                ? " (if this is an encoded decimal: set the connector's decimal.handling.mode to double or string)"
                : "";
    }
}
