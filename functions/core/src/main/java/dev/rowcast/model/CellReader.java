package dev.rowcast.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.model.contract.Feature;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/// Reads the cells of one feature as the SQL type of its column holds them, for the model and for the captured table:
/// what one of them takes, the other takes too. The trainer reads by the same rules; `cells.json` beside the contract's
/// schema has the cases.
public final class CellReader {

    private static final Cell MISSING = new Cell.Missing();

    private final Feature feature;
    private final Set<String> categories;

    /// @param feature names the column's type, and the categories that are known
    public CellReader(Feature feature) {
        this.feature = feature;
        categories = switch (feature) {
            case Feature.Numeric ignored -> Set.of();
            case Feature.Category category -> Set.copyOf(category.categories());
        };
    }

    /// The feature whose cells are read.
    Feature feature() {
        return feature;
    }

    /// Whether the cell holds no value: null, or a text of spaces only.
    public boolean isMissing(JsonNode value) {
        return value.isNull() || (value.isTextual() && CellText.isBlank(value.textValue()));
    }

    /// What the cell says to the model.
    Cell read(JsonNode value) {
        if (isMissing(value)) {
            return MISSING;
        }
        return switch (feature) {
            case Feature.Numeric ignored ->
                held(value)
                        .<Cell>map(number -> new Cell.Numeric(floatOf(number)))
                        .orElseGet(() -> new Cell.Refused(expected(value)));
            case Feature.Category ignored ->
                category(value)
                        .<Cell>map(Cell.Category::new)
                        .orElseGet(() -> new Cell.Refused(
                                feature.sql().isWhole() || feature.sql().isBoolean() ? expected(value) : "a text"));
        };
    }

    /// The text by which a column of the feature's type takes the same value; empty for SQL's null, also for what no
    /// such column can hold. A text keeps its spaces; a number has no exponent unless that would make it very long.
    public Optional<String> stored(JsonNode value) {
        if (value.isNull() || value.isContainerNode()) {
            return Optional.empty();
        }
        if (feature.sql().isBoolean()) {
            return CellText.bool(value).map(String::valueOf);
        }
        return feature.sql().isNumber() ? held(value).map(feature.sql()::spell) : Optional.of(value.asText());
    }

    private Optional<BigDecimal> held(JsonNode value) {
        return CellText.number(value).flatMap(feature.sql()::hold);
    }

    private Optional<String> category(JsonNode value) {
        if (feature.sql().isBoolean()) {
            return CellText.bool(value).map(String::valueOf);
        }
        if (feature.sql().isWhole()) {
            return held(value).map(feature.sql()::spell);
        }
        if (value.isTextual()) {
            String text = value.textValue();
            String stripped = CellText.strip(text);
            return Optional.of(!categories.contains(text) && categories.contains(stripped) ? stripped : text);
        }
        return Optional.of(value)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(categories::contains);
    }

    /// By way of double, as the trainer does it: rounding a decimal straight to float can differ in the last bit. A
    /// zero
    /// has no sign.
    private static float floatOf(BigDecimal number) {
        return (float) number.doubleValue() + 0f;
    }

    private String expected(JsonNode value) {
        if (feature.sql().isBoolean()) {
            return "a boolean";
        }
        return CellText.number(value).isPresent()
                ? "a number that " + feature.sql().name() + " can hold"
                : "a number";
    }
}
