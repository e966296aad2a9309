package dev.rowcast.predictor.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Row;
import dev.rowcast.model.cell.CellReader;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.predictor.score.Scored;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/// A column of the captured table as the statement sends it: one array with the value of each row.
///
/// @param name the column
/// @param sentAs the type of the array's elements in Postgres
/// @param array creates an array of the same type in Java
/// @param value the value of one row; null is SQL's null
/// @param <T> the type of a value
record SentColumn<T>(String name, String sentAs, IntFunction<T[]> array, Function<Scored, T> value) {

    // A short number such as 1e100000 must not become a text of 100,000 digits. Postgres reads exponents.
    private static final int MAX_ZEROS = 1000;

    /// The columns of the row in the contract: key, features, label. They are sent as text, and
    /// Postgres parses them by the type of the column. A feature is sent in the spelling of its
    /// type. A value of a deleted row that is not readable as a feature is sent unchanged;
    /// `previous` names it if the column refuses it.
    static List<SentColumn<?>> ofTheRow(ModelContract contract) {
        Map<String, SentColumn<?>> columns = new LinkedHashMap<>();
        List<String> key = contract.source().key();
        for (int i = 0; i < key.size(); i++) {
            int place = i;
            columns.put(
                    key.get(i),
                    text(key.get(i), scored -> scored.change().key().values().get(place)));
        }
        for (Feature feature : contract.features()) {
            CellReader cells = new CellReader(feature);
            columns.computeIfAbsent(
                    feature.column(),
                    name -> ofTheRow(
                            name,
                            value -> cells.stored(value)
                                    .or(() -> cells.isMissing(value) ? Optional.empty() : textOf(value))));
        }
        columns.computeIfAbsent(contract.label().name(), name -> ofTheRow(name, SentColumn::textOf));
        return List.copyOf(columns.values());
    }

    private static SentColumn<?> ofTheRow(String name, Function<JsonNode, Optional<String>> text) {
        return text(
                name,
                scored -> row(scored, name)
                        .flatMap(row -> row.column(name))
                        .flatMap(text)
                        .orElse(null));
    }

    /// A column that is sent as text.
    static SentColumn<String> text(String name, Function<Scored, String> value) {
        return new SentColumn<>(name, "text", String[]::new, value);
    }

    private static Optional<Row> row(Scored scored, String column) {
        return switch (scored) {
            case Scored.Upserted upserted -> Optional.of(upserted.change().after());
            case Scored.Deleted deleted when deleted.unfit().contains(column) -> Optional.empty();
            case Scored.Deleted deleted -> deleted.change().before();
        };
    }

    /// The text that is sent for a value to a column of any type; empty for JSON's null.
    static Optional<String> textOf(JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        if (value.isBigDecimal()) {
            BigDecimal number = value.decimalValue();
            return Optional.of(
                    Math.abs((long) number.scale()) > MAX_ZEROS ? number.toString() : number.toPlainString());
        }
        return Optional.of(value.isContainerNode() ? value.toString() : value.asText());
    }

    /// The values of `rows`, in their order.
    Object values(List<Scored> rows) {
        T[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return values;
    }
}
