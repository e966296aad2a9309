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
/// Decimals that Debezium encoded (`precise` with a schema, and numerics without a fixed scale) are JSON
/// numbers here. Decimals written as text (`decimal.handling.mode=string`) remain text, because nothing in
/// the event distinguishes them from a text column. A column that is `null` is present and null; a column
/// that is not in the event is absent.
///
/// Postgres can store every value here as `jsonb`: no text and no name has a NUL or an unpaired surrogate,
/// and no number has more digits than a `numeric`.
///
/// @param columns the columns; shared, so it must not be changed
/// @param leftOut the unreadable columns of the event, each with its reason; none of them is in `columns`
public record Row(ObjectNode columns, SequencedMap<String, Rejected> leftOut) {

    /// Makes `leftOut` unmodifiable.
    public Row {
        leftOut = Collections.unmodifiableSequencedMap(leftOut);
    }

    /// A row without unreadable columns.
    public Row(ObjectNode columns) {
        this(columns, Collections.emptyNavigableMap());
    }

    /// The value of a column, which may be JSON null; empty if the row has no such column.
    public Optional<JsonNode> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    /// Returns whether this row of a captured table represents a deleted source row: its boolean column
    /// `deleted` is true.
    public boolean isMarkedDeleted() {
        return column("deleted").filter(JsonNode::booleanValue).isPresent();
    }

    /// Returns whether a column outside the key is unreadable or has a value. Under the default replica
    /// identity, Debezium sets every column of `before` to null except the key.
    public boolean hasMoreThan(Collection<String> key) {
        return columns.properties().stream()
                        .anyMatch(column -> !column.getValue().isNull() && !key.contains(column.getKey()))
                || leftOut.keySet().stream().anyMatch(column -> !key.contains(column));
    }
}
