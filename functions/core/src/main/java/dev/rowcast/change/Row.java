package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Rejected;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;

/// The columns of a row, by name.
///
/// Decimals that Debezium encoded (`precise` with a schema, and numerics without a fixed scale) are JSON numbers here.
/// Decimals written as text (`decimal.handling.mode=string`) stay text, because nothing in the event tells them from a
/// text column. A column that is `null` is there and null; a column the event does not have is not there.
///
/// What is here, Postgres can hold as `jsonb`: no text and no name has a NUL or half a character, and no number has
/// more
/// digits than a `numeric`.
///
/// @param columns the columns; shared, so nobody changes it
/// @param leftOut the columns that the event has and that cannot be read, each with the reason; none of them is in
///     `columns`
public record Row(ObjectNode columns, SequencedMap<String, Rejected> leftOut) {

    /// Keeps `leftOut` from being changed.
    public Row {
        leftOut = Collections.unmodifiableSequencedMap(leftOut);
    }

    /// A row that was read whole.
    public Row(ObjectNode columns) {
        this(columns, Collections.emptyNavigableMap());
    }

    /// The value of a column, which may be JSON null, or nothing when the row has no such column.
    public Optional<JsonNode> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    /// Whether this is a row of a captured table that stands for a source row that was deleted: its boolean column
    /// `deleted` is true.
    public boolean isMarkedDeleted() {
        return column("deleted").filter(JsonNode::booleanValue).isPresent();
    }

    /// Whether a column beside those of the key has a value, or had one that cannot be read. Under the default replica
    /// identity Debezium fills every column of `before` but the key with null.
    public boolean tellsMoreThan(Collection<String> key) {
        return columns.properties().stream()
                        .anyMatch(column -> !column.getValue().isNull() && !key.contains(column.getKey()))
                || leftOut.keySet().stream().anyMatch(column -> !key.contains(column));
    }
}
