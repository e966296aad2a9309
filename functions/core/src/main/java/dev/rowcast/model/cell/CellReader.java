package dev.rowcast.model.cell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.model.contract.Feature;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/// Reads the cells of one feature by the SQL type of its column, for the model and for the captured table:
/// both accept the same values. The trainer uses the same rules; `cells.json` next to the contract's schema
/// has the test cases.
public final class CellReader {

    private static final Cell MISSING = new Cell.Missing();

    private final Feature feature;
    private final Set<String> categories;

    /// @param feature has the column's type and the known categories
    public CellReader(Feature feature) {
        this.feature = feature;
        categories = switch (feature) {
            case Feature.Numeric _, Feature.Temporal _ -> Set.of();
            case Feature.Category category -> Set.copyOf(category.categories());
        };
    }

    /// The feature whose cells are read.
    public Feature feature() {
        return feature;
    }

    /// Returns whether the cell has no value: null, or a text of only spaces.
    public boolean isMissing(JsonNode value) {
        return value.isNull() || (value.isTextual() && CellText.isBlank(value.textValue()));
    }

    /// The value of the cell for the model.
    public Cell read(JsonNode value) {
        if (isMissing(value)) {
            return MISSING;
        }
        return switch (feature) {
            case Feature.Numeric _ ->
                converted(value)
                        .<Cell>map(number -> new Cell.Numeric(floatOf(number)))
                        .orElseGet(() -> new Cell.Refused(expected(value)));
            case Feature.Temporal temporal ->
                time(value)
                        .<Cell>map(time -> new Cell.Numeric(numberOf(time, temporal)))
                        .orElseGet(() -> new Cell.Refused(expectedTime()));
            case Feature.Category _ ->
                category(value)
                        .<Cell>map(Cell.Category::new)
                        .orElseGet(() -> new Cell.Refused(
                                feature.sql().isWhole() || feature.sql().isBoolean() ? expected(value) : "a text"));
        };
    }

    /// The value of the cell as text for a column of the feature's type; empty for SQL's null and for
    /// values that such a column cannot hold. A text keeps its spaces; a number has no exponent unless it
    /// would be very long otherwise.
    public Optional<String> stored(JsonNode value) {
        if (value.isNull() || value.isContainerNode()) {
            return Optional.empty();
        }
        if (feature.sql().isBoolean()) {
            return CellText.bool(value).map(String::valueOf);
        }
        if (feature.sql().isTime()) {
            return time(value).map(time -> time.text(feature.sql()));
        }
        return feature.sql().isNumber() ? converted(value).map(feature.sql()::format) : Optional.of(value.asText());
    }

    private Optional<BigDecimal> converted(JsonNode value) {
        return CellText.number(value).flatMap(feature.sql()::convert);
    }

    private Optional<CellTime> time(JsonNode value) {
        return value.isTextual() ? CellTime.of(CellText.strip(value.textValue()), feature.sql()) : Optional.empty();
    }

    private static float numberOf(CellTime time, Feature.Temporal feature) {
        boolean isInstant = feature.sql().hasZone();
        return feature.part()
                .of(
                        isInstant
                                ? time.local()
                                        .atOffset(time.offset())
                                        .atZoneSameInstant(feature.part().zone())
                                        .toLocalDateTime()
                                : time.local());
    }

    private String expectedTime() {
        return feature.sql().isDate()
                ? "a date of the years 1 to 9999 such as 2024-05-01"
                : feature.sql().hasZone()
                        ? "a time of the years 1 to 9999 with its zone such as 2024-05-01T10:34:56Z"
                        : "a time of the years 1 to 9999 such as 2024-05-01T12:34:56";
    }

    private Optional<String> category(JsonNode value) {
        if (feature.sql().isBoolean()) {
            return CellText.bool(value).map(String::valueOf);
        }
        if (feature.sql().isWhole()) {
            return converted(value).map(feature.sql()::format);
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

    /// Converts through double, as the trainer does: a direct conversion to float can differ in the last
    /// bit. Zero has no sign.
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
