package dev.rowcast.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Found;
import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Row;
import dev.rowcast.model.ContractCheck.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes the features a model asks for out of a row. It is tolerant where nothing can be misunderstood, and rejects
/// everything else by the feature's name; what it never does is score a value that nobody wrote.
///
/// | in the row | number feature | category feature |
/// |---|---|---|
/// | no such column | rejected | rejected |
/// | null, or text that is blank | missing | missing |
/// | number | that number, if a float can hold it | its text, if that is one of the categories |
/// | text | the number, if it is written as a decimal such as `-29.85` or `1e3` | the text; without its outer spaces if
/// only that is a category |
/// | `true`, `false` | rejected | its text, if that is one of the categories |
/// | list, object | rejected | rejected |
///
/// A missing value becomes NaN or the empty text, which the graph imputes, or is rejected, as the contract says for the
/// feature. A text that is no category is handed to the graph, which knows it as unknown.
public final class FeatureReader {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,400}(\\.\\d{0,400})?([eE][+-]?\\d{1,4})?");
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4}){0,20}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

    private record Column(Feature feature, Set<String> categories) {}

    private final String table;
    private final List<Column> columns;
    private final int numberCount;

    /// @param contract names the features, their types and what is done when one is missing
    public FeatureReader(ModelContract contract) {
        table = contract.source().schema() + "." + contract.source().table();
        columns = contract.features().stream().map(FeatureReader::column).toList();
        numberCount = (int) contract.features().stream()
                .filter(Feature.Numeric.class::isInstance)
                .count();
    }

    private static Column column(Feature feature) {
        return switch (feature) {
            case Feature.Numeric number -> new Column(number, Set.of());
            case Feature.Category category -> new Column(category, Set.copyOf(category.categories()));
        };
    }

    /// Reads the features of a row; columns that are no feature are not looked at.
    ///
    /// @return the features, or the rejection that names the table and the first column at fault, what is expected
    ///     there and what is found
    public FeatureRead read(Row row) {
        float[] numbers = new float[numberCount];
        String[] categories = new String[columns.size() - numberCount];
        int number = 0;
        int category = 0;
        for (Column column : columns) {
            JsonNode value = row.columns().get(column.feature().name());
            if (value == null) {
                return rejected(Reason.FEATURE_MISSING, column, "nothing");
            }
            boolean isMissing =
                    value.isNull() || (value.isTextual() && value.textValue().isBlank());
            if (isMissing && column.feature().missing() == Feature.Missing.REJECT) {
                return rejected(Reason.FEATURE_MISSING, column, value.isNull() ? "null" : "a blank");
            }
            switch (column.feature()) {
                case Feature.Numeric ignored -> {
                    float read = isMissing ? Float.NaN : numberOf(value);
                    if (Float.isNaN(read) && !isMissing) {
                        return rejected(Reason.FEATURE_TYPE, column, Found.in(value) + hint(value));
                    }
                    numbers[number++] = read;
                }
                case Feature.Category ignored -> {
                    Optional<String> read = isMissing ? Optional.of("") : categoryOf(value, column.categories());
                    if (read.isEmpty()) {
                        return rejected(Reason.FEATURE_TYPE, column, Found.in(value));
                    }
                    categories[category++] = read.get();
                }
            }
        }
        return new FeatureRead.Features(new FeatureRow(numbers, categories));
    }

    /// The number a value stands for, NaN when it stands for none or for one that a float cannot hold.
    private static float numberOf(JsonNode value) {
        double number = Double.NaN;
        if (value.isNumber()) {
            number = value.doubleValue();
        } else if (value.isTextual()) {
            String text = value.textValue().strip();
            if (DECIMAL.matcher(text).matches()) {
                number = Double.parseDouble(text);
            }
        }
        // By way of double, as the trainer does it: rounding a decimal straight to float can differ in the last bit.
        float rounded = (float) number;
        return Float.isFinite(rounded) ? rounded : Float.NaN;
    }

    private static Optional<String> categoryOf(JsonNode value, Set<String> categories) {
        if (value.isTextual()) {
            String text = value.textValue();
            String stripped = text.strip();
            return Optional.of(!categories.contains(text) && categories.contains(stripped) ? stripped : text);
        }
        return Optional.of(value)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(categories::contains);
    }

    private Rejected rejected(Reason reason, Column column, String found) {
        String expected = switch (column.feature()) {
            case Feature.Numeric ignored -> "a number";
            case Feature.Category ignored -> "a text";
        };
        return new Rejected(reason, new Violation(table, column.feature().name(), expected, found).message());
    }

    private static String hint(JsonNode value) {
        boolean base64 = value.isTextual() && BASE64.matcher(value.textValue()).matches();
        return base64
                ? " (if this is an encoded decimal: set the connector's decimal.handling.mode to double or string)"
                : "";
    }
}
