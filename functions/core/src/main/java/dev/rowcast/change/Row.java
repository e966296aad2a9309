package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// The columns of a row, by name.
///
/// Decimals that Debezium encoded (`precise` with a schema, and numerics without a fixed scale) are JSON numbers here.
/// Decimals written as text (`decimal.handling.mode=string`) stay text, because nothing in the event tells them from a
/// text column. A column that is `null` is there and null; a column the event does not have is not there.
///
/// @param columns the columns; shared, so nobody changes it
public record Row(ObjectNode columns) {

    /// The value of a column, which may be JSON null, or nothing when the row has no such column.
    public Optional<JsonNode> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }
}
